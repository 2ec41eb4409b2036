using System.Globalization;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>What a report is limited to.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day, counted; for a report as of a day, that day.</param>
/// <param name="Zone">IANA name of the clock by which days begin.</param>
public sealed record ReportFilter(
    DateOnly? From = null, DateOnly? To = null, PurposeId? Purpose = null, CampaignId? Campaign = null, SubscriberId? Person = null, string Zone = "UTC")
{
    /// <summary>How many days are reported on where nobody has said.</summary>
    public const int UsualDays = 30;

    private const int MostYears = 10;

    // No text was sent before, and days at the ends of the calendar have no instants on every clock.
    private static readonly DateOnly First = new(1990, 1, 1);
    private static readonly DateOnly Last = new(2199, 12, 31);

    /// <summary>Whether everything is there that a report needs.</summary>
    public Result<Done> Check(ReportDescription report)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _))
            return new ReportFilterRefused("This time zone is not known. Nothing was made; give its IANA name, such as Europe/Berlin.");
        if (From < First || From > Last || To < First || To > Last)
            return new ReportFilterRefused($"A day lies before {First.Year} or after {Last.Year}. Nothing was made; choose other days.");
        if (From is { } first && To is { } last && (last < first || last > first.AddYears(MostYears)))
            return new ReportFilterRefused("The last day lies before the first, or more than ten years after it. Nothing was made; choose other days.");
        if (report.Has(ReportNeeds.Purpose) && Purpose is null)
            return new ReportFilterRefused("This report is about one purpose. Nothing was made; choose one.");
        if (report.Has(ReportNeeds.Campaign) && Campaign is null)
            return new ReportFilterRefused("This report is about one campaign. Nothing was made; choose one.");
        if (report.Has(ReportNeeds.Person) && Person is null)
            return new ReportFilterRefused("This report is about one person. Nothing was made; choose one.");
        return Done.Value;
    }

    /// <summary>Whether the days of a report have begun, and are no more than it takes.</summary>
    /// <param name="from">As <see cref="Instants"/> has them.</param>
    internal static Result<Done> CheckDays(ReportDescription report, DateTimeOffset from, DateTimeOffset to)
    {
        if (!report.Has(ReportNeeds.Days))
            return Done.Value;
        if (from >= to)
            return new ReportFilterRefused("These days have not begun yet. Nothing was made; choose other days.");
        return to > from.AddYears(MostYears).AddDays(1) ? new ReportFilterRefused("These are more than ten years. Nothing was made; choose fewer days.") : Done.Value;
    }

    /// <summary>The instants (UTC) of the days, the second one not counted; never later than now.</summary>
    public (DateTimeOffset From, DateTimeOffset To) Instants(DateTimeOffset now)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(Zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, clock).DateTime);
        var end = To is { } last ? Begin(last.AddDays(1), clock) : now;
        var begin = Begin(From ?? (To ?? today).AddDays(1 - UsualDays), clock);
        return (begin, end < now ? end : now);
    }

    /// <summary>"1 Nov 2026 to 30 Nov 2026 (America/New York)".</summary>
    internal static string DaysInWords(ReportQuestion question)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(question.Filter.Zone);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Local(question.From):d MMM yyyy} to {Local(question.To.AddTicks(-1)):d MMM yyyy} ({question.Filter.Zone.Replace('_', ' ')})");

        DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, clock);
    }

    /// <summary>The first instant of a day by a clock (UTC).</summary>
    internal static DateTimeOffset Begin(DateOnly day, TimeZoneInfo clock)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (clock.IsInvalidTime(local))
            local = local.AddMinutes(30);
        return new DateTimeOffset(local, clock.GetUtcOffset(local)).ToUniversalTime();
    }
}

public sealed record ReportFilterRefused(string Message) : Failure(Message);
