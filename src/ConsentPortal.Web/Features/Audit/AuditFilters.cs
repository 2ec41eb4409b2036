using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Audit;

/// <summary>The filters of the audit trail as they stand in its address.</summary>
/// <param name="From">First day in the reader's zone.</param>
/// <param name="To">Last day in the reader's zone, inclusive.</param>
/// <param name="Outcome">done or notDone.</param>
/// <param name="LeavesOutTexts">texts=no.</param>
internal sealed record AuditFilters(
    string? Group = null, string? Actor = null, string? Kind = null, string? Object = null, SubscriberId? Subject = null, string? Request = null, DateOnly? From = null, DateOnly? To = null,
    string? Action = null, AuditOutcome? Outcome = null, string? Words = null, bool LeavesOutTexts = false)
{
    // The day before one and the day after the other are asked for, too, in zones that lie before and behind UTC.
    private static readonly DateOnly Earliest = DateOnly.MinValue.AddDays(1);
    private static readonly DateOnly Latest = DateOnly.MaxValue.AddDays(-1);

    public static AuditFilters Read(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new AuditFilters(
            Value("group"), Value("actor"), Value("kind"), Value("object"), Guid.TryParse(Value("subject"), out var subject) ? SubscriberId.From(subject) : null, Value("request"), Day("from"), Day("to"),
            Value("action"), Value("outcome") switch { "done" => AuditOutcome.Done, "notDone" => AuditOutcome.NotDone, _ => null }, Value("words"), Value("texts") == "no");

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 and <= 100 } value ? value : null;
        DateOnly? Day(string name) => DateOnly.TryParseExact(Value(name), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day > Earliest && day < Latest ? day : null;
    }

    /// <summary>Which page of the entries, as it stands in the address beside the filters.</summary>
    public static AuditPosition Position(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        if (AuditPlace.Read(query.GetValueOrDefault("older")) is { } older)
            return AuditPosition.OlderThan(older);
        if (AuditPlace.Read(query.GetValueOrDefault("newer")) is { } newer)
            return AuditPosition.NewerThan(newer);
        return query.GetValueOrDefault("page") == "oldest" ? AuditPosition.Oldest : AuditPosition.Newest;
    }

    public string Address => Of(Paths.Audit);

    public string Oldest => QueryHelpers.AddQueryString(Address, "page", "oldest");

    public string OlderThan(AuditPlace place) => QueryHelpers.AddQueryString(Address, "older", place.ToString());

    public string NewerThan(AuditPlace place) => QueryHelpers.AddQueryString(Address, "newer", place.ToString());

    public string Of(string path) => QueryHelpers.AddQueryString(path, Named);

    /// <summary>The same filters for a file, whose days begin and end where the reader's do.</summary>
    public string Of(string path, TimeZoneInfo zone) => QueryHelpers.AddQueryString(Of(path), "zone", zone.Id);

    /// <summary>The parts that are set, under their names in the address.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Named => Parts.Where(part => part.Value is not null);

    public bool AreNone => this == new AuditFilters();

    private Dictionary<string, string?> Parts => new()
    {
        ["group"] = Group, ["actor"] = Actor, ["kind"] = Kind, ["object"] = Object, ["subject"] = Subject?.ToString(), ["request"] = Request,
        ["from"] = From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["to"] = To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        ["action"] = Action, ["outcome"] = Outcome switch { AuditOutcome.Done => "done", AuditOutcome.NotDone => "notDone", null => null },
        ["words"] = Words, ["texts"] = LeavesOutTexts ? "no" : null,
    };

    /// <param name="zone">In which the days begin and end.</param>
    public AuditQuery Query(TimeZoneInfo zone) => new(Group, Actor, Kind, Object, Subject, Request, Start(From, zone), Start(To?.AddDays(1), zone), Action, Outcome, Words, LeavesOutTexts);

    private static DateTimeOffset? Start(DateOnly? day, TimeZoneInfo zone)
    {
        if (day is not { } date)
            return null;
        var local = date.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
