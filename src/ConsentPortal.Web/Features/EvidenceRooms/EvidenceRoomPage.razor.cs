using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MudBlazor;

namespace ConsentPortal.Web.Features.EvidenceRooms;

/// <summary>What an auditor sees of one room: their questions, the samples, one record with its proof. Which question is open stands in the address.</summary>
public sealed partial class EvidenceRoomPage(VisitEvidenceRoom rooms, NavigationManager navigation)
{
    private const int UsualSize = 20;

    private EvidenceRoomView? _view;
    private EvidenceSample? _sample;
    private EvidenceItem? _item;
    private Failure? _closed;
    private Failure? _problem;
    private EvidenceKind _kind = EvidenceKind.Consents;
    private int _size = UsualSize;
    private string _seed = "";
    private string _name = EvidenceWords.Question(EvidenceKind.Consents);

    [Parameter]
    public required Guid Id { get; set; }

    private Guid? Question => QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue("question", out var value) && Guid.TryParse(value, out var id) ? id : null;

    protected override async Task OpenAsync()
    {
        await EnterAsync();
        if (_view is not null)
            await FollowAddressAsync(navigation, Paths.EvidenceRoom(Id), DrawAsync);
    }

    private async Task EnterAsync()
    {
        if (!(await rooms.EnterAsync(Actor, Id, Closing)).TryGet(out _view, out var closed))
            _closed = closed;
    }

    private async Task DrawAsync()
    {
        (_sample, _item) = (null, null);
        if (Question is { } question && !(await rooms.AnswerAsync(Actor, question, Closing)).TryGet(out _sample, out var closed))
            Shut(closed);
    }

    private Task AskAsync() => RunAsync(async () =>
    {
        var asked = await rooms.AskAsync(Actor, Id, new NewEvidenceQuestion(_name, _kind, _seed, _size), Closing);
        _problem = asked.Failure;
        if (!asked.TryGet(out var question, out _))
            return;
        await EnterAsync();
        navigation.NavigateTo(Paths.EvidenceRoom(Id, question));
    });

    private Task LookAsync(EvidenceLine line) => RunAsync(async () =>
    {
        if (!(await rooms.ItemAsync(Actor, _sample!.Question.Id, line.Id, Closing)).TryGet(out _item, out var closed))
            Say(closed.Message, Severity.Error);
        if (closed is EvidenceRoomClosed)
            Shut(closed);
    });

    private void Choose(EvidenceKind kind)
    {
        if (_name.Length == 0 || _name == EvidenceWords.Question(_kind))
            _name = EvidenceWords.Question(kind);
        _kind = kind;
    }

    private void Shut(Failure closed) => (_view, _sample, _item, _closed) = (null, null, null, closed);
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
    };

    /// <summary>The name of a question that nobody has named.</summary>
    public static string Question(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Consents => "Random opt-ins with proof",
        EvidenceKind.OptOuts => "Random opt-outs",
        EvidenceKind.Texts => "Random texts with the decision that allowed them",
        EvidenceKind.NotSent => "Random people who got nothing, and why",
    };
}
