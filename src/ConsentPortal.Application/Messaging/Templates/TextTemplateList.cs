using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Templates;

/// <param name="InUse">The version that programs get; null before the first approval.</param>
/// <param name="Newest">Where the newest version stands.</param>
public sealed record TemplateRow(Guid Id, string Name, string Purpose, IReadOnlyList<string> Languages, int? InUse, int NewestNumber, TemplateState Newest, DateTimeOffset WrittenAt, DateTimeOffset? RetiredAt);

/// <param name="Writers">Everybody who wrote in it.</param>
/// <param name="MayBeDecidedByMe">The reader wrote none of it and may approve.</param>
public sealed record TemplateVersionRow(
    int Number, TemplateState State, TemplateContent Content, string Hash, IReadOnlyList<string> Writers, DateTimeOffset WrittenAt, string? Confirmed, string? DecidedBy, DateTimeOffset? DecidedAt,
    string? Comment, bool MayBeDecidedByMe);

/// <param name="Versions">The newest first.</param>
public sealed record TemplateDetails(Guid Id, string Name, PurposeId PurposeId, string Purpose, DateTimeOffset? RetiredAt, IReadOnlyList<TemplateVersionRow> Versions)
{
    /// <summary>What programs get; null before the first approval.</summary>
    public TemplateVersionRow? InUse => Versions.FirstOrDefault(v => v.State == TemplateState.Approved);
}

/// <summary>The stored texts that programs can name. There are some dozens of them.</summary>
public sealed class TextTemplateList(PortalDatabase database)
{
    public async Task<IReadOnlyList<TemplateRow>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var templates = await (
            from template in db.TextTemplates.AsNoTracking()
            join purpose in db.Purposes.AsNoTracking() on template.PurposeId equals purpose.Id
            orderby template.Name
            select new { Template = template, Purpose = purpose.Name }).ToListAsync(cancellationToken);
        var versions = (await db.TextTemplateVersions.AsNoTracking().OrderByDescending(v => v.Number).ToListAsync(cancellationToken)).ToLookup(v => v.TemplateId);
        return [.. templates.Where(t => versions[t.Template.Id].Any()).Select(t => Row(t.Template, t.Purpose, [.. versions[t.Template.Id]]))];
    }

    /// <summary>The purposes for which programs can have texts sent.</summary>
    public async Task<IReadOnlyList<PurposeName>> PurposesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null && (p.MessageClass == MessageClass.Transactional || p.MessageClass == MessageClass.Informational))
            .OrderBy(p => p.Name).Select(p => new PurposeName(p.Id, p.Name, p.MessageClass, false)).ToListAsync(cancellationToken);
    }

    public async Task<Result<TemplateDetails>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        if (await db.TextTemplates.AsNoTracking().SingleOrDefaultAsync(t => t.Id == id, cancellationToken) is not { } template)
            return new TemplateNotFound();
        var purpose = await db.Purposes.AsNoTracking().Where(p => p.Id == template.PurposeId).Select(p => p.Name).SingleAsync(cancellationToken);
        var versions = await db.TextTemplateVersions.AsNoTracking().Where(v => v.TemplateId == id).OrderByDescending(v => v.Number).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, versions.SelectMany(v => v.Writers.Cast<Guid?>().Append(v.DecidedById)).OfType<Guid>().Select(staff => (ActorKind.Staff, staff.ToString())), cancellationToken);
        return new TemplateDetails(template.Id, template.Name, template.PurposeId, purpose, template.RetiredAt, [.. versions.Select(v => Version(v, names, actor))]);
    }

    private static TemplateRow Row(TextTemplate template, string purpose, IReadOnlyList<TextTemplateVersion> versions)
    {
        var inUse = versions.FirstOrDefault(v => v.State == TemplateState.Approved);
        return new TemplateRow(
            template.Id, template.Name, purpose, [.. (inUse ?? versions[0]).Content.Texts.Select(text => text.Language)], inUse?.Number, versions[0].Number, versions[0].State, versions[0].WrittenAt,
            template.RetiredAt);
    }

    private static TemplateVersionRow Version(TextTemplateVersion version, ActorNames names, Actor reader) => new(
        version.Number, version.State, version.Content, version.Hash, [.. version.Writers.Select(id => names.Of(ActorKind.Staff, id.ToString()))], version.WrittenAt, version.Confirmed,
        version.DecidedById is { } decided ? names.Of(ActorKind.Staff, decided.ToString()) : null, version.DecidedAt, version.Comment,
        version.State == TemplateState.Proposed && reader.May(Permissions.ApproveCampaigns) && TemplateChange.StaffId(reader) is { } me && !version.Writers.Contains(me));
}
