using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <param name="WithLog">The whole audit log goes with it, for those who may export it; otherwise the proofs of the room's own entries.</param>
public sealed record EvidencePackWish(Guid Room, bool WithLog = false);

/// <summary>
/// Packs a room to be taken away: its questions with the samples as they are drawn now, the comments, what proves the room's acts to
/// somebody without this portal, and a signed manifest. Everything in it is masked, and the trail has its hash before anybody gets it.
/// </summary>
public sealed class MakeEvidencePack
{
    public const string Taken = "room.packTaken";

    // What was done in the room; who looked at what is in the whole log.
    private static readonly string[] Acts = ["room.opened", "room.closed", "room.asked", EvidenceComments.Commented, EvidenceComments.TakenOut];

    private static readonly IReadOnlyList<ReportField> SampleFields = [new("Record"), new("At"), new("Person"), new("Country"), new("Purpose"), new("What")];

    private static readonly IReadOnlyList<ReportField> CommentFields = [new("At"), new("By"), new("Side"), new("Question"), new("Record"), new("Words"), new("Taken out by"), new("SHA-256 of the words"), new("As written")];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly PortalDatabase _database;
    private readonly EvidenceReader _reader;
    private readonly AuditLog _log;
    private readonly AuditProofs _proofs;
    private readonly KeyRing _ring;
    private readonly TimeProvider _clock;

    internal MakeEvidencePack(PortalDatabase database, EvidenceReader reader, AuditLog log, AuditProofs proofs, KeyRing ring, TimeProvider clock) =>
        (_database, _reader, _log, _proofs, _ring, _clock) = (database, reader, log, proofs, ring, clock);

