using System.Globalization;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>How many of the people who got a variant did something.</summary>
public sealed record VariantShare(char Variant, int Part, int Whole)
{
    public double Rate => Whole == 0 ? 0 : (double)Part / Whole;
}

/// <summary>
/// Says whether variants differ by more than chance: the two-sided test of two proportions with pooled variance, for the
/// highest against the lowest, made stricter by the number of pairs that could have been looked at (Bonferroni).
/// </summary>
public static class VariantComparison
{
    public const string TooEarly = "too early to tell";

    // Below five expected in any cell the normal distribution is a poor picture of what chance does.
    private const double LeastExpected = 5;

    private const double Level = 0.05;

    /// <param name="did">What was counted, in the past tense: "opted out".</param>
    public static string Sentence(IReadOnlyList<VariantShare> shares, string did)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var known = shares.Where(s => s.Whole > 0).OrderByDescending(s => s.Rate).ThenBy(s => s.Variant).ToList();
        if (known.Count < 2 || known.Count < shares.Count)
            return TooEarly;
        var (high, low) = (known[0], known[^1]);
        if (ProbabilityOfChance(high, low) is not { } chance)
            return TooEarly;
        chance = Math.Min(1, chance * shares.Count * (shares.Count - 1) / 2);
        return chance < Level
            ? $"more people {did} with {high.Variant} ({Percent(high.Rate)}) than with {low.Variant} ({Percent(low.Rate)}); chance alone does that {Odds(chance)}"
            : $"no difference that chance would not explain: {Percent(high.Rate)} with {high.Variant}, {Percent(low.Rate)} with {low.Variant}";
    }

    /// <returns>How likely a difference at least this large is where there is none; null where the counts are too small to say.</returns>
    public static double? ProbabilityOfChance(VariantShare one, VariantShare other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Whole == 0 || other.Whole == 0)
            return null;
        var pooled = (double)(one.Part + other.Part) / (one.Whole + other.Whole);
        var least = Math.Min(pooled, 1 - pooled) * Math.Min(one.Whole, other.Whole);
        if (least < LeastExpected)
            return null;
        var deviation = Math.Sqrt(pooled * (1 - pooled) * (1.0 / one.Whole + 1.0 / other.Whole));
        return Complement(Math.Abs(one.Rate - other.Rate) / deviation / Math.Sqrt(2));
    }

    // The complementary error function, to 1.2e-7 of its value: Press et al., Numerical Recipes, 2nd edition, section 6.2.
    private static double Complement(double x)
    {
        ReadOnlySpan<double> factors = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
        var t = 1 / (1 + x / 2);
        var sum = 0.0;
        for (var i = factors.Length - 1; i >= 0; i--)
            sum = sum * t + factors[i];
        return t * Math.Exp(-x * x + sum);
    }

    private static string Percent(double rate) => string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.0} %");

    private static string Odds(double chance) => chance < 0.001 ? "less than once in 1,000 times" : string.Create(CultureInfo.InvariantCulture, $"about {Math.Max(1, Math.Round(chance * 1000)):0} times in 1,000");
}
