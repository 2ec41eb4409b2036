using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <param name="Name">Only of a new template: the name stays.</param>
/// <param name="Purpose">Only of a new template, like its name.</param>
/// <param name="Seen">The words that the writer began with, so that two writers can't overwrite each other unnoticed; null for a new template.</param>
public sealed record TemplateDraft(string Name, PurposeId? Purpose, TemplateContent Content, string? Seen = null);

/// <summary>
/// Keeps a template's words as a draft: the next version where the newest is approved, the same one where it is not. An edit of
/// one that waits for its approval takes it back from there.
/// </summary>
public sealed class SaveTextTemplate(PortalDatabase database, TimeProvider clock)
{
    /// <param name="id">Null for a new template.</param>
    /// <returns>The template's id.</returns>
    public async Task<Result<Guid>> ExecuteAsync(Actor actor, Guid? id, TemplateDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        if (TemplateChange.StaffId(actor) is not { } staff)
            return new StaffNeededForTemplate();
        if (TemplateRules.Refusal(draft.Content) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Guid>>(
            async db =>
            {
                var texts = draft.Content.Texts.Select(text => MessageTemplate.Parse(text.Body, TemplateRules.Names(draft.Content)).Value);
                if (await AttributeFields.RefusalAsync(db, texts, cancellationToken) is { } unknown)
                    return new FieldRefused("texts", $"{unknown.Message} Nothing was kept.");
                if (!(id is { } known ? await KnownAsync(db, known, cancellationToken) : await NewAsync(db, draft, now, cancellationToken)).TryGet(out var template, out var failure))
                    return failure;
                var newest = await db.TextTemplateVersions.Where(v => v.TemplateId == template.Id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancellationToken);
                if (draft.Seen is { } seen && newest?.Hash != seen)
                    return new ChangedMeanwhile();
                var before = newest is null ? null : Facts(newest);
                var version = Write(db, template, newest, draft.Content, staff, now);
                db.Audit(actor, now, new AuditFact("template.saved", "template", template.Id.ToString(), Before: before,
                    After: new Dictionary<string, object?>(Facts(version)) { ["name"] = template.Name, ["purpose"] = template.PurposeId.ToString() }));
                return template.Id;
            },
            cancellationToken);
    }

    private static Dictionary<string, object?> Facts(TextTemplateVersion version) => new()
    {
        ["version"] = version.Number, ["state"] = version.State, ["words"] = version.Hash, ["languages"] = string.Join(", ", version.Content.Texts.Select(text => text.Language)),
    };

    private static async Task<Result<TextTemplate>> KnownAsync(PortalDbContext db, Guid id, CancellationToken cancellationToken) =>
        await db.TextTemplates.FindAsync([id], cancellationToken) is { RetiredAt: null } template ? template : new TemplateNotFound();

    private static async Task<Result<TextTemplate>> NewAsync(PortalDbContext db, TemplateDraft draft, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = draft.Name.Trim();
        if (!TemplateRules.IsName(name))
            return new FieldRefused("name", $"A name has small letters, digits and hyphens, such as parcel-sent, and at most {TemplateRules.LongestName} of them. Nothing was kept.");
        if (await db.TextTemplates.AnyAsync(t => t.Name == name, cancellationToken))
            return new FieldRefused("name", "There is a template of this name already, in use or retired. Nothing was kept; choose another name.");
        var purpose = draft.Purpose is { } id ? await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : null;
        if (purpose is not { RetiredAt: null, MessageClass: MessageClass.Transactional or MessageClass.Informational })
            return new FieldRefused("purpose", "Choose a transactional or informational purpose that is in use: programs can't have anything else sent. Nothing was kept.");
        var template = new TextTemplate { Id = Guid.CreateVersion7(now), Name = name, PurposeId = purpose.Id, CreatedAt = now };
        db.TextTemplates.Add(template);
        return template;
    }

    private static TextTemplateVersion Write(PortalDbContext db, TextTemplate template, TextTemplateVersion? newest, TemplateContent content, Guid staff, DateTimeOffset now)
    {
        if (newest is not { State: TemplateState.Draft or TemplateState.Proposed })
        {
            var added = new TextTemplateVersion
            {
                TemplateId = template.Id, Number = (newest?.Number ?? 0) + 1, State = TemplateState.Draft, Json = content.ToJson(), WriterIds = staff.ToString(), WrittenAt = now,
            };
            db.TextTemplateVersions.Add(added);
            return added;
        }

        (newest.State, newest.Json, newest.WrittenAt, newest.Confirmed) = (TemplateState.Draft, content.ToJson(), now, null);
        if (!newest.Writers.Contains(staff))
            newest.WriterIds = string.Create(CultureInfo.InvariantCulture, $"{newest.WriterIds} {staff}");
        return newest;
    }
}
