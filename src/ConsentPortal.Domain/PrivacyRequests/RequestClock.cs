using ConsentPortal.Domain.Policy.Holidays;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>What moved the clock of a request.</summary>
public enum ClockEventKind
{
    /// <summary>The person was told in time that the answer needs longer, and why.</summary>
    Extended = 1,

    /// <summary>The person was asked to make the request clear; only the United Kingdom's clock stands meanwhile (UK-02).</summary>
    Paused = 2,
    Resumed = 3,

    /// <summary>The person was asked to show who they are; the United Kingdom's clock starts only when they have (UK-02).</summary>
    IdentityAsked = 4,
    IdentityShown = 5,
}

public sealed record ClockEvent(ClockEventKind Kind, DateOnly On);

/// <summary>The days by which the law and the organisation want a request answered.</summary>
/// <param name="AcknowledgeBy">Last day to confirm that the request came in; null where the law asks for no such step.</param>
/// <param name="DueOn">The last lawful day, extension and pauses counted.</param>
/// <param name="DueInternallyOn">The organisation's own target: no weekend or holiday moves it to a later day.</param>
/// <param name="LatestIfExtended">The last day that an extension could give; <paramref name="DueOn"/> where the law knows none.</param>
public sealed record RequestDeadlines(DateOnly? AcknowledgeBy, DateOnly DueOn, DateOnly DueInternallyOn, DateOnly LatestIfExtended);

/// <summary>
/// The clocks of the privacy laws (C-08, C-09). Where holidays differ inside a region, only those of every place count:
/// a day too early is never unlawful.
/// </summary>
public static class RequestClock
{
    private const int CcpaAcknowledgement = 10;
    private const int CcpaOptOut = 15;
    private const int CcpaAnswer = 45;
    private const int LgpdDeclaration = 15;
    private const int PipedaAnswer = 30;
    private const int OtherAnswer = 30;

    /// <param name="receivedOn">The day of receipt by the organisation's own clock; the day after it is day 1.</param>
    /// <param name="events">In the order in which they happened.</param>
    public static RequestDeadlines For(PrivacyRegime regime, PrivacyRequestKind kind, DateOnly receivedOn, IReadOnlyList<ClockEvent> events)
    {
        var stands = MayStand(regime);
        var start = stands ? StartOf(receivedOn, events) : receivedOn;
        var plain = Plain(regime, kind, start, stands ? DaysPaused(start, events) : 0);
        // An extension counts only if the person was told before the time ran out.
        var isExtended = events.Any(e => e.Kind == ClockEventKind.Extended && e.On <= plain.DueOn);
        return isExtended ? plain with { DueOn = plain.LatestIfExtended, DueInternallyOn = Extended(regime, start, plain) } : plain;
    }

    /// <summary>Whether the law lets the clock stand while the person is asked for something.</summary>
    public static bool MayStand(PrivacyRegime regime) => regime == PrivacyRegime.UkGdpr;

    private static RequestDeadlines Plain(PrivacyRegime regime, PrivacyRequestKind kind, DateOnly received, int paused) => regime switch
    {
        PrivacyRegime.Gdpr => Months(received, 0, IsFreeInTheUnion),
        PrivacyRegime.UkGdpr => Months(received, paused, IsFreeInTheKingdom),
        PrivacyRegime.Ccpa when kind is PrivacyRequestKind.OptOutOfSale or PrivacyRequestKind.Restriction or PrivacyRequestKind.Objection or PrivacyRequestKind.Withdrawal =>
            Fixed(null, BusinessDay(received, CcpaOptOut, IsFederalHoliday), BusinessDay(received, CcpaOptOut, _ => false)),
        PrivacyRegime.Ccpa => new RequestDeadlines(BusinessDay(received, CcpaAcknowledgement, IsFederalHoliday), received.AddDays(CcpaAnswer), received.AddDays(CcpaAnswer), received.AddDays(2 * CcpaAnswer)),
        PrivacyRegime.Lgpd => Fixed(null, received.AddDays(LgpdDeclaration), received.AddDays(LgpdDeclaration)),
        PrivacyRegime.Pipeda => new RequestDeadlines(null, received.AddDays(PipedaAnswer), received.AddDays(PipedaAnswer), received.AddDays(2 * PipedaAnswer)),
        // No law that this portal knows sets a day; the organisation promises what the strictest common one would: a month, and no more than 30 days (Australia APP 12).
        PrivacyRegime.Other when received.AddMonths(1) is var month && received.AddDays(OtherAnswer) is var days => Fixed(null, month < days ? month : days, month < days ? month : days),
    };

