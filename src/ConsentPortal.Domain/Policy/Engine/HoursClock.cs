using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>Where an instant stands in a rule about hours, on one clock.</summary>
internal enum HoursState
{
    Open,

    /// <summary>Still inside, but too near the end to be sure that the text arrives in time (C-04).</summary>
    Guarded,
    Closed,
    Barred,
}

internal static class HoursClock
{
    /// <summary>Longer than any run of barred days; a rule that stays shut so long is shut for good.</summary>
    private const int MaxDays = 40;

    private static readonly TimeSpan WholeDay = TimeSpan.FromDays(1);

    public static HoursState StateAt(HoursRule rule, ZoneClock clock, DateTimeOffset instant, TimeSpan guard)
    {
        var local = clock.LocalAt(instant);
        var day = DateOnly.FromDateTime(local);
        if (!rule.Rule.GovernsOn(day))
            return HoursState.Open;
        var spans = SpansOn(rule, day);
        if (spans.Length == 0)
            return HoursState.Barred;
        foreach (var span in spans)
        {
            if (local.TimeOfDay < span.Start || local.TimeOfDay >= span.End)
                continue;
            return local.TimeOfDay < GuardedEnd(span, guard) ? HoursState.Open : HoursState.Guarded;
        }

        return HoursState.Closed;
    }

    /// <summary>The first instant from <paramref name="from"/> on at which the rule is open; null when it never opens again.</summary>
    public static DateTimeOffset? NextOpening(HoursRule rule, ZoneClock clock, DateTimeOffset from, TimeSpan guard)
    {
        if (StateAt(rule, clock, from, guard) == HoursState.Open)
            return from;
        var local = clock.LocalAt(from);
        if (local.Date > DateTime.MaxValue.AddDays(-MaxDays - 2))
            return null;
        for (var i = 0; i <= MaxDays; i++)
        {
            var date = local.Date.AddDays(i);
            var day = DateOnly.FromDateTime(date);
            if (!rule.Rule.GovernsOn(day))
                return Later(from, clock.FirstInstantOf(date));
            foreach (var span in SpansOn(rule, day))
            {
                if (span.Start >= GuardedEnd(span, guard))
                    continue;
                var opening = clock.FirstInstantOf(date + span.Start);
                if (opening > from)
                    return opening;
            }
        }

        return null;
    }

    private static DaySpan[] SpansOn(HoursRule rule, DateOnly day) =>
        rule.Holidays is { } holidays && holidays.Contains(day) ? [] : rule.Week.On(day.DayOfWeek);

    // The end of a span that reaches midnight is no end: the next day goes on.
    private static TimeSpan GuardedEnd(DaySpan span, TimeSpan guard) => span.End == WholeDay ? span.End : span.End - guard;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
