using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Breaches;

/// <summary>Enters a breach into the register; the 72 hours run from when the organisation became aware, not from now.</summary>
public sealed class RecordBreach(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Guid>> ExecuteAsync(Actor actor, BreachText text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageBreaches);
        var now = clock.GetUtcNow();
        if (text.Refusal(now) is { } refused)
            return refused;
        return await database.WriteAsync<Result<Guid>>(
            async db =>
            {
                var breach = new Breach
                {
                    Id = Guid.CreateVersion7(now), Number = (await db.Breaches.MaxAsync(b => (int?)b.Number, cancellationToken) ?? 0) + 1, RecordedAt = now, RecordedBy = actor.Name,
                    AwareAt = text.AwareAt, Title = "", WhatHappened = "", Data = "", Risk = text.Risk, Consequences = "", Measures = "", Version = Guid.CreateVersion7(now),
                };
                text.WriteTo(breach);
                db.Breaches.Add(breach);
                db.Audit(actor, now, new AuditFact("breach.recorded", "breach", breach.Id.ToString(), After: BreachText.Facts(breach)));
                return breach.Id;
            },
            cancellationToken);
    }
}
