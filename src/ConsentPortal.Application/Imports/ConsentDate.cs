using System.Globalization;

namespace ConsentPortal.Application.Imports;

/// <summary>The day on which a person agreed, as lists spell it.</summary>
/// <param name="At">UTC; null where the text is no date that proves anything.</param>
/// <param name="Note">What the importer should know, null when all is clear.</param>
internal readonly record struct ConsentDate(DateTimeOffset? At, string? Note)
{
    private const int EarliestYear = 1990;

    // A list made just now on a machine whose clock is a little ahead is not from the future.
    private static readonly TimeSpan ClockDifference = TimeSpan.FromMinutes(5);

    private static readonly string[] YearFirst =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF",
        "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mm:ss K",
        "yyyy/M/d", "yyyy/M/d H:mm", "yyyy/M/d H:mm:ss", "yyyyMMdd",
    ];

    private static readonly string[] DayFirst = ["d/M/yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss"];

    private static readonly string[] MonthFirst = ["M/d/yyyy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt"];

    private static readonly string[] Named = ["d MMM yyyy", "d MMMM yyyy", "d MMM yyyy H:mm", "MMM d, yyyy", "MMMM d, yyyy"];

    /// <summary>A date without a zone is taken as UTC; one that fits day-first and month-first alike is read day first, and the note says so.</summary>
    public static ConsentDate Read(string text, DateTimeOffset now) =>
        Find(text) is var found && found.At is { } at ? Plausible(at.ToUniversalTime(), found.Note, now) : found;

    /// <summary>A day of the calendar that proves nothing: the day and time that the text itself shows, as if they were UTC, whatever zone it names.</summary>
    /// <returns>Null where the text is no date of the years 1900 to 2199.</returns>
    public static DateTimeOffset? AsWritten(string text) =>
        Find(text).At is { Year: >= 1900 and < 2200 } at ? new DateTimeOffset(at.DateTime, TimeSpan.Zero) : null;

    private static ConsentDate Find(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
            return new ConsentDate(null, null);
        if ((Exact(text, YearFirst) ?? Exact(text, Named)) is { } clear)
            return new ConsentDate(clear, null);
        var slashed = text.Replace('.', '/').Replace('-', '/');
        var dayFirst = Exact(slashed, DayFirst);
        var monthFirst = Exact(slashed, MonthFirst);
        if (dayFirst is { } day && monthFirst is { } month && day != month)
            return new ConsentDate(day, "the date can be read day first or month first; it was read day first");
        return (dayFirst ?? monthFirst) is { } only ? new ConsentDate(only, null) : new ConsentDate(null, "the consent date is no date");
    }

    private static ConsentDate Plausible(DateTimeOffset at, string? note, DateTimeOffset now) =>
        at > now + ClockDifference ? new ConsentDate(null, "the consent date lies in the future")
        : at.Year < EarliestYear ? new ConsentDate(null, "the consent date lies before 1990")
        : new ConsentDate(at, note);

    private static DateTimeOffset? Exact(string text, string[] spellings) =>
        DateTimeOffset.TryParseExact(text, spellings, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
