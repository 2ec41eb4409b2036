using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>Takes a template out of use: programs that name it are refused. Its versions stay, and so does its name.</summary>
public sealed class RetireTextTemplate(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.TextTemplates.FindAsync([id], cancellationToken) is not { RetiredAt: null } template)
                    return new TemplateNotFound();
                template.RetiredAt = now;
                db.Audit(actor, now, new AuditFact("template.retired", "template", id.ToString(), Reason: reason.Trim(),
                    Before: new Dictionary<string, object?> { ["name"] = template.Name, ["retiredAt"] = null },
                    After: new Dictionary<string, object?> { ["name"] = template.Name, ["retiredAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }
}
