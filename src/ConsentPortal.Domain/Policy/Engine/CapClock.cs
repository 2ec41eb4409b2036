using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy.Engine;

/// <summary>Counts of texts sent before, rolling and by calendar month.</summary>
internal static class CapClock
{
    /// <summary>
    /// The first instant from <paramref name="from"/> on at which one more text fits under a rolling cap. A text counts
    /// while it is younger than the period; exactly as old, it no longer does (C-07). Null when none ever fits.
    /// </summary>
    public static DateTimeOffset? NextRoom(SendFacts facts, int count, TimeSpan period, MessageClasses counted, bool perSubject, DateTimeOffset from)
    {
        if (count < 1)
            return null;
        var used = 0;
        foreach (var sent in Counted(facts, counted, perSubject))
        {
            if (IsInside(sent, period, from))
                used++;
        }

        return used < count ? from : Freed(facts, count, period, counted, perSubject);
    }

    /// <summary>The first instant from <paramref name="from"/> on in whose calendar month, on this clock, one more text fits.</summary>
    public static DateTimeOffset? NextRoomInMonth(SendFacts facts, int count, ZoneClock clock, DateTimeOffset from)
    {
        if (count < 1)
            return null;
        var month = clock.LocalAt(from);
        while (CountIn(facts, clock, month) >= count)
        {
            if (month.Year >= DateTime.MaxValue.Year)
                return null;
            month = new DateTime(month.Year, month.Month, 1).AddMonths(1);
            from = clock.FirstInstantOf(month);
        }

        return from;
    }

    /// <summary>Whether a text counts against what a seller promised: promises speak of what recurs.</summary>
    public static bool Counts(RecentSend sent, string? brand) => MessageClasses.Recurring.Reach(sent.MessageClass) && IsSameSeller(sent.Brand, brand);

    // With n texts allowed, the place is free when the n-th youngest has grown too old.
    private static DateTimeOffset Freed(SendFacts facts, int count, TimeSpan period, MessageClasses counted, bool perSubject)
    {
        var youngest = new List<DateTimeOffset>();
        foreach (var sent in Counted(facts, counted, perSubject))
            youngest.Add(sent);
        youngest.Sort();
        return Calendar.Add(youngest[^count], period);
    }

    private static bool IsInside(DateTimeOffset sent, TimeSpan period, DateTimeOffset instant) => instant - sent < period;

    private static int CountIn(SendFacts facts, ZoneClock clock, DateTime month)
    {
        var count = 0;
        foreach (var sent in Counted(facts, MessageClasses.Recurring, perSubject: false))
        {
            var local = clock.LocalAt(sent);
            if (local.Year == month.Year && local.Month == month.Month)
                count++;
        }

        return count;
    }

    private static bool IsSameSeller(string? one, string? other) => one is null || other is null || one.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static Counting Counted(SendFacts facts, MessageClasses classes, bool perSubject) => new(facts, classes, perSubject);

    /// <summary>The texts that a cap counts, walked without allocating.</summary>
    private ref struct Counting(SendFacts facts, MessageClasses classes, bool perSubject)
    {
        private int _index = -1;

        public readonly DateTimeOffset Current => facts.RecentSends[_index].At;

        public readonly Counting GetEnumerator() => this;

        public bool MoveNext()
        {
            while (++_index < facts.RecentSends.Count)
            {
                var sent = facts.RecentSends[_index];
                if (classes.Reach(sent.MessageClass) && IsSameSeller(sent.Brand, facts.Brand) && (!perSubject || IsSameSubject(sent.Subject)))
                    return true;
            }

            return false;
        }

        private readonly bool IsSameSubject(string? subject) =>
            subject is null || facts.Subject is null || subject.Equals(facts.Subject, StringComparison.OrdinalIgnoreCase);
    }
}
