namespace ConsentPortal.Domain.Messaging;

/// <summary>
/// By when somebody has read a text that no rule could: the end of the next business day (UTC). The day after receipt is
/// day 1 (C-08); Saturdays and Sundays don't count, public holidays do, which only makes the clock stricter.
/// </summary>
public static class ReviewDeadline
{
    public static DateTimeOffset For(DateTimeOffset receivedAt)
    {
        var day = DateOnly.FromDateTime(receivedAt.UtcDateTime).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(1);
        return new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
    }
}
