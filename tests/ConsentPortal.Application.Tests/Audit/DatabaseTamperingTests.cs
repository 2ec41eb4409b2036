using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static ConsentPortal.Application.Audit.BundleProblemKind;

namespace ConsentPortal.Application.Tests.Audit;

/// <summary>
/// Thirty sealed entries under three checkpoints, touched by SQL in the database file as somebody with the administrator's password
/// would: what a verification names.
/// </summary>
public sealed class DatabaseTamperingTests : IAsyncLifetime
{
    private const int Size = 30;

    // As an insider does it who knows that the hash of a leaf stands beside it.
    private const string LeafOf12 = "UPDATE AuditEntries SET Leaf = CAST(REPLACE(CAST(Leaf AS TEXT), 'deed', 'gift') AS BLOB) WHERE LeafIndex = 12;";
    private const string Others = "Id + 1000, At, ActorKind, ActorId, Action, ObjectKind, ObjectId, SubscriberId, RequestId, Leaf";

    private PeoplePortal _portal = null!;

    private string Backup => Path.Combine(_portal.Folder, "backup.db");

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        for (var batch = 0; batch < 3; batch++)
            await AddAsync(10);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    public static TheoryData<string, string, string> Tamperings => new()
    {
        { "a leaf edited", LeafOf12, "Edited 12, Root 20" },
        { "a column that the page shows edited", "UPDATE AuditEntries SET Action = 'deed.other' WHERE LeafIndex = 12", "Edited 12" },
        { "another actor shown", "UPDATE AuditEntries SET ActorId = 'somebody' WHERE LeafIndex = 12", "Edited 12" },
        { "a deed of staff shown as one of a job", "UPDATE AuditEntries SET ActorKind = 3 WHERE LeafIndex = 12", "Edited 12" },
        { "a kind of actor that there is not", "UPDATE AuditEntries SET ActorKind = 99 WHERE LeafIndex = 12", "Edited 12" },
        { "another object shown", "UPDATE AuditEntries SET ObjectId = '2' WHERE LeafIndex = 12", "Edited 12" },
        { "another kind of object shown", "UPDATE AuditEntries SET ObjectKind = 'person' WHERE LeafIndex = 12", "Edited 12" },
        { "an entry put under a request", "UPDATE AuditEntries SET RequestId = 'r-2' WHERE LeafIndex = 12", "Edited 12" },
        { "an instant edited", "UPDATE AuditEntries SET At = At + 1 WHERE LeafIndex = 12", "Edited 12" },
        { "an entry taken away from a person", "UPDATE AuditEntries SET SubscriberId = zeroblob(16) WHERE LeafIndex = 12", "Edited 12" },
        { "the hash of a leaf edited", "UPDATE AuditEntries SET LeafHash = zeroblob(32) WHERE LeafIndex = 12", "Edited 12" },
        { "one removed", "DELETE FROM AuditEntries WHERE LeafIndex = 12", "Removed 12" },
        { "first removed", "DELETE FROM AuditEntries WHERE LeafIndex = 0", "Removed 0" },
        { "tail removed", "DELETE FROM AuditEntries WHERE LeafIndex >= 25", "Truncated 25" },
        { "all removed", "DELETE FROM AuditEntries", "Truncated 0" },
        { "tail removed with its checkpoint", "DELETE FROM AuditEntries WHERE LeafIndex >= 20; DELETE FROM AuditCheckpoints WHERE Size > 20", "RolledBack 20" },
        { "everything removed", "DELETE FROM AuditEntries; DELETE FROM AuditCheckpoints", "RolledBack 0" },
        { "removed and the rest moved up", "DELETE FROM AuditEntries WHERE LeafIndex = 12; UPDATE AuditEntries SET LeafIndex = LeafIndex - 1000 WHERE LeafIndex > 12; UPDATE AuditEntries SET LeafIndex = LeafIndex + 999 WHERE LeafIndex < 0", "Root 20, Truncated 29" },
        { "two swapped", "UPDATE AuditEntries SET LeafIndex = -1 WHERE LeafIndex = 12; UPDATE AuditEntries SET LeafIndex = 12 WHERE LeafIndex = 13; UPDATE AuditEntries SET LeafIndex = 13 WHERE LeafIndex = -1", "Root 20, Swapped 13" },
        { "one inserted among them", "UPDATE AuditEntries SET LeafIndex = LeafIndex + 1000 WHERE LeafIndex >= 12; UPDATE AuditEntries SET LeafIndex = LeafIndex - 999 WHERE LeafIndex >= 1000;"
            + $"INSERT INTO AuditEntries SELECT {Others}, 12, LeafHash FROM AuditEntries WHERE LeafIndex = 3", "Root 20, Duplicated 12, Inserted 30" },
        { "one appended as if sealed", $"INSERT INTO AuditEntries SELECT {Others}, 30, LeafHash FROM AuditEntries WHERE LeafIndex = 3", "Inserted 30" },
        { "one replaced by a copy of another", "UPDATE AuditEntries SET (At, Action, ObjectId, Leaf, LeafHash) = (SELECT At, Action, ObjectId, Leaf, LeafHash FROM AuditEntries WHERE LeafIndex = 3) WHERE LeafIndex = 12", "Root 20, Duplicated 12" },
        { "a checkpoint edited", "UPDATE AuditCheckpoints SET Note = REPLACE(Note, char(10) || '20' || char(10), char(10) || '21' || char(10)) WHERE Size = 20", "Signature 20" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Tampering_in_the_database_file_is_detected_and_named(string what, string sql, string expected)
    {
        Assert.True((await VerifyAsync()).Valid);
        await TouchAsync(sql);

        var found = await VerifyAsync();

        Assert.False(found.Valid, what);
        Assert.Equal(expected.Split(", ").Order(StringComparer.Ordinal), found.Problems.Select(p => $"{p.Kind} {p.Index}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("SubscriberId = zeroblob(16)")]
    [InlineData("SubscriberId = NULL")]
    [InlineData("RequestId = 'r-2'")]
    [InlineData("RequestId = NULL")]
    public async Task An_entry_about_somebody_can_not_be_moved_to_another_person_or_request(string but)
    {
        var person = await _portal.AddPersonAsync();
        var actor = _portal.Staff with { Origin = new ActorOrigin("r-1", null) };
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Audit(actor, _portal.Now, new AuditFact("deed.about", "subscriber", person.ToString(), person));
                return Task.CompletedTask;
            },
            default);
        await _portal.SealAsync();
        Assert.True((await VerifyAsync()).Valid);

        await TouchAsync($"UPDATE AuditEntries SET {but} WHERE Action = 'deed.about'");

        Assert.Equal(Edited, Assert.Single((await VerifyAsync()).Problems).Kind);
    }

    public static TheoryData<string, string, string[]> LedgerTamperings => new()
    {
        { "a skipped text made a delivered one", "UPDATE OutboundMessages SET State = 5 WHERE Id = 2", ["Text 2 stands in the send ledger as delivered, but the log last says skipped"] },
        { "a sent text made one that never left", "UPDATE OutboundMessages SET State = 8, SentAt = NULL WHERE Id = 1", ["Text 1 stands in the send ledger as skipped, but the log last says accepted"] },
        { "put back to what it was earlier", "UPDATE OutboundMessages SET State = 3 WHERE Id = 1", ["Text 1 stands in the send ledger as sending, but the log last says accepted"] },
        { "taken out", "DELETE FROM OutboundMessages WHERE Id = 2", ["Text 2 is not in the send ledger any more, and the log last says that it was skipped"] },
        { "one put in", PutIn("Id = 4, PlannedAt = PlannedAt + 1, State = 5"), ["Text 4 stands in the send ledger as delivered, but no entry of the log names it"] },
        { "one put in as tried in vain", PutIn("Id = 4, PlannedAt = PlannedAt + 1, State = 6"), ["Text 4 stands in the send ledger as failed, but no entry of the log names it"] },
        { "one put in that was planned earlier and left later", PutIn("Id = 4, SentAt = SentAt + 1"), ["Text 4 stands in the send ledger as accepted, but no entry of the log names it"] },
        { "one put in that was planned earlier and decided on later", PutIn("Id = 4, SentAt = NULL, DecidedAt = PlannedAt + 1, State = 9"), ["Text 4 stands in the send ledger as unconfirmed, but no entry of the log names it"] },
        { "one put in far behind the others", PutIn("Id = 1099511627776, PlannedAt = PlannedAt + 1"), ["Text 1099511627776 stands in the send ledger as accepted, but no entry of the log names it"] },
        { "one put in at the last id that there is", PutIn("Id = 9223372036854775807, PlannedAt = PlannedAt + 1"), ["Text 9223372036854775807 stands in the send ledger as accepted, but no entry of the log names it"] },
        { "one put in before all others", PutIn("Id = -4, PlannedAt = PlannedAt + 1"), ["Text -4 stands in the send ledger as accepted, but no entry of the log names it"] },
        { "two exchanged", "UPDATE OutboundMessages SET State = CASE Id WHEN 1 THEN 8 ELSE 4 END WHERE Id <= 2", ["Text 1 stands in the send ledger as skipped", "Text 2 stands in the send ledger as accepted"] },
    };

    /// <summary>A copy of the text that was accepted, with something else in it.</summary>
    private static string PutIn(string but) =>
        $"CREATE TEMP TABLE Added AS SELECT * FROM OutboundMessages WHERE Id = 1; UPDATE Added SET ClientRef = 'put-in', {but}; INSERT INTO OutboundMessages SELECT * FROM Added";

    [Theory]
    [MemberData(nameof(LedgerTamperings))]
    public async Task Tampering_with_the_send_ledger_in_the_database_file_is_detected_and_the_text_named(string what, string sql, string[] expected)
    {
        await AddTextsAsync();
        Assert.Empty((await VerifyAsync()).Problems);
        await TouchAsync(sql);

        var found = await VerifyAsync();

        Assert.False(found.Valid, what);
        Assert.All(found.Problems, problem => Assert.Equal(Ledger, problem.Kind));
        Assert.Equal(expected.Length, found.Problems.Count);
        Assert.All(expected.Zip(found.Problems), pair => Assert.StartsWith(pair.First, pair.Second.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_ledger_is_compared_with_a_whole_log_only_and_a_broken_one_says_so()
    {
        await AddTextsAsync();
        await TouchAsync("DELETE FROM AuditEntries WHERE LeafIndex = 12; UPDATE OutboundMessages SET State = 5 WHERE Id = 2");

        var found = await VerifyAsync();

        Assert.Equal([Removed], found.Problems.Select(p => p.Kind));
        Assert.Contains(found.Notes, note => note.StartsWith("The send ledger was not compared", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ledger_of_more_texts_than_are_compared_at_once_is_compared_in_several_passages()
    {
        await AddTextsAsync();
        await TouchAsync("UPDATE OutboundMessages SET State = 5 WHERE Id = 2");
        using var signer = CheckpointSigner.FromSeed(_portal.Get<KeyRing>().LogName, _portal.Get<KeyRing>().SigningSeed);

        var found = await new AuditLogVerifier(_portal.Database, [signer.VerifierKey], [], textsAtOnce: 2).VerifyAsync(default);

        Assert.StartsWith("Text 2 stands", Assert.Single(found.Problems).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_was_put_in_is_named_in_whichever_passage_it_lies()
    {
        await AddTextsAsync();
        await TouchAsync(PutIn("Id = 4, PlannedAt = PlannedAt + 1"));
        using var signer = CheckpointSigner.FromSeed(_portal.Get<KeyRing>().LogName, _portal.Get<KeyRing>().SigningSeed);

        for (var textsAtOnce = 1; textsAtOnce < 6; textsAtOnce++)
        {
            var found = await new AuditLogVerifier(_portal.Database, [signer.VerifierKey], [], textsAtOnce).VerifyAsync(default);

            Assert.StartsWith("Text 4 stands in the send ledger as accepted, but no entry", Assert.Single(found.Problems).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Texts_from_before_the_log_named_any_and_those_that_were_only_planned_or_skipped_are_in_no_entry_and_accused_of_nothing()
    {
        await AddTextsAsync();
        foreach (var but in new[] { "Id = 4", "Id = 5, PlannedAt = PlannedAt - 1", "Id = 6, PlannedAt = PlannedAt + 1, SentAt = NULL, State = 1", "Id = 7, PlannedAt = PlannedAt + 1, SentAt = NULL, State = 8" })
            await TouchAsync(PutIn(but).Replace("put-in", but, StringComparison.Ordinal));

        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Fact]
    public async Task A_log_that_has_never_named_a_text_accuses_none()
    {
        var person = await _portal.AddPersonAsync();
        await _portal.SendAsync(person, _portal.Now.AddDays(1), MessageState.Delivered);

        Assert.Empty((await VerifyAsync()).Problems);
    }

    [Fact]
    public async Task An_edited_leaf_whose_hash_was_made_to_fit_is_found_by_the_signed_root()
    {
        await TouchAsync(LeafOf12);
        await using (var db = _portal.Database.Open())
        {
            var leaf = await db.AuditEntries.Where(e => e.LeafIndex == 12).Select(e => e.Leaf).SingleAsync();
            var hash = MerkleHash.OfLeaf(leaf).ToBytes();
            await db.AuditEntries.Where(e => e.LeafIndex == 12).ExecuteUpdateAsync(e => e.SetProperty(x => x.LeafHash, hash).SetProperty(x => x.Action, "gift.2"));
        }

        var problem = Assert.Single((await VerifyAsync()).Problems, p => p.Kind == Root);
        Assert.Contains("The entries 10 to 19 are not those that were signed", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_that_is_put_back_is_found_by_the_checkpoint_outside_however_the_log_grows_afterwards()
    {
        await TouchAsync($"VACUUM INTO '{Backup}'");
        await AddAsync(5);
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(_portal.Folder, "portal.db*"))
            File.Delete(file);
        File.Move(Backup, Path.Combine(_portal.Folder, "portal.db"));

        Assert.Equal([RolledBack], (await VerifyAsync()).Problems.Select(p => p.Kind));
        await AddAsync(20);
        Assert.Equal([Root], (await VerifyAsync()).Problems.Select(p => p.Kind));
    }

    private Task<BundleVerification> VerifyAsync() => _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default);

    private async Task AddAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _portal.Clock.Advance(TimeSpan.FromSeconds(1));
            await _portal.Database.WriteAsync(
                db =>
                {
                    db.Audit(_portal.Staff, _portal.Now, new AuditFact($"deed.{i}", "thing", "1"));
                    return Task.CompletedTask;
                },
                default);
        }

        await _portal.SealAsync();
    }

    /// <summary>Text 1 was decided on, handed over and accepted, 2 was skipped, 3 is of the time before the log named texts.</summary>
    private async Task AddTextsAsync()
    {
        var person = await _portal.AddPersonAsync();
        foreach (var state in new[] { MessageState.Accepted, MessageState.Skipped, MessageState.Delivered })
            await _portal.SendAsync(person, _portal.Now, state);
        await SayAsync("texts.decided", (1, MessageState.Sending), (2, MessageState.Skipped));
        await SayAsync("texts.handedOver", (1, MessageState.Accepted));
        await _portal.SealAsync();
    }

    private Task SayAsync(string action, params (long Text, MessageState State)[] words) => _portal.Database.WriteAsync(
        db =>
        {
            var trail = new TextTrail(action);
            foreach (var (text, state) in words)
                trail.Says(text, state);
            trail.WriteTo(db, _portal.Staff, _portal.Now);
            return Task.CompletedTask;
        },
        default);

    private async Task TouchAsync(string sql)
    {
        await using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(_portal.Folder, "portal.db"), Pooling = false }.ToString());
        await file.OpenAsync();
        await using var command = file.CreateCommand();
#pragma warning disable CA2100 // The tampering itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
