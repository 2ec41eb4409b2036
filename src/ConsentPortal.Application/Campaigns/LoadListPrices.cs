using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Campaigns;

/// <param name="Before">Euro for one part as the list says it now; null where it says nothing.</param>
/// <param name="After">Null where the entry is taken back and the configuration says nothing.</param>
public sealed record PriceChange(string Country, decimal? Before, decimal? After);

/// <param name="Changes">What would change, by country; nothing while a line is refused.</param>
/// <param name="Unchanged">Countries of the file whose price is the same.</param>
/// <param name="Refused">The first lines that hold no price.</param>
public sealed record PriceDifference(IReadOnlyList<PriceChange> Changes, int Unchanged, IReadOnlyList<RefusedLine> Refused);

/// <summary>
/// Takes list prices from a file, all or none: a list of which some lines are wrong would be half of one contract and half of another. What it changes is shown
/// before, and only that is done.
/// </summary>
public sealed class LoadListPrices(PortalDatabase database, IOptions<PriceOptions> options, TimeProvider clock)
{
    /// <summary>Reads the file's columns and size; refuses what is no list of prices.</summary>
    public async Task<Result<NumberFile>> OpenAsync(Actor actor, string path, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        if (!(await NumberFile.OpenAsync(path, name, cancellationToken)).TryGet(out var file, out var refused))
            return refused is ImportFileHasOnlyHeader or NumberFileTooLong ? new PriceFileUnfit() : refused;
        return PriceFile.Refusal(file) is { } unfit ? unfit : file;
    }

    /// <param name="isComplete">What staff have entered for countries that are not in the file is taken back.</param>
    public async Task<PriceDifference> CompareAsync(Actor actor, NumberFile file, bool isComplete, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var (prices, refused) = await PriceFile.ReadAsync(file, cancellationToken);
        if (refused.Count > 0)
            return new PriceDifference([], 0, [.. refused.Take(PriceFile.MostRefused)]);
        await using var db = database.Open();
        var changes = Changes(prices, await OwnAsync(db, cancellationToken), isComplete);
        return new PriceDifference(changes, prices.Count - changes.Count(c => prices.ContainsKey(c.Country)), []);
    }

    /// <param name="seen">What somebody saw that the file changes; anything else is not done.</param>
    /// <returns>How many countries have another price.</returns>
    public async Task<Result<int>> ExecuteAsync(Actor actor, NumberFile file, bool isComplete, IReadOnlyList<PriceChange> seen, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var (prices, refused) = await PriceFile.ReadAsync(file, cancellationToken);
        if (refused.Count > 0)
            return new PriceFileUnfit();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<int>>(
            async db =>
            {
                var own = await OwnAsync(db, cancellationToken);
                var changes = Changes(prices, own, isComplete);
                if (!changes.SequenceEqual(seen))
                    return new ChangedMeanwhile();
                foreach (var change in changes)
                    SetListPrice.Enter(db, own.GetValueOrDefault(change.Country), change.Country, prices.TryGetValue(change.Country, out var euro) ? euro : null, actor, now);
                if (changes.Count > 0)
                    db.Audit(actor, now, new AuditFact("price.listLoaded", "priceList", file.Hash, After: new Dictionary<string, object?>
                    {
                        ["changed"] = changes.Count, ["countries"] = prices.Count, ["complete"] = isComplete, ["takenBack"] = changes.Count(c => !prices.ContainsKey(c.Country)),
                    }));
                return changes.Count;
            },
            cancellationToken);
    }

    private static Task<Dictionary<string, ListPrice>> OwnAsync(PortalDbContext db, CancellationToken cancellationToken) => db.ListPrices.OrderBy(p => p.Country).ToDictionaryAsync(p => p.Country, cancellationToken);

    private List<PriceChange> Changes(IReadOnlyDictionary<string, decimal> prices, Dictionary<string, ListPrice> own, bool isComplete)
    {
        var configured = options.Value.Part;
        var ofFile = prices.Select(p => new PriceChange(p.Key, own.GetValueOrDefault(p.Key)?.Euro ?? Configured(p.Key), p.Value)).Where(c => c.Before != c.After);
        var takenBack = isComplete ? own.Values.Where(p => !prices.ContainsKey(p.Country)).Select(p => new PriceChange(p.Country, p.Euro, Configured(p.Country))) : [];
        return [.. ofFile.Concat(takenBack).OrderBy(c => c.Country, StringComparer.Ordinal)];

        decimal? Configured(string country) => configured.TryGetValue(country, out var euro) ? euro : null;
    }
}
