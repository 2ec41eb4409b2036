using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Benchmarks.Audit;

/// <summary>
/// A log as a portal of a million people has it after three years: jobs and imports wrote most of it, forty members of staff some
/// thousands of entries each, and some actions happen a dozen times in all. The same numbers give the same log.
/// </summary>
internal sealed class AuditScene(PortalDatabase database, KeyRing ring)
{
    public const int People = 1_000_000;

    private const int AtOnce = 5_000;

    private static readonly DateTimeOffset Begin = new(2023, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Span = TimeSpan.FromDays(3 * 365);

    private static readonly Actor Dispatcher = Actor.Job("dispatcher");
    private static readonly Actor Keeper = Actor.Job("consent-keeper");
    private static readonly Actor Provider = Actor.Provider("vonage");

    /// <summary>What happens, of ten thousand entries how many, by whom.</summary>
    private static readonly (string Action, string Kind, int Share, Func<Random, Actor> By)[] Deeds =
    [
        ("subscriber.imported", "subscriber", 2_400, Importer), ("consent.granted", "subscriber", 3_000, Importer), ("consent.requested", "subscriber", 600, Importer),
        ("consent.confirmed", "subscriber", 500, _ => Provider), ("consent.withdrawn", "subscriber", 700, _ => Provider), ("number.stopped", "subscriber", 500, _ => Provider),
        ("inbound.received", "inbound", 700, _ => Provider), ("consent.expired", "subscriber", 400, _ => Keeper), ("campaign.planned", "campaign", 60, _ => Dispatcher),
        ("subscriber.viewed", "subscriber", 500, Somebody), ("number.revealed", "subscriber", 80, Somebody), ("subscriber.changed", "subscriber", 250, Somebody),
        ("staff.signedIn", "staff", 120, Somebody), ("campaign.changed", "campaign", 60, Somebody), ("segment.changed", "segment", 40, Somebody),
        ("request.opened", "request", 30, Somebody), ("request.completed", "request", 25, Somebody), ("audit.viewed", "audit", 20, Somebody),
        ("suppression.added", "suppression", 12, Somebody), ("report.made", "report", 3, Somebody),
    ];

    private static readonly int Shares = Deeds.Sum(deed => deed.Share);

    public static DateTimeOffset AtShare(double share) => Begin + (Span * share);

    public static Actor Member(int number) => new(
        ActorKind.Staff, new Guid(number + 1, 0, 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 1]).ToString(), "A member of staff", new HashSet<string>(), "Support agent",
        new ActorOrigin(new Guid(number, 7, 7, [0, 0, 0, 0, 0, 0, 0, 0]).ToString("N"), "192.0.2.17"));

    public static SubscriberId Person(int number) => SubscriberId.From(new Guid(number * 37, (short)(number % 997), 0x7000, [0x80, 0, 0, 0, 0, 0, 0, 0]));

    /// <summary>Straight into the tables by prepared inserts, with the tree and a checkpoint for each batch; the indexes are made at the end.</summary>
    public async Task FillAsync(int entries)
    {
        var indexes = await IndexesAsync();
        await RunAsync(indexes.Select(index => $"DROP INDEX \"{index.Name}\""));
        await InsertAsync(entries);
        await RunAsync(indexes.Select(index => index.Sql));
    }

    private async Task<List<Index>> IndexesAsync()
    {
        await using var db = database.Open();
        return await db.Database.SqlQuery<Index>($"SELECT name AS Name, sql AS Sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'AuditEntries' AND sql IS NOT NULL").ToListAsync();
    }

    private async Task RunAsync(IEnumerable<string> statements)
    {
        await using var db = database.Open();
        foreach (var statement in statements)
        {
#pragma warning disable EF1002 // The schema's own statements.
            await db.Database.ExecuteSqlRawAsync(statement);
#pragma warning restore EF1002
        }
    }

    private async Task InsertAsync(int entries)
    {
        var random = new Random(20261126);
        var frontier = new MerkleFrontier();
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        for (var first = 0; first < entries; first += AtOnce)
        {
            var some = Enumerable.Range(first, Math.Min(AtOnce, entries - first)).Select(i => Sealed(Entry(random, (double)i / entries), frontier)).ToList();
            var checkpoint = new AuditCheckpoint
            {
                Size = frontier.Size, Root = frontier.Root.ToBytes(), Frontier = frontier.ToBytes(), At = some[^1].At,
                Note = signer.Sign(new Checkpoint(ring.LogName, frontier.Size, frontier.Root)).ToString(),
            };
            await database.WriteAsync(
                async db =>
                {
                    await db.ExpectManyRowsAsync(CancellationToken.None);
                    await db.InsertAsync(some, CancellationToken.None);
                    await db.InsertAsync<AuditCheckpoint>([checkpoint], CancellationToken.None);
                },
                CancellationToken.None);
            if (first % 1_000_000 == 0)
                await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{first:N0} entries are there"));
        }
    }

    /// <summary>Entries that wait for the sealer.</summary>
    public Task AddUnsealedAsync(int entries) => database.WriteAsync(
        db =>
        {
            var random = new Random(7);
            return db.InsertAsync(Enumerable.Range(0, entries).Select(_ => Entry(random, 1)).ToList(), CancellationToken.None);
        },
        CancellationToken.None);

    private static AuditEntry Sealed(AuditEntry entry, MerkleFrontier frontier)
    {
        var hash = MerkleHash.OfLeaf(entry.Leaf);
        (entry.LeafIndex, entry.LeafHash) = (frontier.Size, hash.ToBytes());
        frontier.Append(hash);
        return entry;
    }

    private static AuditEntry Entry(Random random, double share)
    {
        var at = random.Next(Shares);
        var deed = Deeds.First(one => (at -= one.Share) < 0);
        var person = Person(random.Next(People));
        var fact = deed.Kind == "subscriber"
            ? new AuditFact(deed.Action, deed.Kind, person.ToString(), person, After: new Dictionary<string, object?> { ["purpose"] = "0192f0c1-7d3b-7000-8000-0000000012ab", ["channel"] = "import" })
            : new AuditFact(deed.Action, deed.Kind, random.Next(2_000).ToString(CultureInfo.InvariantCulture), Reason: "As agreed on the telephone");
        return AuditTrail.Entry(deed.By(random), AtShare(share), fact);
    }

    private sealed record Index(string Name, string Sql);

    private static Actor Importer(Random random) => Member(random.Next(3));

    private static Actor Somebody(Random random) => Member(3 + random.Next(37));
}
