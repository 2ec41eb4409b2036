using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>Compares everything at once instead of within the next minutes.</summary>
public sealed class CompareNow(PortalDatabase database, CompareWithProvider comparison, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (!await comparison.CompareAllAsync(cancellationToken))
            return new ComparisonUnderWay();
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("provider.compared", "provider", "vonage"));
                return Task.CompletedTask;
            },
            cancellationToken);
        return Done.Value;
    }
}

public sealed record ComparisonUnderWay() : Failure("Another process of the portal is comparing already. Nothing was changed; load the page again in a minute.");
