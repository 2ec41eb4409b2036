using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>Compares everything at once instead of within the next minutes.</summary>
public sealed class CompareNow(CompareWithProvider comparison)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        return await comparison.CompareAllAsync(cancellationToken) ? Done.Value : new ComparisonUnderWay();
    }
}

public sealed record ComparisonUnderWay() : Failure("Another process of the portal is comparing already. Nothing was changed; load the page again in a minute.");
