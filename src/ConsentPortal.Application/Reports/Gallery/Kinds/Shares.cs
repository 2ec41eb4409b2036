namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>A table of names, counts and their share of a whole.</summary>
internal static class Shares
{
    public static ReportBlock.Table Table(string heading, string counted, IEnumerable<(string Name, long Count)> lines, long whole)
    {
        var rows = lines.ToList();
        return new ReportBlock.Table(
            [new(heading), new(counted, ReportAlign.Right), new("Share", ReportAlign.Right)],
            [.. rows.Select(line => (IReadOnlyList<string>)[line.Name, ReportWords.Count(line.Count), ReportWords.Share(line.Count, whole)])],
            rows.Count > 1 ? ["Total", ReportWords.Count(rows.Sum(line => line.Count)), ReportWords.Share(rows.Sum(line => line.Count), whole)] : null);
    }
}

/// <summary>Durations of which the middle and the end are told; four bytes each, so that a million take four megabytes.</summary>
internal sealed class Durations
{
    private readonly List<int> _seconds = [];
    private bool _isSorted;

    public long Count => _seconds.Count;

    public void Add(TimeSpan time)
    {
        _seconds.Add((int)Math.Clamp(time.TotalSeconds, 0, int.MaxValue));
        _isSorted = false;
    }

    /// <summary>The duration that a part of all does not exceed; "–" where there are none.</summary>
    /// <param name="part">0.5 for the median, 1 for the longest.</param>
    public string Of(double part) => Seconds(part) is { } seconds ? Words(TimeSpan.FromSeconds(seconds)) : "–";

    /// <summary>The same as a number; null where there are none.</summary>
    public double? Seconds(double part)
    {
        if (_seconds.Count == 0)
            return null;
        if (!_isSorted)
            _seconds.Sort();
        _isSorted = true;
        return _seconds[Math.Max(0, (int)Math.Ceiling(part * _seconds.Count) - 1)];
    }

    /// <summary>In what durations are read best of which the longest is known, and how many seconds that has.</summary>
    public static (string Name, double Seconds) UnitOf(double longest) => TimeSpan.FromSeconds(longest) switch
    {
        { TotalSeconds: < 120 } => ("seconds", 1),
        { TotalMinutes: < 120 } => ("minutes", 60),
        { TotalHours: < 72 } => ("hours", 3_600),
        _ => ("days", 86_400),
    };

    public static string Words(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "under 1 s",
        { TotalSeconds: < 120 } => $"{(int)time.TotalSeconds} s",
        { TotalMinutes: < 120 } => $"{(int)time.TotalMinutes} min",
        { TotalHours: < 72 } => $"{(int)time.TotalHours} h",
        _ => $"{ReportWords.Count((int)time.TotalDays)} days",
    };
}
