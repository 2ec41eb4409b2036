using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// How far a promise is used up at an instant. It counts in a rolling window of its own unit, as caps do (C-07): a text
/// counts until a day, a week or a calendar month has gone by since it left, and no longer at that very instant. Months go
/// by the person's clock, so that no calendar month of theirs holds more texts than were promised.
/// </summary>
/// <param name="RoomFrom">The first instant from the one asked about on at which one more text fits.</param>
public readonly record struct PromiseUse(FrequencyPromise Promise, int Used, DateTimeOffset RoomFrom)
{
    public bool IsUsedUp => Used >= Promise.Count;

    /// <param name="sends">Texts to this person for at least the promise's unit back; marketing and informational ones count.</param>
    /// <param name="brand">The seller who promised; null counts everybody's texts.</param>
    /// <param name="zones">IANA zones in which the person may be; the promise holds in each of them.</param>
    public static PromiseUse At(FrequencyPromise promise, IReadOnlyList<RecentSend> sends, string? brand, IEnumerable<string> zones, DateTimeOffset instant) =>
        At(promise, sends, brand, [.. zones.Select(ZoneClock.Find).OfType<ZoneClock>()], instant);

    internal static PromiseUse At(FrequencyPromise promise, IReadOnlyList<RecentSend> sends, string? brand, ZoneClock[] clocks, DateTimeOffset instant)
    {
        var ends = new List<DateTimeOffset>();
        foreach (var sent in sends)
        {
            if (CapClock.Counts(sent, brand) && EndOf(sent.At, promise.Unit, clocks) is var end && end > instant)
                ends.Add(end);
        }

        ends.Sort();
        return new PromiseUse(promise, ends.Count, ends.Count < promise.Count ? instant : ends[^promise.Count]);
    }

    private static DateTimeOffset EndOf(DateTimeOffset sent, PromiseUnit unit, ZoneClock[] clocks) => unit switch
    {
        PromiseUnit.Day => Calendar.Add(sent, TimeSpan.FromDays(1)),
        PromiseUnit.Week => Calendar.Add(sent, TimeSpan.FromDays(7)),
        PromiseUnit.Month => MonthAfter(sent, clocks),
    };

    private static DateTimeOffset MonthAfter(DateTimeOffset sent, ZoneClock[] clocks)
    {
        if (clocks.Length == 0 || sent.Year >= DateTime.MaxValue.Year)
            return Calendar.AddMonths(sent, 1);
        var last = DateTimeOffset.MinValue;
        foreach (var clock in clocks)
        {
            if (clock.FirstInstantOf(clock.LocalAt(sent).AddMonths(1)) is var end && end > last)
                last = end;
        }

        return last;
    }
}
