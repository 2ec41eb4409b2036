using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <param name="Refused">Texts of the account that the provider refused because it blocks their number, whoever sent them.</param>
/// <param name="Ours">Pairs of a number of somebody here and a sender of ours among them.</param>
public sealed record AskedForBlocks(int Refused, int Ours);

/// <summary>
/// Asks the provider's own records which texts of the last days it refused because it blocks the number: also texts of other
/// programs with the same account, whose receipts never come here. Of numbers that nobody here has, nothing is kept.
/// </summary>
public sealed class AskProviderForBlocks(PortalDatabase database, LookupHash hashes, ISmsGateway gateway, CompareWithProvider comparison, TimeProvider clock)
{
    private const int NumbersAtOnce = 500;

    /// <summary>As far back as one question reaches by default; each question costs money.</summary>
    public static readonly TimeSpan LookBack = TimeSpan.FromDays(7);

    public async Task<Result<AskedForBlocks>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (!gateway.HasAccount)
            return new NoProviderAccount();
        var now = clock.GetUtcNow();
        if (!(await gateway.FindBlockedAsync(now - LookBack, now.AddMinutes(1), cancellationToken)).TryGet(out var refused, out var failure))
            return failure;
        var ours = 0;
        foreach (var some in refused.Chunk(NumbersAtOnce))
            ours += await database.WriteAsync(db => TakeAsync(db, some, now, cancellationToken), cancellationToken);
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("provider.asked", "providerDifference", "records", After: new Dictionary<string, object?> { ["refused"] = refused.Count, ["ours"] = ours, ["since"] = now - LookBack }));
                return Task.CompletedTask;
            },
            cancellationToken);
        await comparison.CompareAllAsync(cancellationToken);
        return new AskedForBlocks(refused.Count, ours);
    }

    private async Task<int> TakeAsync(PortalDbContext db, IReadOnlyList<ProviderRefusal> refused, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var senders = (await db.Purposes.AsNoTracking().Select(p => p.Sender).Distinct().ToListAsync(cancellationToken)).ToDictionary(Bare, StringComparer.OrdinalIgnoreCase);
        var sayings = new List<ProviderSaying>();
        foreach (var record in refused)
        {
            if (senders.TryGetValue(Bare(record.From), out var sender) && PhoneNumber.Parse(record.To, null).TryGet(out var phone, out _))
                sayings.Add(new ProviderSaying(hashes.Phone(phone), sender, ProviderWord.Blocked, ProviderEvidence.Records, record.At ?? now, record.Code));
        }

        var asked = sayings.Select(s => s.PhoneHash).Distinct(KeyedHashComparer.Instance).ToList();
        var known = (await db.Subscribers.AsNoTracking().Where(s => asked.Contains(s.PhoneHash!) && s.ErasedAt == null).Select(s => s.PhoneHash!).ToListAsync(cancellationToken)).ToHashSet(KeyedHashComparer.Instance);
        var ours = sayings.Where(s => known.Contains(s.PhoneHash)).OrderBy(s => s.At).ToList();
        await ProviderVerdicts.SayAsync(db, ours, now, cancellationToken);
        return ours.Select(s => (Convert.ToHexString(s.PhoneHash), s.Sender)).Distinct().Count();
    }

    // A provider writes numbers without the plus.
    private static string Bare(string sender) => sender.TrimStart('+');
}

public sealed record NoProviderAccount() : Failure("The portal has no account at the provider, so there is nobody to ask. Nothing was changed; set up section Vonage of the settings, or bring the provider's list as a file.");
