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
/// <param name="Action">One action of it, as the entries have it.</param>
/// <param name="ActorId">As the entries have it: the id of a member of staff, a job's name.</param>
/// <param name="From">First instant (UTC), inclusive.</param>
/// <param name="To">Last instant (UTC), exclusive.</param>
/// <param name="Words">All of them stand in the reason.</param>
/// <param name="LeavesOutTexts">Whether the entries about texts of the send ledger, which are most of them while campaigns are sent, are left out.</param>
public sealed record AuditQuery(
    string? Group = null,
    string? ActorId = null,
    string? ObjectKind = null,
    string? ObjectId = null,
    SubscriberId? Subject = null,
    string? RequestId = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Action = null,
    AuditOutcome? Outcome = null,
    string? Words = null,
    bool LeavesOutTexts = false);

/// <param name="Who">The name under which screens show the actor today.</param>
/// <param name="Role">The role under which they acted then.</param>
/// <param name="LeafIndex">Place in the signed tree; null until sealed.</param>
public sealed record AuditRow(
    long Id, DateTimeOffset At, ActorKind ActorKind, string ActorId, string Who, string? Role, string Action, string ObjectKind, string ObjectId, SubscriberId? Subject,
    string? Reason, string? RequestId, long? LeafIndex)
{
    /// <summary>Null where the address is not known, and for everything that subscribers did themselves.</summary>
    public string? IpAddress { get; init; }
}

/// <param name="Newer">Pages of newer entries begin after it; null when there are none.</param>
/// <param name="Older">Pages of older entries begin after it; null when there are none.</param>
/// <param name="Look">How far a search for words came when it stopped before it had filled the page or come to the end; null otherwise.</param>
public sealed record AuditEntryPage(IReadOnlyList<AuditRow> Rows, AuditPlace? Newer, AuditPlace? Older, AuditLook? Look = null);

/// <param name="Entries">Whose reasons were read.</param>
/// <param name="To">The last of them.</param>
public sealed record AuditLook(int Entries, AuditPlace To);

/// <param name="Values">Each changed value before and after; personal values as the ciphertext that the entry holds.</param>
/// <param name="Json">The exact leaf that is hashed.</param>
/// <param name="LeafHash">Lower-case hex; null until sealed.</param>
public sealed record AuditEntryDetails(
    AuditRow Row, IReadOnlyList<AuditValue> Values, string Json, string? LeafHash, IReadOnlyList<AuditRow> SameRequest);

public sealed record AuditValue(string Name, string? Before, string? After);

public sealed record AuditActor(string Id, string Name);

