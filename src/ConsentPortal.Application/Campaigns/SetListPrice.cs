using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Enters what one part of a text to a country costs, or takes the entry back, so that the configuration's price counts again.</summary>
public sealed class SetListPrice(PortalDatabase database, TimeProvider clock)
{
    /// <summary>As fine as providers charge.</summary>
    private const int Decimals = 6;

    /// <param name="country">ISO 3166, two letters.</param>
    /// <param name="euro">For one part, 0 to <see cref="PriceOptions.Most"/>; null to take the entry back.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, string country, decimal? euro, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var code = country.Trim().ToUpperInvariant();
        if (!PurposeRules.KnownCountries.Contains(code))
            return new NoSuchCountryForPrice();
        if (euro is { } wanted && !IsInRange(wanted))
            return new PriceOutOfRange();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var entry = await db.ListPrices.FirstOrDefaultAsync(p => p.Country == code, cancellationToken);
                if (entry?.Euro != euro)
                    Enter(db, entry, code, euro, actor, now);
                return Done.Value;
            },
            cancellationToken);
    }

    internal static bool IsInRange(decimal euro) => euro is >= 0 and <= PriceOptions.Most && decimal.Round(euro, Decimals) == euro;

    /// <summary>Another price than the one that is there, with its entry in the trail.</summary>
    /// <param name="entry">As it is; null for none, and then there is a price.</param>
    internal static void Enter(PortalDbContext db, ListPrice? entry, string country, decimal? euro, Actor actor, DateTimeOffset now)
    {
        db.Audit(actor, now, new AuditFact(
            euro is null ? "price.removed" : "price.set", "price", country, Before: new Dictionary<string, object?> { ["euro"] = entry?.Euro }, After: new Dictionary<string, object?> { ["euro"] = euro }));
        if (euro is not { } price)
            db.ListPrices.Remove(entry!);
        else if (entry is null)
            db.ListPrices.Add(new ListPrice { Country = country, Euro = price, SetAt = now, SetById = actor.Id });
        else
            (entry.Euro, entry.SetAt, entry.SetById) = (price, now, actor.Id);
    }
}

public sealed record NoSuchCountryForPrice() : Failure("A country is two letters, such as US or DE, and these name none. Nothing was changed; choose another one.");

public sealed record PriceOutOfRange() : Failure("A part of a text costs 0 to 10 euro, with at most six decimals. Nothing was changed; enter such a price.");
