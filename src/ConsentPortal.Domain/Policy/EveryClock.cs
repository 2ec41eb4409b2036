namespace ConsentPortal.Domain.Policy;

/// <summary>
/// From when on a text counts by every clock on earth. Months go by the clock of the person; for a million people at once it can only be asked
/// what all clocks agree on, so that a few hours about the end of a month count for nobody.
/// </summary>
public static class EveryClock
{
    private const int Westernmost = -12;
    private const int Easternmost = 14;

    /// <summary>No month is shorter.</summary>
    private const int LeastDays = 28;

    /// <summary>No month is longer.</summary>
    private const int MostDays = 31;

    /// <summary>An hour for clocks that are changed in the month, and one for clocks that differ from UTC by parts of an hour.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromHours(2);

    /// <summary>A text from here on left in the calendar month that it is now, wherever the person is; <paramref name="now"/> itself while clocks show two months.</summary>
    public static DateTimeOffset MonthBegan(DateTimeOffset now)
    {
        var (west, east) = (now.UtcDateTime.AddHours(Westernmost), now.UtcDateTime.AddHours(Easternmost));
        return west.Month == east.Month ? new DateTimeOffset(west.Year, west.Month, 1, -Westernmost, 0, 0, TimeSpan.Zero) : now;
    }

    /// <summary>Since a text from here on no calendar month has gone by, wherever the person is (<see cref="PromiseUse"/>); exact to a few hours.</summary>
    public static DateTimeOffset MonthBefore(DateTimeOffset now)
    {
        var since = new DateTimeOffset(now.UtcDateTime.AddDays(-LeastDays).Add(Margin), TimeSpan.Zero);
        // Hour by hour, because a month later is not always later: 31 March and 30 March both lead to 30 April.
        while (now - since < TimeSpan.FromDays(MostDays) && CountsEverywhere(since.AddHours(-1), now))
            since = since.AddHours(-1);
        return since;
    }

    private static bool CountsEverywhere(DateTimeOffset sent, DateTimeOffset now)
    {
        for (var hours = Westernmost; hours <= Easternmost; hours++)
        {
            if (sent.UtcDateTime.AddHours(hours).AddMonths(1).AddHours(-hours) - Margin <= now.UtcDateTime)
                return false;
        }

        return true;
    }
}
