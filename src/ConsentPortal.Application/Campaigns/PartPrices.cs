using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Campaigns;

/// <summary>From where a price is known.</summary>
public enum PriceSource
{
    /// <summary>What the provider charged for texts to that country lately.</summary>
    Charged = 1,

    /// <summary>The list of the settings page, or else of the configuration.</summary>
    Listed = 2,
}

/// <param name="Euro">For one part.</param>
public sealed record PartPrice(decimal Euro, PriceSource Source);

/// <param name="Euro">For one part, on average.</param>
/// <param name="Parts">Of how many parts.</param>
public sealed record ChargedPrice(decimal Euro, int Parts);

/// <summary>What one part of a text costs by country: what was charged lately, or else what the list says.</summary>
public sealed class PartPrices(IOptions<PriceOptions> options, TimeProvider clock)
{
    /// <summary>Prices older than this may have changed.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(90);

    /// <summary>The latest texts tell enough, and a ledger of millions is not read for them.</summary>
    private const int Latest = 20_000;

    /// <summary>By ISO country of the number; a country without a price is missing.</summary>
    internal async Task<IReadOnlyDictionary<string, PartPrice>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var prices = options.Value.Part.ToDictionary(p => p.Key.ToUpperInvariant(), p => new PartPrice(p.Value, PriceSource.Listed), StringComparer.Ordinal);
        foreach (var own in await db.ListPrices.AsNoTracking().OrderBy(p => p.Country).ToListAsync(cancellationToken))
            prices[own.Country] = new PartPrice(own.Euro, PriceSource.Listed);
        foreach (var (country, charged) in await ChargedAsync(db, cancellationToken))
            prices[country] = new PartPrice(charged.Euro, PriceSource.Charged);
        return prices;
    }

    /// <summary>By ISO country of the number.</summary>
    internal async Task<IReadOnlyDictionary<string, ChargedPrice>> ChargedAsync(PortalDbContext db, CancellationToken cancellationToken)
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
        return charged.GroupBy(c => c.Region, StringComparer.Ordinal).ToDictionary(
            g => g.Key, g => new ChargedPrice(Math.Round(g.Sum(c => c.Price * c.Count) / g.Sum(c => c.Parts * c.Count), 6), g.Sum(c => c.Parts * c.Count)), StringComparer.Ordinal);
    }
}
