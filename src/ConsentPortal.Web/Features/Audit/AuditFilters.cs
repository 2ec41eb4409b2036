using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Audit;

/// <summary>The filters of the audit trail as they stand in its address.</summary>
/// <param name="From">First day in the reader's zone.</param>
/// <param name="To">Last day in the reader's zone, inclusive.</param>
/// <param name="Before">Where the page before ended; null for the newest.</param>
internal sealed record AuditFilters(
    string? Group = null, string? Actor = null, string? Kind = null, string? Object = null, SubscriberId? Subject = null, string? Request = null, DateOnly? From = null, DateOnly? To = null, long? Before = null)
{
    public static AuditFilters Read(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new AuditFilters(
            Value("group"), Value("actor"), Value("kind"), Value("object"), Guid.TryParse(Value("subject"), out var subject) ? SubscriberId.From(subject) : null, Value("request"), Day("from"), Day("to"),
            long.TryParse(Value("before"), CultureInfo.InvariantCulture, out var before) ? before : null);

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 and <= 100 } value ? value : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Value(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    public string Address => QueryHelpers.AddQueryString(Paths.Audit, Parts.Where(part => part.Value is not null));

    public bool AreNone => this with { Before = null } == new AuditFilters();

    private Dictionary<string, string?> Parts => new()
    {
        ["group"] = Group, ["actor"] = Actor, ["kind"] = Kind, ["object"] = Object, ["subject"] = Subject?.ToString(), ["request"] = Request,
        ["from"] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["to"] = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["before"] = Before?.ToString(CultureInfo.InvariantCulture),
    };

    /// <param name="zone">In which the days begin and end.</param>
    public AuditQuery Query(TimeZoneInfo zone) => new(Group, Actor, Kind, Object, Subject, Request, Start(From, zone), Start(To?.AddDays(1), zone));

    private static DateTimeOffset? Start(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } date)
            return null;
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
