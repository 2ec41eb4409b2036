using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Campaigns;

/// <summary>From where a price is known.</summary>
public enum PriceSource
{
    /// <summary>What the provider charged for texts to that country lately.</summary>
    Charged = 1,

    /// <summary>The list of the settings.</summary>
    Listed = 2,
}

/// <param name="Euro">For one part.</param>
public sealed record PartPrice(decimal Euro, PriceSource Source);

/// <summary>What one part of a text costs by country: what was charged lately, or else what the settings say.</summary>
public sealed class PartPrices(IOptions<PriceOptions> options, TimeProvider clock)
{
    /// <summary>Prices older than this may have changed.</summary>
    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    /// <summary>The latest texts tell enough, and a ledger of millions is not read for them.</summary>
    private const int Latest = 20_000;

    /// <summary>By ISO country of the number; a country without a price is missing.</summary>
    internal async Task<IReadOnlyDictionary<string, PartPrice>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var since = clock.GetUtcNow() - Lately;
        var latest = db.OutboundMessages.AsNoTracking().Where(m => m.Price != null && m.Parts > 0 && m.SentAt > since).OrderByDescending(m => m.Id).Take(Latest);
        // Amounts are put together here: one of the engines can't add decimals up.
        var charged = await (
            from text in latest
            join person in db.Subscribers on text.SubscriberId equals person.Id
            where person.Region != null
            group text by new { person.Region, text.Price, text.Parts } into same
            select new { Region = same.Key.Region!, Price = same.Key.Price!.Value, Parts = same.Key.Parts!.Value, Count = same.Count() }).ToListAsync(cancellationToken);
        var prices = options.Value.Part.ToDictionary(p => p.Key.ToUpperInvariant(), p => new PartPrice(p.Value, PriceSource.Listed), StringComparer.Ordinal);
        foreach (var country in charged.GroupBy(c => c.Region, StringComparer.Ordinal))
            prices[country.Key] = new PartPrice(Math.Round(country.Sum(c => c.Price * c.Count) / country.Sum(c => c.Parts * c.Count), 6), PriceSource.Charged);
        return prices;
    }
}
