using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>What the steps of a template have in common.</summary>
internal static class TemplateChange
{
    /// <returns>Null for a program or a job: words are people's.</returns>
    public static Guid? StaffId(Actor actor) => CampaignChange.StaffId(actor);

    /// <returns>The newest version of a template that is in use, with the template.</returns>
    public static async Task<(TextTemplate Template, TextTemplateVersion Version)?> NewestAsync(PortalDbContext db, Guid id, CancellationToken cancellationToken)
    {
        if (await db.TextTemplates.FindAsync([id], cancellationToken) is not { RetiredAt: null } template)
            return null;
        return (template, await db.TextTemplateVersions.Where(v => v.TemplateId == id).OrderByDescending(v => v.Number).FirstAsync(cancellationToken));
    }
}

public sealed record StaffNeededForTemplate() : Failure("Only a member of staff can do this with a template. Nothing was changed.");

public sealed record TemplateNotFound() : Failure("There is no such template in use. Nothing was changed.");

public sealed record TemplateStepRefused(string Sentence) : Failure(Sentence);
