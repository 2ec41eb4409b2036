namespace ConsentPortal.Domain.Segments;

/// <summary>When a rule is asked: ages and expiries are counted from the instant, and days begin by the clock of the organisation.</summary>
/// <param name="Zone">The organisation's.</param>
public sealed record RuleMoment(DateTimeOffset Instant, TimeZoneInfo Zone)
{
    /// <summary>The day of the calendar that the organisation's clock shows.</summary>
    public DateOnly Today => DayOf(Instant);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime);

    /// <summary>The first instant of a day (UTC): midnight, or the first time after it that the clock shows where it leaps over midnight; of a midnight that comes twice, the first.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        var offset = Zone.IsAmbiguousTime(local) ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    /// <summary>For an organisation that counts its days in UTC.</summary>
    public static RuleMoment Utc(DateTimeOffset instant) => new(instant, TimeZoneInfo.Utc);
}
