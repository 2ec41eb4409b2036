using System.ComponentModel.DataAnnotations;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Section <c>Prices</c>: what a dry run reckons with where the provider has not charged anything lately and staff have entered no price (<see cref="SetListPrice"/>), and what a look-up of a number costs.</summary>
public sealed class PriceOptions : IValidatableObject
{
    public const string Section = "Prices";

    /// <summary>Euro for one part; more is a slip.</summary>
    internal const decimal Most = 10;

    /// <summary>
    /// Euro for one part of a text, by ISO country of the number, such as <c>Prices:Part:US</c>. Rough figures to begin with: the
    /// house's contract says what is true. Countries that are not named have no price.
    /// </summary>
    public Dictionary<string, decimal> Part { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        ["AE"] = 0.06m, ["AT"] = 0.07m, ["AU"] = 0.045m, ["BR"] = 0.03m, ["CA"] = 0.0075m, ["DE"] = 0.08m, ["ES"] = 0.06m, ["FR"] = 0.065m,
        ["GB"] = 0.04m, ["IE"] = 0.06m, ["IN"] = 0.04m, ["IT"] = 0.07m, ["NL"] = 0.085m, ["SG"] = 0.04m, ["US"] = 0.0075m,
    };

    /// <summary>Euro for one look-up of a number, about what an answer with carrier and reachability costs; the house's contract says what is true.</summary>
    public decimal LookUp { get; set; } = 0.03m;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (LookUp is < 0 or > Most)
            yield return new ValidationResult("Prices:LookUp must be 0 to 10 euro for one look-up.");
        foreach (var (country, price) in Part)
        {
            if (country.Length != 2 || !country.All(char.IsAsciiLetter))
                yield return new ValidationResult($"Prices:Part:{country}: a country is two letters, such as US.");
            else if (price is < 0 or > Most)
                yield return new ValidationResult($"Prices:Part:{country} must be 0 to 10 euro for one part.");
        }
    }
}