    public async Task<Result<MadeReportFile>> ExecuteAsync(Actor actor, EvidencePackWish wish, CancellationToken cancellationToken)
    {
        EvidenceDoor.Require(actor);
        if (wish.WithLog)
            actor.Require(Permissions.ExportAudit);
        var now = _clock.GetUtcNow();
        await using var db = _database.Open();
        if (await EvidenceDoor.RoomAsync(db, actor, wish.Room, now, cancellationToken) is not { } room)
            return new EvidenceRoomClosed();
        var file = TemporaryFile.Open("room", now);
        try
        {
            var contents = await ReadAsync(db, room, now, cancellationToken);
            if (await WriteAsync(actor, wish, db, contents, file, now, cancellationToken) is { } failure)
            {
                await file.DisposeAsync();
                return failure;
            }

            return await FinishAsync(actor, contents, file, now, cancellationToken);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private async Task<RoomContents> ReadAsync(PortalDbContext db, EvidenceRoom room, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var row = (await EvidenceRooms.RowsAsync(db, db.EvidenceRooms.AsNoTracking().Where(r => r.Id == room.Id), cancellationToken))[0];
        var samples = new List<EvidenceSample>();
        foreach (var question in await db.EvidenceQuestions.AsNoTracking().Where(q => q.RoomId == room.Id).OrderBy(q => q.AskedAt).ToListAsync(cancellationToken))
        {
            var (population, ids) = await _reader.DrawAsync(db, room, question, cancellationToken);
            samples.Add(new EvidenceSample(VisitEvidenceRoom.Asked(question), population, await _reader.LinesAsync(db, question, ids, cancellationToken)));
        }

        return new RoomContents(row, samples, await EvidenceComments.ReadAsync(db, room.Id, cancellationToken), await ReportTrail.OrganisationAsync(db, cancellationToken), now);
    }

    private async Task<Failure?> WriteAsync(Actor actor, EvidencePackWish wish, PortalDbContext db, RoomContents contents, Stream file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var pack = new SignedPack(file, now, _ring);
        await pack.AddAsync("README.txt", System.Text.Encoding.UTF8.GetBytes(EvidencePackText.Of(contents, wish.WithLog)), cancellationToken);
        await pack.AddAsync("room.json", Bytes(contents.RoomJson()), cancellationToken);
        foreach (var (sample, name) in contents.Samples.Select((sample, i) => (sample, string.Create(CultureInfo.InvariantCulture, $"questions/{i + 1:000}"))))
        {
            await pack.AddAsync($"{name}.json", Bytes(sample), cancellationToken);
            await pack.AddAsync($"{name}.csv", await CsvAsync(SampleFields, sample.Lines.Select(Cells), cancellationToken), cancellationToken);
        }

        await pack.AddAsync("comments.json", Bytes(contents.Comments), cancellationToken);
        await pack.AddAsync("comments.csv", await CsvAsync(CommentFields, contents.Comments.Select(c => Cells(c, contents.Samples)), cancellationToken), cancellationToken);
        if ((wish.WithLog ? await AddLogAsync(actor, pack, now, cancellationToken) : await AddProofsAsync(pack, db, wish.Room, cancellationToken)) is { } failure)
            return failure;
        await pack.FinishAsync(new JsonObject { ["room"] = contents.Room.Id.ToString(), ["name"] = contents.Room.Name, ["madeBy"] = actor.Name }, Json, cancellationToken);
        return null;
    }

    /// <summary>Of the room's acts: what each needs to be checked against the signed root.</summary>
    private async Task<Failure?> AddProofsAsync(SignedPack pack, PortalDbContext db, Guid room, CancellationToken cancellationToken)
    {
        var key = room.ToString();
        var ids = await db.AuditEntries.AsNoTracking().Where(e => e.ObjectKind == "evidenceRoom" && e.ObjectId == key && Acts.Contains(e.Action)).Select(e => e.Id).ToListAsync(cancellationToken);
        if (!(await _proofs.OfEntriesAsync(db, ids, cancellationToken)).TryGet(out var proofs, out var failure))
            return failure;
        foreach (var proof in proofs)
            await pack.AddAsync(string.Create(CultureInfo.InvariantCulture, $"audit/proofs/{proof.Index}.json"), proof.ToJson(), cancellationToken);
        if (proofs is not [var first, ..])
            return null;
        await pack.AddAsync($"audit/{AuditBundle.Checkpoint}", System.Text.Encoding.UTF8.GetBytes(first.Checkpoint), cancellationToken);
        await pack.AddAsync($"audit/{AuditBundle.PublicKey}", System.Text.Encoding.UTF8.GetBytes($"{first.PublicKey}\n"), cancellationToken);
        return null;
    }

    private async Task<Failure?> AddLogAsync(Actor actor, SignedPack pack, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"room-log-{Guid.CreateVersion7(now):N}");
        try
        {
            if ((await _log.ExportAsync(actor, folder, cancellationToken)).Failure is { } failure)
                return failure;
            foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
            {
                await using var part = File.OpenRead(path);
                await pack.AddAsync($"audit/{Path.GetFileName(path)}", part, cancellationToken);
            }

            return null;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<MadeReportFile> FinishAsync(Actor actor, RoomContents contents, FileStream file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        file.Position = 0;
        var sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        file.Position = 0;
        var (size, room) = (file.Length, contents.Room.Id);
        await _database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact(Taken, "evidenceRoom", room.ToString(), After: new Dictionary<string, object?>
                {
                    ["sha256"] = sha256, ["bytes"] = size, ["questions"] = contents.Samples.Count, ["records"] = contents.Samples.Sum(s => s.Lines.Count), ["comments"] = contents.Comments.Count,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return new MadeReportFile(file, $"evidence-room-{room.ToString()[^12..]}.zip", "application/zip", sha256, room.ToString());
    }

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);

    private static async Task<byte[]> CsvAsync(IReadOnlyList<ReportField> fields, IEnumerable<IReadOnlyList<object?>> rows, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await using (var csv = new ReportCsv(bytes, fields))
        {
            await csv.BeginAsync(cancellationToken);
            foreach (var row in rows)
                await csv.AddAsync(row, cancellationToken);
        }

        return bytes.ToArray();
    }

    private static IReadOnlyList<object?> Cells(EvidenceLine line) => [line.Id, line.At, line.Person, line.Region, line.Purpose, line.What];

    private static IReadOnlyList<object?> Cells(EvidenceCommentRow c, IReadOnlyList<EvidenceSample> samples) =>
        [c.At, c.Author, c.IsOfVisitor ? "Auditor" : "Staff", samples.FirstOrDefault(s => s.Question.Id == c.Question)?.Question.Name, c.Record, c.Text, c.TakenOutBy, c.Sha256, c.IsAsWritten];
}

/// <param name="Samples">In the order in which they were asked for.</param>
/// <param name="Comments">Oldest first.</param>
internal sealed record RoomContents(EvidenceRoomRow Room, IReadOnlyList<EvidenceSample> Samples, IReadOnlyList<EvidenceCommentRow> Comments, string Organisation, DateTimeOffset MadeAt)
{
    public object RoomJson() => new
    {
        Room.Id, Room.Name, Organisation, Auditor = Room.Visitor, Room.From, Room.Until, Room.ClosedAt, Room.FirstDay, Room.LastDay, Room.Zone, Room.Purpose, Room.OpenedBy, MadeAt,
        Questions = Samples.Select(s => new { s.Question.Id, s.Question.Name, s.Question.Kind, s.Question.Seed, s.Question.Size, s.Question.AskedAt, s.Population, Drawn = s.Lines.Select(l => l.Id) }),
    };
}
