using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The list prices as CSV: a header row, the country as two letters, and euro for one part. Further columns are not read.</summary>
internal static class PriceFile
{
    public const string CountryColumn = "Country";
    public const string EuroColumn = "Euro for one part";

    /// <summary>Lines that a result names; all of them are counted.</summary>
    public const int MostRefused = 1_000;

    /// <summary>There are fewer countries; anything longer is another file.</summary>
    private const int MostLines = 1_000;

    /// <returns>Why the file is none of prices; null where it is one.</returns>
    public static Failure? Refusal(NumberFile file) => file.Lines > MostLines || ColumnOf(file, CountryColumn) < 0 || ColumnOf(file, EuroColumn) < 0 ? new PriceFileUnfit() : null;

    /// <returns>The prices by country in the order of the lines, and the lines that are none, with what is wrong in each.</returns>
    public static async Task<(IReadOnlyDictionary<string, decimal> Prices, IReadOnlyList<RefusedLine> Refused)> ReadAsync(NumberFile file, CancellationToken cancellationToken)
    {
        var (country, euro) = (ColumnOf(file, CountryColumn), ColumnOf(file, EuroColumn));
        var (prices, lines, refused) = (new OrderedDictionary<string, decimal>(), new Dictionary<string, int>(), new List<RefusedLine>());
        await foreach (var line in file.ReadAsync(cancellationToken))
        {
            var code = line.Field(country).ToUpperInvariant();
            if (code.Length == 0 && line.Field(euro).Length == 0)
                continue;
            if (!PurposeRules.KnownCountries.Contains(code))
                refused.Add(new RefusedLine(line.Number, "No country: it is two letters, such as US or DE."));
            else if (lines.TryGetValue(code, out var first))
                refused.Add(new RefusedLine(line.Number, string.Create(CultureInfo.InvariantCulture, $"{code} stands in line {first} already: a country has one price.")));
            else if (Parse(line.Field(euro)) is not { } price)
                refused.Add(new RefusedLine(line.Number, "No price: write euro as a number, such as 0.0735."));
            else if (!SetListPrice.IsInRange(price))
                refused.Add(new RefusedLine(line.Number, "A part of a text costs 0 to 10 euro, with at most six decimals."));
            else
                prices.Add(code, price);
            lines.TryAdd(code, line.Number);
        }

        return (prices, refused);
    }

    private static int ColumnOf(NumberFile file, string name) => file.Columns.ToList().FindIndex(c => c.Trim().Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Spreadsheets of half of Europe write a comma before the decimals. No price has thousands that could be meant.</summary>
    private static decimal? Parse(string text) =>
        decimal.TryParse(text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var price) ? price : null;
}

public sealed record PriceFileUnfit() : Failure(
    "This is no list of prices. Its first line has to name the columns \"Country\" and \"Euro for one part\", with a line for each country below. Nothing was changed; export the list here to see how it looks.");
