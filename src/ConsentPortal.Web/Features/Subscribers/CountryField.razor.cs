using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>A country by its English name or its ISO 3166 code; the value is the code.</summary>
public sealed partial class CountryField
{
    private static readonly string[] Codes =
    [
        .. CultureInfo.GetCultures(CultureTypes.SpecificCultures).Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
            .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper)).Distinct().OrderBy(PersonWords.Country, StringComparer.InvariantCulture),
    ];

    [Parameter]
    public string? Value { get; set; }

    [Parameter]
    public EventCallback<string?> ValueChanged { get; set; }

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    private static Task<IEnumerable<string>> FindAsync(string? text, CancellationToken cancellationToken) => Task.FromResult(
        string.IsNullOrWhiteSpace(text) ? Codes
        : Codes.Where(code => code.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase) || PersonWords.Country(code).Contains(text.Trim(), StringComparison.OrdinalIgnoreCase)));
}