/// <summary>The audit trail as pages show it, newest first.</summary>
public sealed class AuditEntries(PortalDatabase database, LookupHash hashes, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Entries whose reasons one page reads at most when words are looked for.</summary>
    public const int LookedAtForWords = AuditWordSearch.MostLookedAt;

    private const int MostRelated = 20;

    private static readonly HashSet<string> OfStaff = ["approvalAskedBy", "approvedBy", "askedBy", "assignee"];

    public async Task<AuditEntryPage> PageAsync(Actor actor, AuditQuery query, AuditPosition position, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        if (query.Words is { Length: > 0 })
            return await WordPageAsync(query, position, cancellationToken);
        await using var db = database.Open();
        var places = await new AuditSearch(db, query).FindAsync(position, PageSize + 1, cancellationToken).Take(PageSize + 1).ToListAsync(cancellationToken);
        var (hasMore, shown) = (places.Count > PageSize, places.Take(PageSize).ToList());
        if (position.IsUpwards)
            shown.Reverse();
        var rows = await RowsAsync(db, await ReadAsync(db, shown, cancellationToken), cancellationToken);
        var (hasNewer, hasOlder) = position.IsUpwards ? (hasMore, position.From is not null) : (position.From is not null, hasMore);
        return new AuditEntryPage(rows, hasNewer && shown.Count > 0 ? shown[0] : null, hasOlder && shown.Count > 0 ? shown[^1] : null);
    }

    private async Task<AuditEntryPage> WordPageAsync(AuditQuery query, AuditPosition position, CancellationToken cancellationToken)
    {
        await using var places = database.Open();
        await using var db = database.Open();
        var (found, look) = await new AuditWordSearch(places, db, query, clock).FindAsync(position, PageSize, cancellationToken);
        var stopped = found.Count == PageSize ? null : look;
        if (position.IsUpwards)
            found.Reverse();
        var rows = await RowsAsync(db, found, cancellationToken);
        // Back goes to where this page came from, whether or not anything was found on it.
        return position.IsUpwards
            ? new AuditEntryPage(rows, look?.To, position.From is { } below ? new AuditPlace(below.At, below.Id + 1) : null, stopped)
            : new AuditEntryPage(rows, position.From is { } above ? new AuditPlace(above.At, above.Id - 1) : null, look?.To, stopped);
    }

    /// <summary>The entries of some places, in their order.</summary>
    internal static async Task<List<AuditEntry>> ReadAsync(PortalDbContext db, IReadOnlyList<AuditPlace> places, CancellationToken cancellationToken)
    {
        var ids = places.Select(p => p.Id).ToList();
        var entries = await db.AuditEntries.AsNoTracking().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, cancellationToken);
        return [.. ids.Where(entries.ContainsKey).Select(id => entries[id])];
    }

    public async Task<AuditEntryDetails?> FindAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var entry = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancellationToken);
        if (entry is null)
            return null;
        var related = entry.RequestId is { } request
            ? await db.AuditEntries.AsNoTracking().Where(e => e.RequestId == request && e.Id != id).OrderByDescending(e => e.At).ThenByDescending(e => e.Id).Take(MostRelated).ToListAsync(cancellationToken)
            : [];
        var rows = await RowsAsync(db, [entry, .. related], cancellationToken);
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return new AuditEntryDetails(
            rows[0], await WithNamesAsync(db, AuditLeaf.Values(leaf.RootElement), cancellationToken), AuditLeaf.Indented(leaf.RootElement),
            entry.LeafHash is { } hash ? Convert.ToHexStringLower(hash) : null, [.. rows.Skip(1)]);
    }

    /// <summary>Values that are ids of members of staff, as the names that these have today.</summary>
    private static async Task<IReadOnlyList<AuditValue>> WithNamesAsync(PortalDbContext db, IReadOnlyList<AuditValue> values, CancellationToken cancellationToken)
    {
        var ids = values.Where(v => OfStaff.Contains(v.Name)).SelectMany(v => new[] { v.Before, v.After }).OfType<string>().Where(text => Guid.TryParse(text, out _)).ToHashSet();
        if (ids.Count == 0)
            return values;
        var names = await ActorNames.OfAsync(db, ids.Select(id => (ActorKind.Staff, id)), cancellationToken);
        return [.. values.Select(v => OfStaff.Contains(v.Name) ? new AuditValue(v.Name, Named(v.Before), Named(v.After)) : v)];

        string? Named(string? value) => value is not null && ids.Contains(value) ? names.Of(ActorKind.Staff, value) : value;
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

    internal static async Task<IReadOnlyList<AuditRow>> RowsAsync(PortalDbContext db, IReadOnlyList<AuditEntry> entries, CancellationToken cancellationToken)
    {
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return [.. entries.Select(e => Row(e, names.Of(e.ActorKind, e.ActorId)))];
    }

    private static AuditRow Row(AuditEntry entry, string who)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return new AuditRow(
            entry.Id, entry.At, entry.ActorKind, entry.ActorId, who, AuditLeaf.Text(leaf.RootElement.GetProperty("actor"), "role"), entry.Action, entry.ObjectKind, entry.ObjectId,
            entry.SubscriberId, AuditLeaf.Text(leaf.RootElement, "reason"), entry.RequestId, entry.LeafIndex)
        {
            IpAddress = AuditLeaf.Text(leaf.RootElement, "ip"),
        };
    }
}
