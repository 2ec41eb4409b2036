using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <summary>Who comes into a room: its auditor while it is open, and at any time those of the staff who open rooms.</summary>
internal static class EvidenceDoor
{
    /// <exception cref="NotPermitted">The actor neither visits rooms nor opens them.</exception>
    public static void Require(Actor actor)
    {
        if (!actor.May(Permissions.ManageEvidenceRooms))
            actor.Require(Permissions.VisitEvidenceRooms);
    }

    /// <returns>Null where the room is shut for this actor.</returns>
    public static async Task<EvidenceRoom?> RoomAsync(PortalDbContext db, Actor actor, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.EvidenceRooms.AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, cancellationToken) is { } room && IsIn(actor, room, now) ? room : null;

    /// <inheritdoc cref="RoomAsync"/>
    public static async Task<(EvidenceQuestion Question, EvidenceRoom Room)?> QuestionAsync(PortalDbContext db, Actor actor, Guid id, DateTimeOffset now, CancellationToken cancellationToken) =>
        await db.EvidenceQuestions.AsNoTracking().FirstOrDefaultAsync(q => q.Id == id, cancellationToken) is { } question && await RoomAsync(db, actor, question.RoomId, now, cancellationToken) is { } room
            ? (question, room)
            : null;

    public static bool IsVisitor(Actor actor, EvidenceRoom room) => actor.Kind == ActorKind.Staff && room.VisitorId.ToString() == actor.Id;

    private static bool IsIn(Actor actor, EvidenceRoom room, DateTimeOffset now) => IsVisitor(actor, room) ? room.IsOpenAt(now) : actor.May(Permissions.ManageEvidenceRooms);
}
