namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>The clock of the law: when it stands, when it runs on, and what gives more time.</summary>
public sealed partial class PrivacyRequest
{
    /// <summary>The last lawful day.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>The organisation's own, earlier target.</summary>
    public required DateOnly DueInternallyOn { get; set; }

    /// <summary>What moved the clock, in order, as kept: see <see cref="RequestHistory"/>.</summary>
    public string ClockHistory { get; private set; } = "";

    /// <summary>Since when the clock stands by the organisation's own day; null while it runs.</summary>
    public DateOnly? PausedOn { get; private set; }

    public IReadOnlyList<ClockEvent> ClockEvents => RequestHistory.Read(ClockHistory);

    /// <summary>The time was extended: the person was told in time.</summary>
    public bool IsExtended => ClockEvents.Any(e => e.Kind == ClockEventKind.Extended);

    /// <summary>Lets the clock stand while the person is asked for something, where the law does.</summary>
    /// <param name="days">The question leaves today.</param>
    public Result<Done> Pause(PauseCause cause, RequestDays days)
    {
        if (PauseRefusal(cause, days) is { } refusal)
            return refusal;
        PausedOn = days.Today;
        ClockHistory = RequestHistory.With(ClockHistory, new ClockEvent(cause == PauseCause.Identity ? ClockEventKind.IdentityAsked : ClockEventKind.Paused, days.Today));
        return Done.Value;
    }

    /// <returns>Why the clock can't stand for a question that leaves today; null where it can.</returns>
    public Failure? PauseRefusal(PauseCause cause, RequestDays days)
    {
        if (IsCarriedOut)
            return new RequestNotReady($"This request is {Word}, so its clock doesn't stand any more. Nothing was changed.");
        if (PausedOn is not null)
            return new RequestNotReady("The clock stands already. Nothing was changed.");
        if (!MayPause(cause))
            return new ClockRunsOn(cause);
        return days.Today > DueOn ? new RequestNotReady("The time has run out already, so the clock can't stand any more. Nothing was changed; answer now.") : null;
    }

    /// <summary>
    /// Whether the clock may stand: only in the United Kingdom; for who asks before it is known, and for what is meant with
    /// a request for access (UK GDPR art. 12A).
    /// </summary>
    public bool MayPause(PauseCause cause) => RequestClock.MayStand(Regime) && cause switch
    {
        PauseCause.Identity => NeedsVerification && Status == PrivacyRequestStatus.Received,
        PauseCause.Clarification => Kind == PrivacyRequestKind.Access,
    };

    /// <summary>The person has answered: the clock runs on, and the last day moves by the days that it stood.</summary>
    public Result<Done> Resume(RequestDays days)
    {
        if (PausedOn is null)
            return new RequestNotReady("The clock does not stand. Nothing was changed.");
        EndPause(days);
        return Done.Value;
    }

    /// <summary>The last lawful day; while the clock stands, the one that an answer of today would give.</summary>
    public DateOnly DueIfAnsweredOn(RequestDays days) =>
        PausedOn is null ? DueOn : RequestClock.For(Regime, Kind, days.ReceivedOn, [.. EventsSince(days), Answer(days)]).DueOn;

    /// <summary>Gives the later day that the law allows once, after the person was told why.</summary>
    /// <param name="days">The person is told today.</param>
    public Result<Done> Extend(RequestDays days)
    {
        if (!LaterDays(days).TryGet(out var later, out var refusal))
            return refusal;
        (DueOn, DueInternallyOn, ClockHistory) = (later.DueOn, later.DueInternallyOn, RequestHistory.With(ClockHistory, new ClockEvent(ClockEventKind.Extended, days.Today)));
        return Done.Value;
    }

    /// <summary>The days that an extension gives of which the person is told today; nothing is changed.</summary>
    public Result<RequestDeadlines> LaterDays(RequestDays days)
    {
        if (!IsOpen)
            return new RequestNotReady($"This request is already {Word}. Nothing was changed.");
        if (PausedOn is not null)
            return new ClockStands();
        if (days.Today > DueOn)
            return new RequestNotReady("The time has run out already, and an extension has to be told before. Nothing was changed; answer now.");
        var later = RequestClock.For(Regime, Kind, days.ReceivedOn, [.. EventsSince(days), new ClockEvent(ClockEventKind.Extended, days.Today)]);
        return later.DueOn <= DueOn ? new RequestNotReady("The law allows no later day than the present one. Nothing was changed.") : later;
    }

    private bool IsStandingForIdentity => PausedOn is not null && ClockEvents[^1].Kind == ClockEventKind.IdentityAsked;

    private ClockEvent Answer(RequestDays days) => new(IsStandingForIdentity ? ClockEventKind.IdentityShown : ClockEventKind.Resumed, days.Today);

    private void EndPause(RequestDays days)
    {
        var events = EventsSince(days);
        var answer = Answer(days);
        var due = RequestClock.For(Regime, Kind, days.ReceivedOn, [.. events, answer]);
        (DueOn, DueInternallyOn, PausedOn, ClockHistory) = (due.DueOn, due.DueInternallyOn, null, RequestHistory.With(ClockHistory, answer));
    }

    /// <summary>Time that was given before the history was kept shows only in the last day itself: no other rule moves it by more than a week.</summary>
    private IReadOnlyList<ClockEvent> EventsSince(RequestDays days)
    {
        const int Week = 7;
        var events = ClockEvents;
        var isExtended = events.Any(e => e.Kind == ClockEventKind.Extended);
        return !isExtended && DueOn > RequestClock.For(Regime, Kind, days.ReceivedOn, events).DueOn.AddDays(Week)
            ? [new ClockEvent(ClockEventKind.Extended, days.ReceivedOn), .. events] : events;
    }
}

public sealed record ClockStands()
    : Failure("The clock stands, because the person was asked for something. Nothing was changed; let it run on first.");

public sealed record ClockRunsOn(PauseCause Cause) : Failure(Cause == PauseCause.Identity
    ? "Under this law the clock runs on while the person shows who they are, or they have shown it already. Nothing was changed; ask them, and answer by the last lawful day."
    : "Only for a request for access in the United Kingdom does the clock stand while the person says what they mean. Nothing was changed; ask them, and answer by the last lawful day.");
