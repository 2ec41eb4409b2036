using System.Globalization;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The filters of the list as they stand in its address. What was searched for is not among them: it may be a number or a name.</summary>
/// <param name="Page">From 1, as people count.</param>
internal sealed record SubscriberFilters(
    PurposeId? Purpose = null,
    ConsentStatus? Status = null,
    string? Country = null,
    string? Source = null,
    FrequencyPreference? Frequency = null,
    ImportBatchId? Import = null,
    SubscriberSort Sort = SubscriberSort.Newest,
    int Page = 1,
    WordingId? Wording = null,
    NumberState? Number = null)
{
    public const int PageSize = 50;

    /// <summary>Whatever an address can't mean is left out.</summary>
    public static SubscriberFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new SubscriberFilters(
            Guid.TryParse(Value("purpose"), out var purpose) ? PurposeId.From(purpose) : null,
            Named<ConsentStatus>(Value("status")), Value("country")?.ToUpperInvariant(), Value("source"), Named<FrequencyPreference>(Value("frequency")),
            Guid.TryParse(Value("import"), out var import) ? ImportBatchId.From(import) : null, Named<SubscriberSort>(Value("sort")) ?? SubscriberSort.Newest,
            int.TryParse(Value("page"), CultureInfo.InvariantCulture, out var page) ? Math.Max(1, page) : 1,
            Guid.TryParse(Value("wording"), out var wording) ? new WordingId(wording) : null,
            Named<NumberState>(Value("number")));

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    public string Address
    {
        get
        {
            var parts = new Dictionary<string, string?>
            {
                ["purpose"] = Purpose?.ToString(), ["status"] = Name(Status), ["country"] = Country, ["source"] = Source, ["frequency"] = Name(Frequency),
                ["import"] = Import?.ToString(), ["wording"] = Wording?.ToString(), ["number"] = Name(Number), ["sort"] = Sort is SubscriberSort.Newest ? null : Name<SubscriberSort>(Sort),
                ["page"] = Page > 1 ? Page.ToString(CultureInfo.InvariantCulture) : null,
            };
            return QueryHelpers.AddQueryString(Paths.Subscribers, parts.Where(part => part.Value is not null));
        }
    }

    /// <summary>True when nothing narrows the list.</summary>
    public bool AreNone => this with { Page = 1, Sort = SubscriberSort.Newest } == new SubscriberFilters();

    public SubscriberQuery Query(string? search) => new(search, Purpose, Status, Country, Source, Frequency, Import, Sort, Page - 1, PageSize, Wording, Number);

    private static string? Name<T>(T? value) where T : struct, Enum => value is { } known ? System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) : null;

    private static T? Named<T>(string? text) where T : struct, Enum =>
        text is not null && !int.TryParse(text, CultureInfo.InvariantCulture, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}
