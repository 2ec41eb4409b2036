using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>A second person's word on exactly the version that they saw: into use, or back to its writers.</summary>
public sealed class DecideTextTemplate(PortalDatabase database, TimeProvider clock)
{
    /// <param name="seenHash">Of the words on the approver's screen.</param>
    /// <param name="comment">What should change; null to approve.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, string seenHash, string? comment, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ApproveCampaigns);
        if (TemplateChange.StaffId(actor) is not { } staff)
            return new StaffNeededForTemplate();
        if (comment is not null && !ReasonNeeded.IsMetBy(comment))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await TemplateChange.NewestAsync(db, id, cancellationToken) is not { } found)
                    return new TemplateNotFound();
                var (template, version) = found;
                if (version.State != TemplateState.Proposed || version.Hash != seenHash)
                    return new ChangedMeanwhile();
                if (version.Writers.Contains(staff))
                    return new TemplateStepRefused("You wrote in this version, and whoever wrote can't approve. Nothing was changed; somebody else has to look at it.");
                (version.State, version.DecidedById, version.DecidedAt, version.Comment) = (comment is null ? TemplateState.Approved : TemplateState.Draft, staff, now, comment?.Trim());
                db.Audit(actor, now, new AuditFact(comment is null ? "template.approved" : "template.returned", "template", id.ToString(), Reason: comment?.Trim(),
                    Before: new Dictionary<string, object?> { ["state"] = TemplateState.Proposed },
                    After: new Dictionary<string, object?> { ["name"] = template.Name, ["version"] = version.Number, ["state"] = version.State, ["words"] = version.Hash }));
                return Done.Value;
            },
            cancellationToken);
    }
}
