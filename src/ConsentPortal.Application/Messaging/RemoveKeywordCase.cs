using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging;

/// <summary>Takes a settled case away: it was settled wrongly, or says the same as another one.</summary>
public sealed class RemoveKeywordCase(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReviewInbox);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var known = await db.KeywordCases.FindAsync([id], cancellationToken);
                if (known is null)
                    return new KeywordCaseRefused("This case is gone already. Nothing was changed; load the page again.");
                db.KeywordCases.Remove(known);
                db.Audit(actor, now, new AuditFact("inbound.caseRemoved", "keyword case", id.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    Before: new Dictionary<string, object?> { ["expected"] = known.Expected }));
                return Done.Value;
            },
            cancellationToken);
    }
}
