using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <param name="Questions">Oldest first.</param>
/// <param name="Comments">Oldest first.</param>
public sealed record EvidenceRoomView(EvidenceRoomRow Room, IReadOnlyList<AskedQuestion> Questions, IReadOnlyList<EvidenceCommentRow> Comments);

public sealed record AskedQuestion(Guid Id, string Name, EvidenceKind Kind, string Seed, int Size, DateTimeOffset AskedAt);

/// <param name="Size">How many are drawn: 1 to <see cref="VisitEvidenceRoom.MostDrawn"/>.</param>
public sealed record NewEvidenceQuestion(string Name, EvidenceKind Kind, string Seed, int Size);

/// <summary>A sample as it was drawn now.</summary>
/// <param name="Population">How many records the sample was drawn of.</param>
public sealed record EvidenceSample(AskedQuestion Question, long Population, IReadOnlyList<EvidenceLine> Lines);

/// <param name="Id">Of the consent event or of the text.</param>
/// <param name="Person">Masked; null once the person's key is destroyed.</param>
public sealed record EvidenceLine(long Id, DateTimeOffset At, string? Person, string? Region, string Purpose, string What);

/// <summary>
/// What an auditor does in a room that is open for them: ask, draw, look. The staff who open rooms see the same. Everything is
/// masked, the samples can be drawn again by anybody who has the seed, and each look is in the audit trail before it is shown.
/// </summary>
public sealed class VisitEvidenceRoom
{
    public const int MostDrawn = 200;

    internal const string ItemViewed = "room.itemViewed";

    private const int LongestName = 120;
    private const int LongestSeed = 60;
    private const int MostQuestions = 200;

    private readonly PortalDatabase _database;
    private readonly EvidenceReader _reader;
    private readonly TimeProvider _clock;

    internal VisitEvidenceRoom(PortalDatabase database, EvidenceReader reader, TimeProvider clock) => (_database, _reader, _clock) = (database, reader, clock);

