using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <param name="Zone">IANA: by whose calendar the days are those of the room.</param>
/// <param name="Purpose">Null for all.</param>
/// <param name="Asked">How many questions the auditor has kept.</param>
/// <param name="Comments">How many, of both sides.</param>
/// <param name="IsVisitorsWord">Whether the auditor spoke last; null while nobody has.</param>
public sealed record EvidenceRoomRow(
    Guid Id, string Name, Guid VisitorId, string Visitor, DateTimeOffset From, DateTimeOffset Until, DateOnly FirstDay, DateOnly LastDay, string Zone, string? Purpose, string OpenedBy, DateTimeOffset? ClosedAt, string? ClosedBy, int Asked,
    int Comments, bool? IsVisitorsWord)
{
    public bool IsOpenAt(DateTimeOffset now) => ClosedAt is null && From <= now && now < Until;
}

/// <summary>Somebody for whom a room can be opened.</summary>
public sealed record EvidenceVisitor(Guid Id, string Name, string Email);

/// <param name="From">Null for now.</param>
/// <param name="FirstDay">By the organisation's calendar, as is the last one.</param>
public sealed record NewEvidenceRoom(string Name, Guid VisitorId, DateTimeOffset? From, DateTimeOffset Until, DateOnly FirstDay, DateOnly LastDay, PurposeId? Purpose);

/// <summary>Opens rooms for auditors and closes them before their time.</summary>
public sealed class EvidenceRooms(PortalDatabase database, TimeProvider clock)
{
    private const int LongestName = 120;
    private const int Shown = 200;

    /// <summary>No room is open for longer.</summary>
    public const int MostDays = 90;

    /// <returns>Newest first.</returns>
    public async Task<IReadOnlyList<EvidenceRoomRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageEvidenceRooms);
        await using var db = database.Open();
        return await RowsAsync(db, db.EvidenceRooms.AsNoTracking(), cancellationToken);
    }

    public async Task<IReadOnlyList<EvidenceVisitor>> VisitorsAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageEvidenceRooms);
        await using var db = database.Open();
        return await Visitors(db).OrderBy(v => v.DisplayName).Take(Shown).Select(v => new EvidenceVisitor(v.Id, v.DisplayName, v.Email ?? "")).ToListAsync(cancellationToken);
    }

    public async Task<Result<Guid>> OpenAsync(Actor actor, NewEvidenceRoom wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageEvidenceRooms);
        var now = clock.GetUtcNow();
        await using var settings = database.Open();
        var room = new EvidenceRoom
        {
            Zone = await ReportTrail.ZoneAsync(settings, cancellationToken),
            Id = Guid.CreateVersion7(now), Name = wish.Name.Trim(), VisitorId = wish.VisitorId, From = wish.From ?? now, Until = wish.Until, FirstDay = wish.FirstDay, LastDay = wish.LastDay,
            PurposeId = wish.Purpose, OpenedAt = now, OpenedById = actor.Id, OpenedBy = actor.Name,
        };
        if (Refusal(actor, room, now) is { } refused)
            return refused;
        return await database.WriteAsync<Result<Guid>>(
            async db =>
            {
                if (!await Visitors(db).AnyAsync(v => v.Id == room.VisitorId, cancellationToken))
                    return new EvidenceRoomRefused("This person's role lets them visit no evidence room. Nothing was opened; an administrator can give them the role of a visiting auditor.");
                db.EvidenceRooms.Add(room);
                db.Audit(actor, now, new AuditFact("room.opened", "evidenceRoom", room.Id.ToString(), After: new Dictionary<string, object?>
                {
                    ["visitor"] = room.VisitorId.ToString(), ["from"] = room.From, ["until"] = room.Until, ["firstDay"] = room.FirstDay, ["lastDay"] = room.LastDay, ["zone"] = room.Zone, ["purpose"] = room.PurposeId?.ToString(),
                }));
                return room.Id;
            },
            cancellationToken);
    }

    /// <summary>Ends a room before its time: whoever is in it sees nothing more.</summary>
    public async Task<Result<Done>> CloseAsync(Actor actor, Guid id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageEvidenceRooms);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.EvidenceRooms.FindAsync([id], cancellationToken) is not { ClosedAt: null } room || room.Until <= now)
                    return new EvidenceRoomRefused("This room is closed already, or never existed. Nothing was changed.");
                (room.ClosedAt, room.ClosedBy) = (now, actor.Name);
                db.Audit(actor, now, new AuditFact("room.closed", "evidenceRoom", id.ToString(), Reason: reason.Trim(),
                    Before: new Dictionary<string, object?> { ["until"] = room.Until, ["closedAt"] = null }, After: new Dictionary<string, object?> { ["until"] = room.Until, ["closedAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }

    internal static async Task<IReadOnlyList<EvidenceRoomRow>> RowsAsync(PortalDbContext db, IQueryable<EvidenceRoom> rooms, CancellationToken cancellationToken) => await (
        from room in rooms
        join visitor in db.Users.AsNoTracking() on room.VisitorId equals visitor.Id
        join purpose in db.Purposes.AsNoTracking() on room.PurposeId equals purpose.Id into purposes
        from purpose in purposes.DefaultIfEmpty()
        orderby room.Until descending
        select new EvidenceRoomRow(
            room.Id, room.Name, room.VisitorId, visitor.DisplayName, room.From, room.Until, room.FirstDay, room.LastDay, room.Zone, purpose == null ? null : purpose.Name, room.OpenedBy, room.ClosedAt, room.ClosedBy,
            db.EvidenceQuestions.Count(q => q.RoomId == room.Id), db.EvidenceComments.Count(c => c.RoomId == room.Id),
            db.EvidenceComments.Where(c => c.RoomId == room.Id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => (bool?)c.IsOfVisitor).FirstOrDefault())).Take(Shown).ToListAsync(cancellationToken);

    private static IQueryable<StaffMember> Visitors(PortalDbContext db) => db.Users.AsNoTracking().Where(s => s.SuspendedAt == null && db.UserRoles.Any(u => u.UserId == s.Id
        && db.RoleClaims.Any(c => c.RoleId == u.RoleId && c.ClaimType == StaffRole.PermissionClaim && c.ClaimValue == Permissions.VisitEvidenceRooms)));

    private static EvidenceRoomRefused? Refusal(Actor actor, EvidenceRoom room, DateTimeOffset now)
    {
        if (room.Name.Length is 0 or > LongestName)
            return new EvidenceRoomRefused("Give the room a name of at most 120 characters. Nothing was opened.");
        if (room.Until <= now || room.Until <= room.From)
            return new EvidenceRoomRefused("The room would end before it begins, or has ended already. Nothing was opened; choose a later end.");
        if (room.Until - room.From > TimeSpan.FromDays(MostDays))
            return new EvidenceRoomRefused($"A room is open for {MostDays} days at most. Nothing was opened; choose an earlier end, and open another room when it is needed.");
        if (room.LastDay < room.FirstDay)
            return new EvidenceRoomRefused("The last day of which records are shown lies before the first. Nothing was opened; choose other days.");
        return actor.Id == room.VisitorId.ToString() ? new EvidenceRoomRefused("Nobody opens a room for themselves. Nothing was opened; ask a colleague.") : null;
    }
}

public sealed record EvidenceRoomRefused(string Message) : Failure(Message);
