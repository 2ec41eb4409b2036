using System.Globalization;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Domain.Preferences;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>
/// The three gates that time alone opens: barred days, hours (of the rules and of the campaign), and caps with pauses. What each finds now, and the first
/// instant at which all of them are open together.
/// </summary>
internal readonly ref struct TimeGates(in SendView view)
{
    /// <summary>Deferring further than this helps nobody: a person decides.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(14);

    /// <summary>Preferences that count by month on a machine that knows no zone of the person.</summary>
    private static readonly ZoneClock[] Utc = [ZoneClock.Get("Etc/UTC")];

    private readonly SendView _view = view;

    /// <summary>Answers to the person's own text know no hours and no caps (C-12).</summary>
    public bool Apply => _view.Answer is null && MessageClasses.Recurring.Reach(_view.Class);

    /// <summary>Which of the rules about hours these facts lift now: bit n for the nth.</summary>
    public long Lifted()
    {
        var (lifted, hours) = (0L, _view.Jurisdiction.Hours);
        for (var i = 0; i < hours.Length; i++)
        {
            if (IsLifted(hours[i].LiftedBy, _view.Instant))
                lifted |= 1L << i;
        }

        return lifted;
    }

    /// <summary>The rules about hours that are asked and not lifted now, with the hours that the campaign chose.</summary>
    public IReadOnlyList<AskedHours> Hours()
    {
        var asked = new List<AskedHours>();
        if (OfCampaign is { } chosen)
            asked.Add(new AskedHours(chosen, ClocksOf(chosen), TimeSpan.Zero));
        if (!Apply)
            return asked;
        foreach (var rule in _view.Jurisdiction.Hours)
        {
            if (IsAsked(rule) && !IsLifted(rule.LiftedBy, _view.Instant))
                asked.Add(new AskedHours(rule, ClocksOf(rule), Guard));
        }

        foreach (var country in _view.Jurisdiction.Countries)
        {
            if (HouseHours.Of(_view.Policy, country) is { } rule)
                asked.Add(new AskedHours(rule, ClocksOf(rule), Guard));
        }

        return asked;
    }

    public void FindHours(Gate gate, ref FindingList findings)
    {
        if (!Apply)
            return;
        foreach (var rule in _view.Jurisdiction.Hours)
        {
            if (IsAsked(rule) && !IsLifted(rule.LiftedBy, _view.Instant))
                FindHours(gate, rule, ref findings);
        }

        foreach (var country in _view.Jurisdiction.Countries)
        {
            if (HouseHours.Of(_view.Policy, country) is { } rule)
                FindHours(gate, rule, ref findings);
        }
    }

    /// <summary>What the campaign itself wants of the person's clocks: all of them have to have come to its start, and to be within its hours.</summary>
    public void FindTiming(ref FindingList findings)
    {
        if (_view.Facts.Timing is not { } timing)
            return;
        foreach (var clock in _view.Jurisdiction.Clocks)
        {
            if (timing.StartsAt is not { } start || _view.Instant >= clock.FirstInstantOf(start))
                continue;
            findings.Add(new Finding(
                Gate.Window, GateOutcome.Defer, SendReason.LocalStart, Everywhere.CampaignTiming, 0, start.ToString("d MMM yyyy 'at' HH:mm", CultureInfo.InvariantCulture), clock.Id, _view.Instant));
            break;
        }

        if (CampaignHours.Of(timing) is not { } rule)
            return;
        foreach (var clock in _view.Jurisdiction.Clocks)
        {
            if (HoursClock.StateAt(rule, clock, _view.Instant, TimeSpan.Zero) == HoursState.Open)
                continue;
            findings.Add(new Finding(
                Gate.Window, GateOutcome.Defer, SendReason.CampaignHours, rule.Rule, 0, rule.Week.On(DayOfWeek.Monday)[0].ToString(), clock.Id, _view.Instant));
            break;
        }
    }

    public void FindUnknownZone(ref FindingList findings)
    {
        if (_view.Jurisdiction.Clocks.Length > 0)
            return;
        if (_view.Facts.Timing is not null)
        {
            findings.Add(new Finding(Gate.RuleSets, GateOutcome.Hold, SendReason.ZoneUnknown, Everywhere.KnownClock, Instant: _view.Instant));
            return;
        }

        if (!Apply)
            return;
        foreach (var rule in _view.Jurisdiction.Hours)
        {
            if (!rule.Classes.Reach(_view.Class) || rule.FixedClocks.Length > 0)
                continue;
            findings.Add(new Finding(Gate.RuleSets, GateOutcome.Hold, SendReason.ZoneUnknown, Everywhere.KnownClock, Instant: _view.Instant));
            return;
        }
    }

    public void FindCaps(ref FindingList findings)
    {
        if (!Apply)
            return;
        var now = _view.Instant;
        foreach (var rule in _view.Jurisdiction.Caps)
            Find(rule.Rule, SendReason.FrequencyCap, rule.Count, NextRoom(rule, now), ref findings);
        foreach (var cap in _view.Policy.Caps)
            Find(Everywhere.HouseCaps, SendReason.FrequencyCap, cap.Count, NextRoom(cap, now), ref findings);
        var (promised, other) = FrequencyPromise.Of(_view.Facts.PromisedPerMonth, _view.Facts.PromisedInWords);
        Find(promised, now, ref findings);
        Find(other, now, ref findings);
        Find(Everywhere.Preference, SendReason.FrequencyPreference, 1, NextByPreference(now), ref findings);
        if (_view.Facts.PausedUntil > now)
            Find(Everywhere.Preference, SendReason.Snoozed, 0, _view.Facts.PausedUntil, ref findings);
    }

    /// <summary>
    /// The first instant at which every rule about time lets these facts through, within the horizon. Each rule moves the
    /// candidate to its own next opening until none moves it any more: nothing earlier can pass them all.
    /// </summary>
    public DateTimeOffset? FirstPass()
    {
        var limit = Calendar.Add(_view.Instant, Horizon);
        var candidate = _view.Instant;
        while (true)
        {
            if (NextPass(candidate) is not { } next || next > limit)
                return null;
            if (next == candidate)
                return candidate;
            candidate = next;
        }
    }

    private DateTimeOffset? NextPass(DateTimeOffset candidate) =>
        NextByTiming(candidate) is not { } next ? null : Apply ? NextByRules(next) : next;

    private DateTimeOffset? NextByTiming(DateTimeOffset candidate)
    {
        foreach (var clock in _view.Jurisdiction.Clocks)
        {
            if (_view.Facts.Timing?.StartsAt is { } start && clock.FirstInstantOf(start) is var first && first > candidate)
                candidate = first;
        }

        return OfCampaign is { } hours ? NextOpening(hours, candidate, TimeSpan.Zero) : candidate;
    }

    private DateTimeOffset? NextByRules(DateTimeOffset candidate)
    {
        foreach (var rule in _view.Jurisdiction.Hours)
        {
            if (!IsAsked(rule) || IsLifted(rule.LiftedBy, candidate))
                continue;
            if (NextOpening(rule, candidate, Guard) is not { } opening)
                return null;
            candidate = opening;
        }

        foreach (var country in _view.Jurisdiction.Countries)
        {
            if (HouseHours.Of(_view.Policy, country) is not { } rule)
                continue;
            if (NextOpening(rule, candidate, Guard) is not { } opening)
                return null;
            candidate = opening;
        }

        return NextByCaps(candidate);
    }

    private DateTimeOffset? NextByCaps(DateTimeOffset candidate)
    {
        DateTimeOffset? next = candidate;
        foreach (var rule in _view.Jurisdiction.Caps)
        {
            if (next is { } at)
                next = NextRoom(rule, at);
        }

        foreach (var cap in _view.Policy.Caps)
        {
            if (next is { } at)
                next = NextRoom(cap, at);
        }

        var (promised, other) = FrequencyPromise.Of(_view.Facts.PromisedPerMonth, _view.Facts.PromisedInWords);
        if (next is { } first)
            next = NextRoom(promised, first);
        if (next is { } second)
            next = NextRoom(other, second);
        if (next is { } chosen)
            next = NextByPreference(chosen);
        return next is { } paused && _view.Facts.PausedUntil > paused ? _view.Facts.PausedUntil : next;
    }

    private DateTimeOffset? NextOpening(HoursRule rule, DateTimeOffset from, TimeSpan guard)
    {
        foreach (var clock in ClocksOf(rule))
        {
            if (HoursClock.NextOpening(rule, clock, from, guard) is not { } opening)
                return null;
            from = opening;
        }

        return from;
    }

    private void FindHours(Gate gate, HoursRule rule, ref FindingList findings)
    {
        var isOpenSomewhere = false;
        Finding? found = null;
        foreach (var clock in ClocksOf(rule))
        {
            var state = HoursClock.StateAt(rule, clock, _view.Instant, Guard);
            isOpenSomewhere |= state == HoursState.Open;
            if (found is null && (gate == Gate.BarredDay ? state == HoursState.Barred : state is HoursState.Closed or HoursState.Guarded))
                found = Describe(gate, state, rule, clock);
        }

        if (found is not { } finding)
            return;
        findings.Add(finding);
        if (finding.Number > 0)
            findings.Add(finding with { Rule = Everywhere.GuardBeforeEnd });
        if (isOpenSomewhere)
            findings.Add(finding with { Rule = Everywhere.KnownClock });
    }

    private Finding Describe(Gate gate, HoursState state, HoursRule rule, ZoneClock clock) => new(
        gate, GateOutcome.Defer, state == HoursState.Barred ? SendReason.BarredDay : SendReason.QuietHours, rule.Rule,
        state == HoursState.Guarded ? (int)Math.Ceiling(Guard.TotalMinutes) : 0, rule.Week.Text, clock.Id, _view.Instant);

    private void Find(PolicyRule rule, SendReason reason, int count, DateTimeOffset? room, ref FindingList findings)
    {
        if (room != _view.Instant)
            findings.Add(new Finding(Gate.Caps, GateOutcome.Defer, reason, rule, count, null, null, room ?? default));
    }

    private DateTimeOffset? NextRoom(CapRule rule, DateTimeOffset from)
    {
        if (!rule.Classes.Reach(_view.Class) || !rule.Rule.GovernsOn(DateOnly.FromDateTime(from.UtcDateTime)) || IsLifted(rule.LiftedBy, from))
            return from;
        return CapClock.NextRoom(_view.Facts, rule.Count, rule.Period, rule.Classes, rule.PerSubject && !_view.Policy.CapsIgnoreSubject, from);
    }

    private DateTimeOffset? NextRoom(HouseCap cap, DateTimeOffset from) =>
        CapClock.NextRoom(_view.Facts, cap.Count, cap.Period, MessageClasses.Recurring, perSubject: false, from);

    private void Find(FrequencyPromise? promise, DateTimeOffset now, ref FindingList findings)
    {
        if (promise is { } made && NextRoom(made, now) is var room && room != now)
            findings.Add(new Finding(Gate.Caps, GateOutcome.Defer, SendReason.PromisedFrequency, Everywhere.Preference, made.Count, WordOf(made.Unit), null, room ?? default));
    }

    /// <summary>Null when none ever fits.</summary>
    private DateTimeOffset? NextRoom(FrequencyPromise? promise, DateTimeOffset from) => promise switch
    {
        null => from,
        { Count: < 1 } => null,
        { } made => PromiseUse.At(made, _view.Facts.RecentSends, _view.Facts.Brand, _view.Jurisdiction.Clocks, from).RoomFrom,
    };

    private static string WordOf(PromiseUnit unit) => unit switch
    {
        PromiseUnit.Day => "a day",
        PromiseUnit.Week => "a week",
        PromiseUnit.Month => "a month",
    };

    private DateTimeOffset? NextRoomInMonth(int count, DateTimeOffset from)
    {
        DateTimeOffset? next = from;
        foreach (var clock in _view.Jurisdiction.Clocks is { Length: > 0 } clocks ? clocks : Utc)
        {
            if (next is { } at)
                next = CapClock.NextRoomInMonth(_view.Facts, count, clock, at);
        }

        return next;
    }

    private DateTimeOffset? NextByPreference(DateTimeOffset from) => _view.Facts.Frequency switch
    {
        // A person who wants urgent texts only is refused by a rule of its own: no waiting helps.
        FrequencyPreference.Every or FrequencyPreference.UrgentOnly => from,
        FrequencyPreference.Daily => Rolling(1, from),
        FrequencyPreference.Weekly => Rolling(7, from),
        FrequencyPreference.Biweekly => Rolling(14, from),
        FrequencyPreference.Monthly => NextRoomInMonth(1, from),
    };

    private DateTimeOffset? Rolling(int days, DateTimeOffset from) =>
        CapClock.NextRoom(_view.Facts, 1, TimeSpan.FromDays(days), MessageClasses.Recurring, perSubject: false, from);

    private bool IsAsked(HoursRule rule) => rule.Classes.Reach(_view.Class) && !(rule.Rule.IsPreset && HouseHours.ReplacePresets(in _view));

    private bool IsLifted(Lift? lift, DateTimeOffset instant) => lift is not null && lift(in _view, instant);

    private ZoneClock[] ClocksOf(HoursRule rule) => rule.FixedClocks.Length > 0 ? rule.FixedClocks : _view.Jurisdiction.Clocks;

    /// <summary>No law stands behind them, so that sending goes on to their end without a margin (C-04).</summary>
    private HoursRule? OfCampaign => CampaignHours.Of(_view.Facts.Timing);

    private TimeSpan Guard => _view.Policy.DispatchGuard < TimeSpan.Zero ? TimeSpan.Zero
        : _view.Policy.DispatchGuard > TimeSpan.FromHours(1) ? TimeSpan.FromHours(1) : _view.Policy.DispatchGuard;
}
