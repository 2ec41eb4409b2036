using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Country">ISO 3166.</param>
/// <param name="Own">Entered by staff; null where the configuration's price counts.</param>
/// <param name="Configured">What the configuration says; null where it says nothing.</param>
/// <param name="Charged">What the provider charged lately, which a dry run goes by; null where it charged nothing.</param>
public sealed record PriceRow(string Country, OwnPrice? Own, decimal? Configured, ChargedPrice? Charged)
{
    /// <summary>Euro for one part, by the list.</summary>
    public decimal? Listed => Own?.Euro ?? Configured;
}

/// <param name="Euro">For one part.</param>
public sealed record OwnPrice(decimal Euro, string Who, DateTimeOffset At);

/// <summary>The list prices by country, with what was charged lately beside them.</summary>
public sealed class PriceList(PortalDatabase database, PartPrices prices, IOptions<PriceOptions> options)
{
    /// <returns>Every country with a price of either kind, by its code.</returns>
    public async Task<IReadOnlyList<PriceRow>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        await using var db = database.Open();
        var own = await db.ListPrices.AsNoTracking().OrderBy(p => p.Country).ToListAsync(cancellationToken);
        var staff = await ActorNames.OfAsync(db, own.Select(p => (ActorKind.Staff, p.SetById)).Distinct(), cancellationToken);
        var entered = own.ToDictionary(p => p.Country, p => new OwnPrice(p.Euro, staff.Of(ActorKind.Staff, p.SetById), p.SetAt), StringComparer.Ordinal);
        var configured = options.Value.Part.ToDictionary(p => p.Key.ToUpperInvariant(), p => p.Value, StringComparer.Ordinal);
        var charged = await prices.ChargedAsync(db, cancellationToken);
        return
        [
            .. entered.Keys.Union(configured.Keys).Union(charged.Keys).Order(StringComparer.Ordinal).Select(country => new PriceRow(
                country, entered.GetValueOrDefault(country), configured.TryGetValue(country, out var price) ? price : null, charged.GetValueOrDefault(country))),
        ];
    }
}
