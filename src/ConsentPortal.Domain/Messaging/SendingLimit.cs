using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Messaging;

/// <summary>
/// What is taken of one sender: so many parts a minute, evenly, or so many a day; of one carrier or of all together. Long
/// numbers in the US have both: some carriers count by the minute, one by the day and the brand (10DLC). With the limit stands
/// what of it is used, so that all processes of the portal share it.
/// </summary>
public sealed class SendingLimit
{
    /// <summary>A text has fewer parts, so that none can be larger than a day.</summary>
    public const int LeastPerDay = 20;

    public const int MostPerMinute = 100_000;
    public const int MostPerDay = 10_000_000;
    public const int LongestCarrier = 60;

    // A text may take more parts than the minute had left; the next ones then wait for as long. What lies further ahead was written by a clock that has been set back since.
    private const int MostAhead = 2 * LeastPerDay;

    public required Guid Id { get; init; }

    /// <summary>As purposes name it.</summary>
    public required string Sender { get; init; }

    /// <summary>By its name; null for all carriers together.</summary>
    public string? Carrier { get; set; }

    /// <summary>ISO 3166 country of the carrier: its numbers count until it is known which carrier they are with. Null for all carriers together.</summary>
    public string? Country { get; set; }

    /// <summary>The carrier's codes (mobile country and network code, five or six figures), with blanks between; empty for all carriers together.</summary>
    public string Networks { get; set; } = "";

    /// <summary>Null for none.</summary>
    public int? PartsPerMinute { get; set; }

    /// <summary>Null for none.</summary>
    public int? PartsPerDay { get; set; }

    /// <summary>IANA zone in which the carrier's day ends.</summary>
    public required string Zone { get; set; }

    /// <summary>From when on the next part may leave (UTC); null before the first.</summary>
    public DateTimeOffset? NextPartAt { get; set; }

    /// <summary>The day in <see cref="Zone"/> that <see cref="PartsOfDay"/> counts.</summary>
    public DateOnly? Day { get; set; }

    public int PartsOfDay { get; set; }

    /// <summary>Nothing leaves before (UTC): the carrier said that its day is full. Null for no hold.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Whether somebody entered it; otherwise a carrier's refusal did.</summary>
    public bool IsEntered { get; set; }

    public bool IsOfCarrier => Networks.Length > 0;

    private Pace? Minute => PartsPerMinute is { } parts ? new Pace(parts, NextPartAt) : null;

    /// <param name="network">The code of the number's carrier; null while it is not known.</param>
    /// <param name="country">ISO 3166 country of the number.</param>
    /// <returns>Whether a text to such a number counts. One whose carrier is not known may be with any of its country, and counts for each.</returns>
    public bool Covers(string? network, string? country) =>
        !IsOfCarrier || (network is null ? country == Country : Networks.Split(' ').Contains(network, StringComparer.Ordinal));

    /// <returns>Whether an IANA name is a zone in which days can be counted.</returns>
    public static bool IsZone(string? zone) => ZoneClock.Find(zone) is not null;

    /// <returns>Parts of the running day, or 0 when none has left in it.</returns>
    public int UsedAt(DateTimeOffset now) => Day == DayOf(now) ? PartsOfDay : 0;

    /// <param name="parts">Of the text that is to leave.</param>
    /// <returns>From when on it may; null for at once.</returns>
    public DateTimeOffset? ClosedUntil(DateTimeOffset now, int parts)
    {
        var held = HeldUntil > now ? HeldUntil : null;
        var full = PartsPerDay is { } most && UsedAt(now) + parts > most ? DayAfter(now) : (DateTimeOffset?)null;
        var next = RoomAt(now) == 0 ? NextPartAt : null;
        return new[] { held, full, next }.Max();
    }

    /// <returns>How many parts may leave this minute.</returns>
    public int RoomAt(DateTimeOffset now) => Minute is not { } pace || IsOfAnotherClock(now, pace) ? int.MaxValue : pace.RoomAt(now);

    /// <summary>Counts a text that leaves.</summary>
    public void Take(DateTimeOffset now, int parts)
    {
        (PartsOfDay, Day) = (UsedAt(now) + parts, DayOf(now));
        if (Minute is { } pace)
            NextPartAt = (IsOfAnotherClock(now, pace) ? pace with { NextTextAt = null } : pace).After(now, parts);
    }

    /// <summary>Nothing leaves before the carrier's next day.</summary>
    public void HoldForTheDay(DateTimeOffset now) => HeldUntil = DayAfter(now);

    private static bool IsOfAnotherClock(DateTimeOffset now, Pace pace) => pace.NextTextAt > now + TimeSpan.FromMinutes(1) / pace.TextsPerMinute * MostAhead;

    private DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(ZoneClock.Get(Zone).LocalAt(now));

    private DateTimeOffset DayAfter(DateTimeOffset now) => ZoneClock.Get(Zone).FirstInstantOf(DayOf(now).AddDays(1).ToDateTime(TimeOnly.MinValue));
}
