using System.Globalization;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>What came of a campaign's texts, as far as is known.</summary>
/// <param name="Sent">Handed to the provider.</param>
/// <param name="OptOuts">Of them, those whose reader stopped afterwards.</param>
/// <param name="Settled">Delivered or failed: those whose end is known.</param>
public sealed record CampaignCounts(int Sent, int OptOuts, int Settled, int Failed);

/// <summary>When a campaign pauses by itself.</summary>
/// <param name="OptOutPercent">Of the texts sent; null for no limit.</param>
/// <param name="FailurePercent">Of the texts whose end is known; null for no limit.</param>
/// <param name="From">So many texts have to be counted first: of three texts one is a third.</param>
public sealed record StopLimits(decimal? OptOutPercent, decimal? FailurePercent, int From)
{
    public const int UsualFrom = 100;
    public const int LeastFrom = 20;
    public const int MostFrom = 100_000;

    /// <returns>A sentence for staff; null while both limits hold.</returns>
    public string? BrokenBy(CampaignCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        if (IsOver(counts.OptOuts, counts.Sent, OptOutPercent))
            return $"Paused by itself: {Share(counts.OptOuts, counts.Sent)} opted out, and the limit is {Percent(OptOutPercent!.Value)}. Look at the text and at the audience before you let it go on.";
        if (IsOver(counts.Failed, counts.Settled, FailurePercent))
            return $"Paused by itself: {Share(counts.Failed, counts.Settled)} failed, and the limit is {Percent(FailurePercent!.Value)}. Look at the reasons among its recipients before you let it go on.";
        return null;
    }

    private bool IsOver(int part, int whole, decimal? percent) => percent is { } limit && whole >= From && part * 100m > limit * whole;

    private static string Share(int part, int whole) => string.Create(CultureInfo.InvariantCulture, $"{part:N0} of {whole:N0} ({Percent(part * 100m / whole)})");

    private static string Percent(decimal value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.##} %");
}
