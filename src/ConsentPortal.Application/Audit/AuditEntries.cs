using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>Which entries are wanted; every part of it may stand in an address.</summary>
/// <param name="Group">The noun before the action's full stop: consent, subscriber, staff.</param>
/// <param name="ActorId">As the entries have it: the id of a member of staff, a job's name.</param>
/// <param name="From">First instant (UTC), inclusive.</param>
/// <param name="To">Last instant (UTC), exclusive.</param>
public sealed record AuditQuery(
    string? Group = null,
    string? ActorId = null,
    string? ObjectKind = null,
    string? ObjectId = null,
    SubscriberId? Subject = null,
    string? RequestId = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);

/// <param name="Who">The name under which screens show the actor today.</param>
/// <param name="Role">The role under which they acted then.</param>
/// <param name="LeafIndex">Place in the signed tree; null until sealed.</param>
public sealed record AuditRow(
    long Id, DateTimeOffset At, ActorKind ActorKind, string ActorId, string Who, string? Role, string Action, string ObjectKind, string ObjectId, SubscriberId? Subject,
    string? Reason, string? RequestId, long? LeafIndex);

/// <param name="Next">Pass as <c>before</c> for older entries; null at the end.</param>
public sealed record AuditEntryPage(IReadOnlyList<AuditRow> Rows, long? Next);

/// <param name="Values">Each changed value before and after; personal values as the ciphertext that the entry holds.</param>
/// <param name="Json">The exact leaf that is hashed.</param>
/// <param name="LeafHash">Lower-case hex; null until sealed.</param>
public sealed record AuditEntryDetails(
    AuditRow Row, string? IpAddress, IReadOnlyList<AuditValue> Values, string Json, string? LeafHash, IReadOnlyList<AuditRow> SameRequest);

public sealed record AuditValue(string Name, string? Before, string? After);

public sealed record AuditActor(string Id, string Name);

/// <summary>The audit trail as pages show it, newest first.</summary>
public sealed class AuditEntries(PortalDatabase database, LookupHash hashes)
{
    public const int PageSize = 50;

    private const int MostRelated = 20;

    /// <param name="before">Only entries older than this one; null for the newest.</param>
    public async Task<AuditEntryPage> PageAsync(Actor actor, AuditQuery query, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var entries = await Matching(db, query).Where(e => before == null || e.Id < before)
            .OrderByDescending(e => e.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        var rows = await RowsAsync(db, [.. entries.Take(PageSize)], cancellationToken);
        return new AuditEntryPage(rows, entries.Count > PageSize ? entries[PageSize - 1].Id : null);
    }

    public async Task<AuditEntryDetails?> FindAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var entry = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancellationToken);
        if (entry is null)
            return null;
        var related = entry.RequestId is { } request
            ? await db.AuditEntries.AsNoTracking().Where(e => e.RequestId == request && e.Id != id && e.ActorId == entry.ActorId).OrderByDescending(e => e.Id).Take(MostRelated).ToListAsync(cancellationToken)
            : [];
        var rows = await RowsAsync(db, [entry, .. related], cancellationToken);
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return new AuditEntryDetails(
            rows[0], AuditLeaf.Text(leaf.RootElement, "ip"), AuditLeaf.Values(leaf.RootElement), AuditLeaf.Indented(leaf.RootElement),
            entry.LeafHash is { } hash ? Convert.ToHexStringLower(hash) : null, [.. rows.Skip(1)]);
    }

    /// <summary>Members of staff and jobs, to choose from.</summary>
    public async Task<IReadOnlyList<AuditActor>> ActorsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var staff = await db.Users.AsNoTracking().OrderBy(s => s.DisplayName).Select(s => new { s.Id, s.DisplayName }).ToListAsync(cancellationToken);
        return [.. staff.Select(s => new AuditActor(s.Id.ToString(), s.DisplayName))];
    }

    /// <summary>Whose number it is, or was last: entries name people by their ids only.</summary>
    public async Task<SubscriberId?> SubjectOfAsync(Actor actor, PhoneNumber phone, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var hash = hashes.Phone(phone);
        await using var db = database.Open();
        return await db.Subscribers.AsNoTracking().Where(s => s.PhoneHash == hash).OrderBy(s => s.MergedIntoId != null).ThenByDescending(s => s.CreatedAt)
                .Select(s => (SubscriberId?)s.Id).FirstOrDefaultAsync(cancellationToken)
            ?? await db.NumberPeriods.AsNoTracking().Where(p => p.PhoneHash == hash && p.To != null).OrderByDescending(p => p.From)
                .Select(p => (SubscriberId?)p.SubscriberId).FirstOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<AuditEntry> Matching(PortalDbContext db, AuditQuery query)
    {
        var entries = db.AuditEntries.AsNoTracking();
        if (query.Group is { Length: > 0 } group)
        {
            var prefix = group + ".";
            entries = entries.Where(e => e.Action.StartsWith(prefix));
        }

        if (query.ActorId is { Length: > 0 } who)
            entries = entries.Where(e => e.ActorId == who);
        if (query.ObjectKind is { Length: > 0 } kind)
            entries = entries.Where(e => e.ObjectKind == kind);
        if (query.ObjectId is { Length: > 0 } objectId)
            entries = entries.Where(e => e.ObjectId == objectId);
        if (query.Subject is { } subject)
            entries = entries.Where(e => e.SubscriberId == subject);
        if (query.RequestId is { Length: > 0 } request)
            entries = entries.Where(e => e.RequestId == request);
        if (query.From is { } from)
            entries = entries.Where(e => e.At >= from);
        if (query.To is { } to)
            entries = entries.Where(e => e.At < to);
        return entries;
    }

    private static async Task<IReadOnlyList<AuditRow>> RowsAsync(PortalDbContext db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return [.. entries.Select(e => Row(e, names.Of(e.ActorKind, e.ActorId)))];
    }

    private static AuditRow Row(AuditEntry entry, string who)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return new AuditRow(
            entry.Id, entry.At, entry.ActorKind, entry.ActorId, who, AuditLeaf.Text(leaf.RootElement.GetProperty("actor"), "role"), entry.Action, entry.ObjectKind, entry.ObjectId,
            entry.SubscriberId, AuditLeaf.Text(leaf.RootElement, "reason"), entry.RequestId, entry.LeafIndex);
    }
}
