using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Policy.Places;

namespace ConsentPortal.Domain.Policy.Rules;

/// <summary>Whether the facts lift a rule about time at an instant: consent in Utah, a purchase in Oregon.</summary>
internal delegate bool Lift(in SendView view, DateTimeOffset instant);

/// <summary>
/// Hours of the day and days of the week on which texts may arrive, and whether holidays are barred. It speaks in two
/// gates: <see cref="Gate.BarredDay"/> for a day without hours, <see cref="Gate.Window"/> within a day.
/// </summary>
internal sealed record HoursRule(PolicyRule Rule, WeekHours Week, MessageClasses Classes)
{
    /// <summary>Null when holidays are days like others.</summary>
    public HolidayCalendar? Holidays { get; init; }

    /// <summary>A clock that the law names instead of the recipient's (Mississippi: Central); empty as a rule.</summary>
    public ZoneClock[] FixedClocks { get; init; } = [];

    public Lift? LiftedBy { get; init; }

    public bool BarsDays { get; } = Enum.GetValues<DayOfWeek>().Any(d => Week.On(d).Length == 0);
}

/// <summary>At most <paramref name="Count"/> texts in a rolling <paramref name="Period"/> (C-07).</summary>
/// <param name="Classes">The classes that the cap stops, and those that it counts.</param>
/// <param name="PerSubject">Counts texts about the same subject only; an unknown subject counts.</param>
internal sealed record CapRule(PolicyRule Rule, int Count, TimeSpan Period, MessageClasses Classes, bool PerSubject)
{
    public Lift? LiftedBy { get; init; }
}