    /// <summary>The rooms that were ever opened for this auditor, those that end last first.</summary>
    public async Task<IReadOnlyList<EvidenceRoomRow>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.VisitEvidenceRooms);
        await using var db = _database.Open();
        return Guid.TryParse(actor.Id, out var me) ? await EvidenceRooms.RowsAsync(db, db.EvidenceRooms.AsNoTracking().Where(r => r.VisitorId == me), cancellationToken) : [];
    }

    public async Task<Result<EvidenceRoomView>> EnterAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        EvidenceDoor.Require(actor);
        return await _database.WriteAsync<Result<EvidenceRoomView>>(
            async db =>
            {
                if (await RoomAsync(db, actor, id, cancellationToken) is null)
                    return new EvidenceRoomClosed();
                db.Audit(actor, _clock.GetUtcNow(), new AuditFact("room.viewed", "evidenceRoom", id.ToString()));
                var room = (await EvidenceRooms.RowsAsync(db, db.EvidenceRooms.AsNoTracking().Where(r => r.Id == id), cancellationToken))[0];
                var questions = await db.EvidenceQuestions.AsNoTracking().Where(q => q.RoomId == id).OrderBy(q => q.AskedAt).ToListAsync(cancellationToken);
                return new EvidenceRoomView(room, questions.ConvertAll(Asked), await EvidenceComments.ReadAsync(db, id, cancellationToken));
            },
            cancellationToken);
    }

    /// <summary>Keeps a question; <see cref="AnswerAsync"/> draws for it, now and whenever it is opened again.</summary>
    public async Task<Result<Guid>> AskAsync(Actor actor, Guid room, NewEvidenceQuestion wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.VisitEvidenceRooms);
        if (Refusal(wish) is { } refused)
            return refused;
        var now = _clock.GetUtcNow();
        return await _database.WriteAsync<Result<Guid>>(
            async db =>
            {
                if (await RoomAsync(db, actor, room, cancellationToken) is not { } open || !EvidenceDoor.IsVisitor(actor, open))
                    return new EvidenceRoomClosed();
                if (await db.EvidenceQuestions.CountAsync(q => q.RoomId == room, cancellationToken) >= MostQuestions)
                    return new EvidenceRoomRefused("This room holds 200 questions already. Nothing was kept.");
                var question = new EvidenceQuestion { Id = Guid.CreateVersion7(now), RoomId = room, Name = wish.Name.Trim(), Kind = wish.Kind, Seed = wish.Seed.Trim(), Size = wish.Size, AskedAt = now };
                db.EvidenceQuestions.Add(question);
                db.Audit(actor, now, new AuditFact("room.asked", "evidenceRoom", room.ToString(), After: new Dictionary<string, object?>
                {
                    ["question"] = question.Id.ToString(), ["kind"] = question.Kind, ["seed"] = question.Seed, ["size"] = question.Size,
                }));
                return question.Id;
            },
            cancellationToken);
    }

    /// <summary>Draws the sample of a kept question: the same as at the first time, whatever was recorded since.</summary>
    public async Task<Result<EvidenceSample>> AnswerAsync(Actor actor, Guid question, CancellationToken cancellationToken)
    {
        EvidenceDoor.Require(actor);
        await using var look = _database.Open();
        if (await QuestionAsync(look, actor, question, cancellationToken) is not var (asked, room))
            return new EvidenceRoomClosed();
        var (population, ids) = await _reader.DrawAsync(look, room, asked, cancellationToken);
        var lines = await _reader.LinesAsync(look, asked, ids, cancellationToken);
        await _database.WriteAsync(
            db =>
            {
                db.Audit(actor, _clock.GetUtcNow(), new AuditFact("room.sampleViewed", "evidenceRoom", room.Id.ToString(), After: new Dictionary<string, object?>
                {
                    ["question"] = question.ToString(), ["population"] = population, ["drawn"] = ids.Count,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return new EvidenceSample(Asked(asked), population, lines);
    }

    /// <summary>One record of a sample with all that shows how it came about.</summary>
    /// <param name="id">Has to be in the sample: a room is no way to look at whom one likes.</param>
    public async Task<Result<EvidenceItem>> ItemAsync(Actor actor, Guid question, long id, CancellationToken cancellationToken)
    {
        EvidenceDoor.Require(actor);
        await using var look = _database.Open();
        if (await QuestionAsync(look, actor, question, cancellationToken) is not var (asked, room))
            return new EvidenceRoomClosed();
        if (!(await _reader.DrawAsync(look, room, asked, cancellationToken)).Ids.Contains(id) || await _reader.ItemAsync(look, asked, id, _clock.GetUtcNow(), cancellationToken) is not { } item)
            return new EvidenceRoomRefused("This record is not in the sample. Draw the sample again and choose from it.");
        await _database.WriteAsync(
            db =>
            {
                db.Audit(actor, _clock.GetUtcNow(), new AuditFact(ItemViewed, "evidenceRoom", room.Id.ToString(), item.PersonId, $"Sample \"{asked.Name}\"", After: new Dictionary<string, object?>
                {
                    ["question"] = question.ToString(), ["record"] = id, ["kind"] = asked.Kind,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return item;
    }

    private Task<EvidenceRoom?> RoomAsync(PortalDbContext db, Actor actor, Guid id, CancellationToken cancellationToken) => EvidenceDoor.RoomAsync(db, actor, id, _clock.GetUtcNow(), cancellationToken);

    private Task<(EvidenceQuestion, EvidenceRoom)?> QuestionAsync(PortalDbContext db, Actor actor, Guid id, CancellationToken cancellationToken) =>
        EvidenceDoor.QuestionAsync(db, actor, id, _clock.GetUtcNow(), cancellationToken);

    internal static AskedQuestion Asked(EvidenceQuestion q) => new(q.Id, q.Name, q.Kind, q.Seed, q.Size, q.AskedAt);

    private static EvidenceRoomRefused? Refusal(NewEvidenceQuestion wish) =>
        wish.Name.Trim().Length is 0 or > LongestName ? new("Give the question a name of at most 120 characters. Nothing was kept.")
        : wish.Seed.Trim().Length is 0 or > LongestSeed ? new("Give a seed of at most 60 characters: any word or number of yours. Nothing was kept.")
        : wish.Size is < 1 or > MostDrawn ? new($"A sample has 1 to {MostDrawn} records. Nothing was kept.")
        : Enum.IsDefined(wish.Kind) ? null : new EvidenceRoomRefused("Choose what to draw. Nothing was kept.");
}

public sealed record EvidenceRoomClosed()
    : Failure("This room is not open for you: its time is over or has not begun, or it was closed. Ask whoever opened it.");
