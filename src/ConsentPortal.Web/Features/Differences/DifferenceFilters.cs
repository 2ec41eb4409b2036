using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain.Messaging;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Differences;

/// <summary>The filters of the differences as they stand in the address.</summary>
/// <param name="Before">Where the page before ended; null for the newest.</param>
internal sealed record DifferenceFilters(
    ProviderDifference Side = ProviderDifference.BlockedThere, bool IsExplained = false, ProviderEvidence? Evidence = null, string? Sender = null, long? Before = null)
{
    private const int LongestSender = 20;

    /// <summary>Whatever an address can't mean is left out.</summary>
    public static DifferenceFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new DifferenceFilters(
            Value("side") == "stoppedHere" ? ProviderDifference.StoppedHere : ProviderDifference.BlockedThere, Value("state") == "explained", Evidenced(Value("evidence")),
            Value("sender") is { Length: <= LongestSender } sender ? sender : null, long.TryParse(Value("before"), CultureInfo.InvariantCulture, out var before) ? before : null);

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    public string Address => At(Paths.ProviderDifferences, Before);

    public string ExportAddress => At(Paths.ProviderDifferencesExport, null);

    /// <summary>True when nothing narrows what the tab shows.</summary>
    public bool AreNone => this with { Before = null } == new DifferenceFilters(Side);

    public ProviderDifferenceQuery Query => new(Side, IsExplained, Evidence, Sender);

    private string At(string path, long? before)
    {
        var parts = new Dictionary<string, string?>
        {
            ["side"] = Side == ProviderDifference.StoppedHere ? "stoppedHere" : null, ["state"] = IsExplained ? "explained" : null,
            ["evidence"] = Evidence is { } evidence ? JsonNamingPolicy.CamelCase.ConvertName(evidence.ToString()) : null, ["sender"] = Sender, ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        };
        return QueryHelpers.AddQueryString(path, parts.Where(part => part.Value is not null));
    }

    private static ProviderEvidence? Evidenced(string? text) =>
        text is not null && !int.TryParse(text, CultureInfo.InvariantCulture, out _) && Enum.TryParse<ProviderEvidence>(text, ignoreCase: true, out var value) ? value : null;
}
