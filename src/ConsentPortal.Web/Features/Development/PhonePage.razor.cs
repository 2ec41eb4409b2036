using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Development;

/// <summary>Plays the person: the conversations of the simulated provider's handsets, and a way to answer.</summary>
public sealed partial class PhonePage(SimulatorHost host, PurposeList purposes, NavigationManager navigation, TimeProvider clock)
{
    private const int HandsetsShown = 40;
    private const int LinesShown = 60;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly string[] QuickReplies = ["JOIN", "YES", "STOP", "HELP", "START"];

    private IReadOnlyList<SimulatedHandset> _handsets = [];
    private IReadOnlyList<SimulatedLine> _lines = [];
    private IReadOnlyList<string> _ours = [];
    private string? _opened;
    private string _newPhone = "";
    private string _reply = "";
    private string? _to;
    private ArrivalWay _arrival = ArrivalWay.Whole;
    private Failure? _failure;

    /// <summary>A handset by its number in the journal: a phone number does not stand in an address.</summary>
    [SupplyParameterFromQuery]
    public int? Handset { get; set; }

    private VonageSimulator? Simulator => host.Simulator;

    private bool IsBlocked => Simulator is { } simulator && Phone is { } phone && _to is { } to && simulator.Blocks.Contains(phone, to);

    /// <summary>The chosen handset's digits; one that was just opened has no number in the journal yet.</summary>
    private string? Phone => Handset is { } number ? Simulator?.Journal.Handset(number)?.Phone : _opened;

    protected override async Task OpenAsync()
    {
        if (Simulator is null)
            return;
        if (Actor.May(Permissions.ViewPolicy))
            _ours = [.. (await purposes.AllAsync(Actor, Closing)).Where(p => !p.IsRetired).Select(p => p.Sender.TrimStart('+')).Distinct(StringComparer.Ordinal)];
        _to = _ours is [var first, ..] ? first : null;
        _ = LookAgainAsync();
    }

    protected override void OnParametersSet()
    {
        if (Handset is not null)
            _opened = null;
        Look();
        // The person answers whoever wrote last.
        if (_lines is [.., var last])
            _to = last.Other;
    }

    private async Task LookAgainAsync()
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Closing))
            {
                Look();
                await InvokeAsync(StateHasChanged);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
    }

    private void Look()
    {
        if (Simulator is not { Journal: { } journal })
            return;
        _handsets = journal.Handsets(HandsetsShown);
        _lines = Phone is { } phone ? journal.Conversation(phone, LinesShown) : [];
        if (_lines.Count > 0 && !_ours.Contains(_lines[^1].Other, StringComparer.Ordinal))
            _ours = [.. _ours, _lines[^1].Other];
        _to ??= _ours is [var first, ..] ? first : null;
    }

    private void OpenHandset(string phone)
    {
        _opened = phone;
        _failure = null;
        if (Handset is not null)
            navigation.NavigateTo(Paths.DevelopmentPhone);
        Look();
    }

    private Task OpenHandsetAsync()
    {
        if (PhoneNumber.Parse(_newPhone, "US").TryGet(out var number, out var failure))
            OpenHandset(number.E164.TrimStart('+'));
        else
            Say(failure.Message);
        return Task.CompletedTask;
    }

    private Task SendAsync()
    {
        if (_reply.Trim() is { Length: > 0 } text)
            SendText(text);
        _reply = "";
        return Task.CompletedTask;
    }

    private Task SendWordAsync(string word)
    {
        SendText(word);
        return Task.CompletedTask;
    }

    private void SendText(string text)
    {
        _failure = _to is null ? new NoNumberOfOurs() : null;
        if (Phone is not { } phone || _to is not { } to || Simulator is not { } simulator)
            return;
        simulator.Reply(phone, to, text, ArrivalOf(_arrival, text));
        Look();
        if (Handset is null && _handsets.FirstOrDefault(handset => handset.Phone == phone) is { } known)
            navigation.NavigateTo(Paths.DevelopmentHandset(known.Number));
    }

    private void ToggleBlock()
    {
        if (Simulator is not { } simulator || Phone is not { } phone || _to is not { } to)
            return;
        if (!simulator.Blocks.Remove(phone, to))
            simulator.Blocks.Add(phone, to, clock.GetUtcNow());
    }

    /// <summary>A text shorter than three letters can't be cut in three.</summary>
    private static SimulatedArrival ArrivalOf(ArrivalWay way, string text)
    {
        var parts = Math.Clamp(text.Length, 1, 3);
        return way switch
        {
            ArrivalWay.Whole => SimulatedArrival.Whole,
            ArrivalWay.Parts => new SimulatedArrival { Parts = parts },
            ArrivalWay.PartsBackwards => new SimulatedArrival { Parts = parts, Order = [.. Enumerable.Range(1, parts).Reverse()] },
            ArrivalWay.PartMissing => new SimulatedArrival { Parts = parts, Order = parts == 1 ? [] : [.. Enumerable.Range(1, parts - 1)] },
            ArrivalWay.Stale => new SimulatedArrival { SignedAgo = TimeSpan.FromHours(25) },
        };
    }

    private static string Of(ArrivalWay way) => way switch
    {
        ArrivalWay.Whole => "at once, in one piece",
        ArrivalWay.Parts => "in 3 parts",
        ArrivalWay.PartsBackwards => "in 3 parts, the last first",
        ArrivalWay.PartMissing => "in parts, the last one lost",
        ArrivalWay.Stale => "signed 25 hours ago, then again",
    };

    private enum ArrivalWay
    {
        Whole = 1,
        Parts = 2,
        PartsBackwards = 3,
        PartMissing = 4,
        Stale = 5,
    }

    private static string Mask(string digits) => PhoneNumber.Mask($"+{digits}");

    private sealed record NoNumberOfOurs() : Failure("There is no number of ours to write to. Nothing was sent; add a purpose with a sender, or send a text to this handset first.");
}
