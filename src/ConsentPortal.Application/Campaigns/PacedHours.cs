namespace ConsentPortal.Application.Campaigns;

/// <summary>When texts leave, hour by hour, where a campaign sends so many a minute and no more.</summary>
/// <param name="TooSlow">Texts that would still wait at the campaign's last moment.</param>
internal sealed record PacedHours(IReadOnlyList<DryRunHour> Hours, int TooSlow)
{
    /// <param name="due">Texts by the hour from which they may leave, in order.</param>
    /// <param name="textsPerMinute">Null for no pace: every text leaves in its hour.</param>
    public static PacedHours Of(DateTimeOffset start, SortedDictionary<DateTimeOffset, int> due, int? textsPerMinute, DateTimeOffset? notAfter)
    {
        if (textsPerMinute is not { } pace)
            return new PacedHours([.. due.Select(h => new DryRunHour(h.Key, h.Value))], 0);
        var (hours, waiting, left) = (new List<DryRunHour>(), 0, new Queue<KeyValuePair<DateTimeOffset, int>>(due));
        for (var hour = due.Keys.FirstOrDefault(); waiting > 0 || left.Count > 0; hour = hour.AddHours(1))
        {
            if (notAfter <= hour)
                break;
            if (waiting == 0 && left.Peek().Key > hour)
                hour = left.Peek().Key;
            while (left.TryPeek(out var next) && next.Key <= hour)
                waiting += left.Dequeue().Value;
            var leaving = Math.Min(waiting, Room(hour, start, pace, notAfter));
            waiting -= leaving;
            if (leaving > 0)
                hours.Add(new DryRunHour(hour, leaving));
        }

        return new PacedHours(hours, waiting + left.Sum(h => h.Value));
    }

    private static int Room(DateTimeOffset hour, DateTimeOffset start, int pace, DateTimeOffset? notAfter)
    {
        var from = hour > start ? hour : start;
        var until = notAfter < hour.AddHours(1) ? notAfter.Value : hour.AddHours(1);
        return (int)Math.Ceiling(Math.Max(0, (until - from).TotalMinutes) * pace);
    }
}
