using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Audit;

public sealed class AuditProofTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    private AuditProofs Proofs => _portal.Get<AuditProofs>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        foreach (var count in (int[])[1, 2, 7, 3, 11])
            await AddAsync(count);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Every_sealed_entry_has_a_proof_that_holds_with_the_published_key_alone()
    {
        await using var db = _portal.Database.Open();
        foreach (var entry in await db.AuditEntries.AsNoTracking().ToListAsync())
        {
            var proof = (await Proofs.OfEntryAsync(_portal.Staff, entry.Id, default)).Value;
            var read = AuditProof.Read(proof.ToJson()).Value;
            Assert.True(read.Verify(Published()).Valid);
            Assert.Equal(Encoding.UTF8.GetString(entry.Leaf), read.Leaf);
            Assert.False((read with { Leaf = read.Leaf!.Replace("deed", "gift", StringComparison.Ordinal) }).Verify(Published()).Valid);
            Assert.False((read with { Index = read.Index + 1 }).Verify(Published()).Valid);
        }
    }

    [Fact]
    public async Task The_log_is_proven_to_have_only_grown_since_every_checkpoint()
    {
        await using var db = _portal.Database.Open();
        var sizes = await db.AuditCheckpoints.Select(c => c.Size).OrderBy(s => s).ToListAsync();
        Assert.Equal(5, sizes.Count);
        foreach (var size in sizes)
        {
            var proof = (await Proofs.SinceAsync(_portal.Staff, size, default)).Value;
            Assert.True(proof.Verify(Published()).Valid, $"since {size}");
            Assert.Equal(size == sizes[^1], (proof with { Earlier = proof.Checkpoint }).Verify(Published()).Valid);
        }

        Assert.IsType<NoSuchCheckpoint>((await Proofs.SinceAsync(_portal.Staff, sizes[^1] + 1, default)).Failure);
    }

    [Fact]
    public async Task A_log_that_was_touched_gives_no_proof()
    {
        await using var db = _portal.Database.Open();
        var last = await db.AuditEntries.OrderByDescending(e => e.Id).FirstAsync();
        await db.AuditEntries.Where(e => e.LeafIndex == last.LeafIndex - 1).ExecuteUpdateAsync(e => e.SetProperty(x => x.LeafHash, new byte[32]));
        Assert.IsType<ProofDoesNotHold>((await Proofs.OfEntryAsync(_portal.Staff, last.Id, default)).Failure);
    }

    [Fact]
    public async Task An_entry_that_waits_for_its_seal_has_no_proof_yet()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Audit(_portal.Staff, _portal.Now, new AuditFact("deed.late", "thing", "1"));
                return Task.CompletedTask;
            },
            default);
        await using var db = _portal.Database.Open();
        var id = await db.AuditEntries.MaxAsync(e => e.Id);
        Assert.IsType<EntryIsNotSealed>((await Proofs.OfEntryAsync(_portal.Staff, id, default)).Failure);
    }

    [Fact]
    public async Task A_new_signing_key_leaves_what_the_former_one_signed_good_and_signs_from_then_on()
    {
        var former = Published();
        var rotated = await _portal.Get<RotateLogKey>().ExecuteAsync(_portal.Staff, default);
        await _portal.SealAsync();

        Assert.Equal((former, true), (rotated.Former, rotated.Current != former));
        Assert.Equal(rotated.Current, Published());
        Assert.True((await _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default)).Valid);
        await using var db = _portal.Database.Open();
        var notes = await db.AuditCheckpoints.OrderBy(c => c.Size).Select(c => c.Note).ToListAsync();
        Assert.All(notes[..^1], note => Assert.True(CheckpointVerifier.Verify(SignedNote.Parse(note).Value, former).IsSuccess));
        Assert.True(CheckpointVerifier.Verify(SignedNote.Parse(notes[^1]).Value, rotated.Current).IsSuccess);
        var first = (await db.AuditCheckpoints.OrderBy(c => c.Size).FirstAsync()).Size;
        Assert.True((await Proofs.SinceAsync(_portal.Staff, first, default)).Value.Verify(rotated.Current).Valid);
    }

    [Fact]
    public async Task The_log_is_verified_once_a_night_and_what_came_of_it_is_kept()
    {
        using var night = new VerifyAuditNightly(
            _portal.Get<VerifyAudit>(), _portal.Get<AuditVerifications>(), _portal.Get<Application.Messaging.Leases>(), _portal.Clock, Microsoft.Extensions.Logging.Abstractions.NullLogger<VerifyAuditNightly>.Instance);
        Assert.True((await night.VerifyWhenDueAsync(default))!.Found.Valid);
        Assert.Null(await night.VerifyWhenDueAsync(default));
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddHours(8));
        Assert.Null(await night.VerifyWhenDueAsync(default));
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddHours(9));
        Assert.NotNull(await night.VerifyWhenDueAsync(default));

        var kept = (await _portal.Get<AuditVerifications>().LatestAsync(_portal.Staff, default))!;
        Assert.Equal((_portal.Now, true, 24L), (kept.At, kept.Found.Valid, kept.Found.Size));
        Assert.Equal(2, (await _portal.AuditAsync("audit.verified")).Count);
    }

    private VerifierKey Published()
    {
        var ring = _portal.Get<KeyRing>();
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        return signer.VerifierKey;
    }

    private async Task AddAsync(int count)
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                for (var i = 0; i < count; i++)
                    db.Audit(_portal.Staff, _portal.Now, new AuditFact("deed.done", "thing", "1"));
                return Task.CompletedTask;
            },
            default);
        await _portal.SealAsync();
    }
}
