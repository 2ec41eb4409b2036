using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>Asks a second person to look at a draft. What the rules forbid can't be asked for, and what they only suppose somebody has to have looked at.</summary>
public sealed class ProposeTextTemplate(PortalDatabase database, TemplateLint lint, TimeProvider clock)
{
    /// <param name="confirmed">Keys of findings that may stand (<see cref="TemplateFinding.Key"/>).</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, IReadOnlyCollection<string> confirmed, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await TemplateChange.NewestAsync(db, id, cancellationToken) is not { } found)
                    return new TemplateNotFound();
                var (template, version) = found;
                if (version.State != TemplateState.Draft)
                    return new TemplateStepRefused("There is no draft to propose. Nothing was changed; load the page again.");
                var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == template.PurposeId, cancellationToken);
                var findings = TemplateLint.Check(await lint.GroundAsync(db, purpose, cancellationToken), version.Content);
                if (Refusal(findings, confirmed) is { } refused)
                    return refused;
                var let = findings.Where(f => f.Finding.NeedsConfirmation).Select(f => f.Key).ToArray();
                (version.State, version.Confirmed, version.Comment, version.DecidedById, version.DecidedAt) = (TemplateState.Proposed, let.Length == 0 ? null : string.Join(", ", let), null, null, null);
                var before = new Dictionary<string, object?> { ["state"] = TemplateState.Draft };
                db.Audit(actor, now, new AuditFact("template.proposed", "template", id.ToString(), Before: before, After: new Dictionary<string, object?>
                {
                    ["name"] = template.Name, ["version"] = version.Number, ["state"] = version.State, ["words"] = version.Hash, ["confirmed"] = version.Confirmed,
                    ["findings"] = findings.Count == 0 ? null : string.Join(", ", findings.Select(f => $"{f.Key} {f.Finding.Severity.ToString().ToLowerInvariant()}")),
                }));
                return Done.Value;
            },
            cancellationToken);
    }

    private static TemplateStepRefused? Refusal(IReadOnlyList<TemplateFinding> findings, IReadOnlyCollection<string> confirmed)
    {
        if (findings.FirstOrDefault(f => f.Finding.Severity == LintSeverity.Blocks) is { } blocks)
            return new TemplateStepRefused($"As it is, the text in {blocks.Language} can't go out. {blocks.Finding.Sentence} {blocks.Finding.Remedy} ({blocks.Finding.Rule.Id}) Nothing was changed; edit it and try again.");
        return findings.FirstOrDefault(f => f.Finding.NeedsConfirmation && !confirmed.Contains(f.Key)) is { } open
            ? new TemplateStepRefused($"Somebody has to look at the text in {open.Language} first. {open.Finding.Sentence} ({open.Finding.Rule.Id}) Nothing was changed; confirm that it may stay, or edit it.")
            : null;
    }
}
