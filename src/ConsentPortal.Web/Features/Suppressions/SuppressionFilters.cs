using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>The filters of the do-not-text list as they stand in its address. A number stands there as its keyed hash, which nobody can read.</summary>
/// <param name="IsInForce">Null for both.</param>
/// <param name="Before">Where the page before ended; null for the newest.</param>
internal sealed record SuppressionFilters(
    string? Number = null, SuppressionScope? Scope = null, SuppressionSource? Source = null, bool? IsInForce = null, long? Before = null)
{
    /// <summary>Whatever an address can't mean is left out.</summary>
    public static SuppressionFilters From(string uri)
    {
        var query = QueryHelpers.ParseQuery(new Uri(uri).Query);
        return new SuppressionFilters(
            Value("number") is { Length: <= 64 } number ? number : null, Named<SuppressionScope>(Value("scope")), Named<SuppressionSource>(Value("source")),
            Value("state") switch { "inForce" => true, "lifted" => false, _ => null },
            long.TryParse(Value("before"), CultureInfo.InvariantCulture, out var before) ? before : null);

        string? Value(string name) => query.TryGetValue(name, out var values) && values.ToString() is { Length: > 0 } value ? value : null;
    }

    public string Address => At(Paths.Suppressions, Before);

    public string ExportAddress => At(Paths.SuppressionExport, null);

    /// <summary>True when nothing narrows the list.</summary>
    public bool AreNone => this with { Before = null } == new SuppressionFilters();

    public SuppressionQuery Query => new(Number, Scope, Source, IsInForce);

    private string At(string path, long? before)
    {
        var parts = new Dictionary<string, string?>
        {
            ["number"] = Number, ["scope"] = Name(Scope), ["source"] = Name(Source), ["state"] = IsInForce switch { true => "inForce", false => "lifted", null => null },
            ["before"] = before?.ToString(CultureInfo.InvariantCulture),
        };
        return QueryHelpers.AddQueryString(path, parts.Where(part => part.Value is not null));
    }

    private static string? Name<T>(T? value) where T : struct, Enum => value is { } known ? JsonNamingPolicy.CamelCase.ConvertName(known.ToString()) : null;

    private static T? Named<T>(string? text) where T : struct, Enum =>
        text is not null && !int.TryParse(text, CultureInfo.InvariantCulture, out _) && Enum.TryParse<T>(text, ignoreCase: true, out var value) ? value : null;
}
