using System.Globalization;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>What a report is limited to, as it stands in its address.</summary>
internal static class ReportFilters
{
    private const string Day = "yyyy-MM-dd";

    /// <summary>Whatever an address can't mean is left out.</summary>
    /// <param name="zone">Where the address names none.</param>
    public static ReportFilter Read(string uri, string zone)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new ReportFilter(
            Date("from"), Date("to"), Guid.TryParse(Value("purpose"), out var purpose) ? PurposeId.From(purpose) : null, Guid.TryParse(Value("campaign"), out var campaign) ? CampaignId.From(campaign) : null,
            Guid.TryParse(Value("person"), out var person) ? SubscriberId.From(person) : null, Value("zone") ?? zone);

        DateOnly? Date(string name) => DateOnly.TryParseExact(Value(name), Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    /// <returns>Null for the organisation's.</returns>
    public static ReportPaper? Paper(string uri) => ReportPapers.Read(QueryHelpers.ParseQuery(new Uri(uri).Query).TryGetValue("paper", out var name) ? name.ToString() : null);

    /// <summary>The filter with its question mark; empty where there is none.</summary>
    /// <param name="paper">Of a PDF; null for the organisation's.</param>
    public static string Write(ReportFilter filter, bool isShown = false, ReportPaper? paper = null)
    {
        KeyValuePair<string, string?>[] parts =
        [
            new("from", Date(filter.From)), new("to", Date(filter.To)), new("purpose", filter.Purpose?.ToString()), new("campaign", filter.Campaign?.ToString()), new("person", filter.Person?.ToString()),
            new("zone", filter.Zone), new("show", isShown ? "yes" : null), new("paper", paper?.Name()),
        ];
        return QueryHelpers.AddQueryString("", parts.Where(part => part.Value is not null));

        static string? Date(DateOnly? day) => day?.ToString(Day, CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the address asks for the report on screen.</summary>
    public static bool IsShown(string uri) => QueryHelpers.ParseQuery(new Uri(uri).Query).ContainsKey("show");
}
