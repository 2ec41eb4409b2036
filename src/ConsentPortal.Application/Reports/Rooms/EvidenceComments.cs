using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <param name="Question">The question that it is about; null for the room.</param>
/// <param name="Record">A record of that question's sample; null for the sample.</param>
public sealed record NewEvidenceComment(string Text, Guid? Question = null, long? Record = null);

/// <param name="Text">Null once the words were taken out.</param>
/// <param name="IsAsWritten">The words have the hash that the audit trail holds since they were written.</param>
public sealed record EvidenceCommentRow(
    Guid Id, Guid? Question, long? Record, DateTimeOffset At, string Author, bool IsOfVisitor, string? Text, DateTimeOffset? TakenOutAt, string? TakenOutBy, string? Sha256, bool IsAsWritten);

/// <summary>What auditor and staff say to each other in a room. Nobody changes it afterwards, and the trail tells when somebody has.</summary>
public sealed class EvidenceComments
{
    public const int Longest = 2_000;

    internal const string Commented = "room.commented";
    internal const string TakenOut = "room.commentTakenOut";

    private const int Most = 500;

    private readonly PortalDatabase _database;
    private readonly EvidenceReader _reader;
    private readonly TimeProvider _clock;

    internal EvidenceComments(PortalDatabase database, EvidenceReader reader, TimeProvider clock) => (_database, _reader, _clock) = (database, reader, clock);

    public async Task<Result<Guid>> AddAsync(Actor actor, Guid room, NewEvidenceComment wish, CancellationToken cancellationToken)
    {
        EvidenceDoor.Require(actor);
        if (wish.Text.Trim().Length is < 2 or > Longest)
            return new EvidenceRoomRefused("A comment has 2 to 2,000 characters. Nothing was kept.");
        var now = _clock.GetUtcNow();
        await using var look = _database.Open();
        if (NumbersInText.Any(wish.Text, await ReportTrail.CountryAsync(look, cancellationToken)))
            return new EvidenceRoomRefused("There is a telephone number in this comment, and a room is masked. Nothing was kept; name the record by its own number instead.");
        if (await SampleRefusalAsync(look, actor, room, wish, cancellationToken) is { } refused)
            return refused;
        return await _database.WriteAsync(db => AddAsync(db, actor, room, wish, now, cancellationToken), cancellationToken);
    }

    /// <summary>Takes the words out in which somebody is named. That there was a comment, whose and when, stays, and so does the hash of its words.</summary>
    public async Task<Result<Done>> TakeOutAsync(Actor actor, Guid comment, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageEvidenceRooms);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = _clock.GetUtcNow();
        return await _database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.EvidenceComments.FindAsync([comment], cancellationToken) is not { Text: not null } row)
                    return new EvidenceRoomRefused("The words of this comment were taken out already, or there is no such comment. Nothing was changed.");
                var before = new Dictionary<string, object?> { ["comment"] = comment.ToString(), ["sha256"] = HashOf(row.Text), ["takenOutAt"] = null };
                (row.Text, row.TakenOutAt, row.TakenOutBy) = (null, now, actor.Name);
                db.Audit(actor, now, new AuditFact(TakenOut, "evidenceRoom", row.RoomId.ToString(), Reason: reason.Trim(),
                    Before: before, After: new Dictionary<string, object?> { ["comment"] = comment.ToString(), ["sha256"] = null, ["takenOutAt"] = now }));
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>Oldest first, each compared with what the trail holds of it.</summary>
    internal static async Task<IReadOnlyList<EvidenceCommentRow>> ReadAsync(PortalDbContext db, Guid room, CancellationToken cancellationToken)
    {
        var comments = await db.EvidenceComments.AsNoTracking().Where(c => c.RoomId == room).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(cancellationToken);
        if (comments.Count == 0)
            return [];
        var key = room.ToString();
        var leaves = await db.AuditEntries.AsNoTracking().Where(e => e.ObjectKind == "evidenceRoom" && e.ObjectId == key && e.Action == Commented).Select(e => e.Leaf).ToListAsync(cancellationToken);
        var hashes = leaves.Select(HashIn).ToDictionary(h => h.Comment, h => h.Sha256);
        return comments.ConvertAll(c => Row(c, hashes.GetValueOrDefault(c.Id.ToString())));
    }

    private static EvidenceCommentRow Row(EvidenceComment c, string? hash) => new(
        c.Id, c.QuestionId, c.RecordId, c.At, c.Author, c.IsOfVisitor, c.Text, c.TakenOutAt, c.TakenOutBy, hash, hash is not null && (c.Text is null || HashOf(c.Text) == hash));

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static (string Comment, string Sha256) HashIn(byte[] leaf)
    {
        using var json = JsonDocument.Parse(leaf);
        var after = json.RootElement.GetProperty("after");
        return (after.GetProperty("comment").GetString()!, after.GetProperty("sha256").GetString()!);
    }

    private async Task<Failure?> SampleRefusalAsync(PortalDbContext db, Actor actor, Guid room, NewEvidenceComment wish, CancellationToken cancellationToken)
    {
        if (wish.Question is not { } question)
            return null;
        if (await EvidenceDoor.QuestionAsync(db, actor, question, _clock.GetUtcNow(), cancellationToken) is not var (asked, of) || of.Id != room)
            return new EvidenceRoomClosed();
        if (wish.Record is not { } id)
            return null;
        return (await _reader.DrawAsync(db, of, asked, cancellationToken)).Ids.Contains(id)
            ? await _reader.NamedAsync(db, asked.Kind, id, wish.Text, cancellationToken)
            : new EvidenceRoomRefused("This record is not in the sample. Nothing was kept; comment on a record of the sample.");
    }

    private static async Task<Result<Guid>> AddAsync(PortalDbContext db, Actor actor, Guid id, NewEvidenceComment wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await EvidenceDoor.RoomAsync(db, actor, id, now, cancellationToken) is not { } room)
            return new EvidenceRoomClosed();
        if (!room.IsOpenAt(now))
            return new EvidenceRoomRefused("The room is not open, so nobody would read this. Nothing was kept.");
        if (await db.EvidenceComments.CountAsync(c => c.RoomId == id, cancellationToken) >= Most)
            return new EvidenceRoomRefused("This room holds 500 comments already. Nothing was kept.");
        var comment = new EvidenceComment
        {
            Id = Guid.CreateVersion7(now), RoomId = id, QuestionId = wish.Question, RecordId = wish.Record, At = now, AuthorId = actor.Id, Author = actor.Name,
            IsOfVisitor = EvidenceDoor.IsVisitor(actor, room), Text = wish.Text.Trim(),
        };
        db.EvidenceComments.Add(comment);
        db.Audit(actor, now, new AuditFact(Commented, "evidenceRoom", id.ToString(), After: new Dictionary<string, object?>
        {
            ["comment"] = comment.Id.ToString(), ["question"] = wish.Question?.ToString(), ["record"] = wish.Record, ["sha256"] = HashOf(comment.Text),
        }));
        return comment.Id;
    }
}