    private static RequestDeadlines Fixed(DateOnly? acknowledge, DateOnly due, DateOnly internally) => new(acknowledge, due, internally, due);

    private static RequestDeadlines Months(DateOnly received, int paused, Func<DateOnly, bool> isFree)
    {
        var (due, latest) = (received.AddMonths(1).AddDays(paused), received.AddMonths(3).AddDays(paused));
        return new RequestDeadlines(null, Rolled(due, isFree), due, Rolled(latest, isFree));
    }

    private static DateOnly Extended(PrivacyRegime regime, DateOnly received, RequestDeadlines plain) =>
        regime == PrivacyRegime.Gdpr ? received.AddMonths(3)
        : regime == PrivacyRegime.UkGdpr ? received.AddMonths(3).AddDays(plain.DueInternallyOn.DayNumber - received.AddMonths(1).DayNumber)
        : plain.LatestIfExtended;

    /// <summary>A period that ends on a free day ends with the next working day (Regulation 1182/71 art. 3(4)).</summary>
    private static DateOnly Rolled(DateOnly day, Func<DateOnly, bool> isFree)
    {
        while (Days.IsWeekend(day) || isFree(day))
            day = day.AddDays(1);
        return day;
    }

    /// <summary>The n-th working day; the day after receipt is the first that can count.</summary>
    private static DateOnly BusinessDay(DateOnly received, int n, Func<DateOnly, bool> isFree)
    {
        var day = received;
        for (var counted = 0; counted < n;)
        {
            day = day.AddDays(1);
            counted += Days.IsWeekend(day) || isFree(day) ? 0 : 1;
        }

        return day;
    }

    /// <summary>The day on which the person showed who they are, where they had to be asked; otherwise that of receipt.</summary>
    private static DateOnly StartOf(DateOnly received, IReadOnlyList<ClockEvent> events)
    {
        var asked = events.FirstOrDefault(e => e.Kind == ClockEventKind.IdentityAsked);
        var shown = asked is null ? null : events.LastOrDefault(e => e.Kind == ClockEventKind.IdentityShown && e.On >= asked.On);
        return shown is not null && shown.On > received ? shown.On : received;
    }

    /// <summary>A pause that nobody has ended counts as none: the request is then answered early rather than late.</summary>
    private static int DaysPaused(DateOnly start, IReadOnlyList<ClockEvent> events)
    {
        var (total, since) = (0, (DateOnly?)null);
        foreach (var e in events.Where(e => e.Kind is ClockEventKind.Paused or ClockEventKind.Resumed).OrderBy(e => e.On))
        {
            if (e.Kind == ClockEventKind.Paused)
                since ??= e.On > start ? e.On : start;
            else if (since is { } from)
                (total, since) = (total + Math.Max(0, e.On.DayNumber - from.DayNumber), null);
        }

        return total;
    }

    // Kept in every member state; other holidays differ.
    private static bool IsFreeInTheUnion(DateOnly day) => day is { Month: 1, Day: 1 } or { Month: 12, Day: 25 };

    private static bool IsFreeInTheKingdom(DateOnly day) => BritishHolidays.InEveryNation(day);

    private static bool IsFederalHoliday(DateOnly day) => UsHolidays.Federal.Contains(day);
}
