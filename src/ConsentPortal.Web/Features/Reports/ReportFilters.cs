using System.Globalization;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain;
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

    /// <summary>A file over other days than somebody asked for would be taken for what they wanted; a page shows what it made of the address.</summary>
    /// <returns>The first part that an address gives and that can't be meant; null where all can.</returns>
    public static Failure? Unreadable(string uri)
    {
        var (query, read) = (QueryHelpers.ParseQuery(new Uri(uri).Query), Read(uri, "UTC"));
        (string Name, bool IsRead, string Wanted)[] parts =
        [
            ("from", read.From is not null, "a day such as 2026-11-30"), ("to", read.To is not null, "a day such as 2026-11-30"), ("purpose", read.Purpose is not null, "the id of a purpose"),
            ("campaign", read.Campaign is not null, "the id of a campaign"), ("person", read.Person is not null, "the id of a person"), ("paper", Paper(uri) is not null, "a4 or letter"),
        ];
        return parts.Where(part => !part.IsRead && query.TryGetValue(part.Name, out var given) && given.ToString().Length > 0).Select(part => new AddressUnreadable(part.Name, part.Wanted)).FirstOrDefault();
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

public sealed record AddressUnreadable(string Name, string Wanted) : Failure($"What the address gives as \"{Name}\" is not {Wanted}. Nothing was made; correct it or leave it out.");
