using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>
/// One room: its questions, the sample of the one that is open, a record with its proof, and what is said about all this. The auditor
/// and the staff have a page each, at addresses of their own. Which question is open stands in the address.
/// </summary>
public abstract class RoomPage(VisitEvidenceRoom rooms, EvidenceComments comments, NavigationManager navigation) : PortalPage
{
    private long? _record;
    private bool _isAboutRoom;

    protected VisitEvidenceRoom Rooms { get; } = rooms;

    protected EvidenceComments Comments { get; } = comments;

    protected NavigationManager Navigation { get; } = navigation;

    [Parameter]
    public required Guid Id { get; set; }

    protected EvidenceRoomView? View { get; private set; }

    protected EvidenceSample? Sample { get; private set; }

    protected EvidenceItem? Item { get; private set; }

    /// <summary>Why there is nothing to see.</summary>
    protected Failure? Closed { get; private set; }

    /// <summary>Why the last comment was not kept.</summary>
    protected Failure? Unsaid { get; private set; }

    /// <summary>What the next comment is about, in words; null for the room.</summary>
    protected string? Subject => _isAboutRoom || Sample is null ? null : _record is { } record ? $"record {Figures.Count(record)}" : $"“{Sample.Question.Name}”";

    private Guid? Question => QueryHelpers.ParseQuery(new Uri(Navigation.Uri).Query).TryGetValue("question", out var value) && Guid.TryParse(value, out var id) ? id : null;

    /// <summary>The page's own address, with a question or without.</summary>
    protected abstract string HrefOf(Guid? question);

    protected override async Task OpenAsync()
    {
        await EnterAsync();
        if (View is not null)
            await FollowAddressAsync(Navigation, HrefOf(null), DrawAsync);
    }

    protected async Task EnterAsync()
    {
        if ((await Rooms.EnterAsync(Actor, Id, Closing)).TryGet(out var view, out var closed))
            View = view;
        else
            Shut(closed);
    }

    protected Task LookAsync(EvidenceLine line) => RunAsync(async () =>
    {
        if ((await Rooms.ItemAsync(Actor, Sample!.Question.Id, line.Id, Closing)).TryGet(out var item, out var closed))
            Item = item;
        else
            Refuse(closed);
    });

    protected void CloseRecord() => Item = null;

    protected void SpeakOfRecord() => (_record, _isAboutRoom, Item) = (Item!.Id, false, null);

    protected void SpeakOfRoom() => (_record, _isAboutRoom) = (null, true);

    /// <returns>True when it was kept.</returns>
    protected async Task<bool> SendAsync(string text)
    {
        var isKept = false;
        await RunAsync(async () =>
        {
            var question = Subject is null ? null : Sample?.Question.Id;
            var kept = await Comments.AddAsync(Actor, Id, new NewEvidenceComment(text, question, question is null ? null : _record), Closing);
            Unsaid = kept.Failure;
            isKept = kept.IsSuccess;
            if (kept.Failure is EvidenceRoomClosed closed)
                Shut(closed);
            if (!isKept)
                return;
            (_record, _isAboutRoom) = (null, false);
            await EnterAsync();
        });
        // The field that was sent from is drawn by itself; the page around it has to be told.
        StateHasChanged();
        return isKept;
    }

    private async Task DrawAsync()
    {
        (Sample, Item, _record, _isAboutRoom) = (null, null, null, false);
        if (Question is not { } question)
            return;
        if ((await Rooms.AnswerAsync(Actor, question, Closing)).TryGet(out var sample, out var closed))
            Sample = sample;
        else
            Shut(closed);
    }

    private void Refuse(Failure refused)
    {
        Say(refused.Message, Severity.Error);
        if (refused is EvidenceRoomClosed)
            Shut(refused);
    }

    private void Shut(Failure closed) => (View, Sample, Item, Closed) = (null, null, null, closed);
}

/// <summary>What can be drawn, in words.</summary>
internal static class EvidenceWords
{
    public static string Of(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Consents => "Consents with their proof",
        EvidenceKind.OptOuts => "Opt-outs with what followed",
        EvidenceKind.Texts => "Texts sent with their decision",
        EvidenceKind.NotSent => "Texts not sent with their reason",
        EvidenceKind.InQuietHours => "Campaign texts sent inside quiet hours (outside those that the rules give for the place and the text)",
    };

    /// <summary>The name of a question that nobody has named.</summary>
    public static string Question(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Consents => "Random opt-ins with proof",
        EvidenceKind.OptOuts => "Random opt-outs",
        EvidenceKind.Texts => "Random texts with the decision that allowed them",
        EvidenceKind.NotSent => "Random people who got nothing, and why",
        EvidenceKind.InQuietHours => "All sends inside quiet hours",
    };
}
