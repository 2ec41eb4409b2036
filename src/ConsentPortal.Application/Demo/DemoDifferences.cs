using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>What the provider says of some numbers, and what does not fit to it here.</summary>
public sealed class DemoDifferences(PortalDatabase database, CompareWithProvider comparison, TimeProvider clock)
{
    private static readonly (ProviderEvidence Evidence, string? Code)[] Blocks =
        [(ProviderEvidence.List, null), (ProviderEvidence.Records, "1240"), (ProviderEvidence.Barred, "1050"), (ProviderEvidence.List, null), (ProviderEvidence.Records, "1240")];

    public async Task AddAsync(DemoShop shop, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var offers = shop.Offers.Purpose;
        await database.WriteAsync(
            async db =>
            {
                var active = await (
                    from record in db.ConsentRecords
                    where record.PurposeId == offers.Id && record.Status == ConsentStatus.Granted
                    join person in db.Subscribers on record.SubscriberId equals person.Id
                    where person.PhoneHash != null && !db.Suppressions.Any(s => s.PhoneHash == person.PhoneHash)
                    orderby person.Id
                    select person.PhoneHash!).Skip(10).Take(Blocks.Length).ToListAsync(cancellationToken);
                var stopped = await db.Suppressions.Where(s => s.PurposeId == offers.Id && s.LiftedAt == null).OrderBy(s => s.Id).Take(2).ToListAsync(cancellationToken);
                ProviderSaying[] sayings =
                [
                    .. active.Select((hash, i) => new ProviderSaying(hash, offers.Sender, ProviderWord.Blocked, Blocks[i].Evidence, now.AddHours(-5 * i - 3), Blocks[i].Code)),
                    .. stopped.Select(stop => new ProviderSaying(stop.PhoneHash, offers.Sender, ProviderWord.Accepts, ProviderEvidence.Delivered, Earlier(stop.At.AddDays(3), now), PurposeId: offers.Id)),
                ];
                await ProviderVerdicts.SayAsync(db, sayings, now, cancellationToken);
            },
            cancellationToken);
        await comparison.CompareAllAsync(cancellationToken);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
