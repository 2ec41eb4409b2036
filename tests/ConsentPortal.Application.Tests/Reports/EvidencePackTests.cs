using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using NSec.Cryptography;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class EvidencePackTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pack").FullName;
    private PeoplePortal _portal = null!;
    private Actor _auditor = null!;
    private Guid _room;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _auditor = await RoomScene.VisitorAsync(_portal, "Ines Laurent");
        _room = await RoomScene.OpenAsync(_portal, _auditor);
        await RoomScene.PeopleAsync(_portal, 4);
        var question = await RoomScene.AskAsync(_portal, _auditor, _room, EvidenceKind.Consents, size: 3);
        await _portal.Get<EvidenceComments>().AddAsync(_auditor, _room, new NewEvidenceComment("=Which \"form\" was this?", question), default);
        await _portal.SealAsync();
    }

    public async Task DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_pack_holds_the_questions_with_their_samples_and_the_comments_and_everything_is_masked()
    {
        await UnzipAsync(new EvidencePackWish(_room));

        var drawn = Json("room.json").GetProperty("questions")[0];
        var sample = Json("questions/001.json");
        var rows = Text("questions/001.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(("seed 7", 3, 4L), (drawn.GetProperty("seed").GetString(), drawn.GetProperty("size").GetInt32(), drawn.GetProperty("population").GetInt64()));
        Assert.Equal(drawn.GetProperty("drawn").EnumerateArray().Select(d => d.GetInt64()), sample.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("id").GetInt64()));
        Assert.Equal(4, rows.Length);
        Assert.Contains("+1 212 ••• 300", rows[1], StringComparison.Ordinal);
        Assert.Equal("=Which \"form\" was this?", Json("comments.json")[0].GetProperty("text").GetString());
        Assert.DoesNotContain(",=Which", Text("comments.csv"), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(File.ReadAllText))
            Assert.DoesNotMatch("2125553|Okafor|203\\.0\\.113", file);
    }

    [Fact]
    public async Task The_manifest_names_every_file_and_is_signed_with_the_key_of_the_log()
    {
        await UnzipAsync(new EvidencePackWish(_room));

        var files = Json("manifest.json").GetProperty("files").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f.GetProperty("sha256").GetString());
        var there = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_folder, f).Replace('\\', '/')).Except(["manifest.json", "manifest.sig", "public-key"]);
        Assert.Equal(there.Order(), files.Keys.Order());
        Assert.All(files, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, file.Key)))), file.Value));
        // A second way to check: raw Ed25519 over the text of the note.
        var key = _portal.Get<AuditProofs>().CurrentKey(_portal.Staff);
        var note = Text("manifest.sig");
        var (text, line) = (note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)], note.TrimEnd().Split('\n')[^1]);
        var signature = Convert.FromBase64String(line.Split(' ')[^1])[4..];
        Assert.True(SignatureAlgorithm.Ed25519.Verify(PublicKey.Import(SignatureAlgorithm.Ed25519, key.PublicKey.Span, KeyBlobFormat.RawPublicKey), Encoding.UTF8.GetBytes(text), signature));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, "manifest.json")))), text.Split('\n')[1]);
    }

    [Fact]
    public async Task A_pack_verifies_without_the_portal_and_each_change_of_it_is_named()
    {
        await UnzipAsync(new EvidencePackWish(_room));
        var key = _portal.Get<AuditProofs>().CurrentKey(_portal.Staff);
        Assert.True((await PackVerifier.VerifyAsync(_folder, key, default)).Valid);
        Assert.True((await PackVerifier.VerifyAsync(_folder, null, default)).Valid);
        using var other = CheckpointSigner.Create(key.Name);
        Assert.Equal(BundleProblemKind.WrongKey, Assert.Single((await PackVerifier.VerifyAsync(_folder, other.VerifierKey, default)).Problems).Kind);

        await ChangedAsync("questions/001.csv", text => text + "1,,,,,\n", BundleProblemKind.Edited);
        await ChangedAsync("comments.json", _ => null, BundleProblemKind.Removed);
        await AddedAsync("questions/002.csv");
        await ChangedAsync("manifest.json", text => text.Replace("Autumn audit", "Winter audit", StringComparison.Ordinal), BundleProblemKind.Edited);
        await ChangedAsync("manifest.sig", text => text.Replace("T17:00", "T18:00", StringComparison.Ordinal), BundleProblemKind.Signature);
        await ChangedAsync("manifest.sig", _ => "no note", BundleProblemKind.Unreadable);
        await ChangedAsync("manifest.json", _ => """{"files":[{"name":"../outside","sha256":"00"}]}""", BundleProblemKind.Edited, BundleProblemKind.Removed);

        async Task AddedAsync(string name)
        {
            var path = Path.Combine(_folder, name);
            await File.WriteAllTextAsync(path, "Record,At,Person,Country,Purpose,What\n");
            Assert.Equal([BundleProblemKind.Inserted], (await PackVerifier.VerifyAsync(_folder, key, default)).Problems.Select(p => p.Kind));
            File.Delete(path);
        }

        async Task ChangedAsync(string name, Func<string, string?> change, params BundleProblemKind[] expected)
        {
            var path = Path.Combine(_folder, name);
            var before = await File.ReadAllBytesAsync(path);
            if (change(Encoding.UTF8.GetString(before)) is { } changed)
                await File.WriteAllTextAsync(path, changed);
            else
                File.Delete(path);
            Assert.Equal(expected, (await PackVerifier.VerifyAsync(_folder, key, default)).Problems.Select(p => p.Kind));
            await File.WriteAllBytesAsync(path, before);
        }
    }

    [Fact]
    public async Task Each_act_in_the_room_comes_with_a_proof_that_leads_to_the_signed_root()
    {
        await UnzipAsync(new EvidencePackWish(_room));

        var key = _portal.Get<AuditProofs>().CurrentKey(_portal.Staff);
        var proofs = Directory.EnumerateFiles(Path.Combine(_folder, "audit", "proofs")).Select(path => AuditProof.Read(File.ReadAllBytes(path)).Value).ToList();
        Assert.All(proofs, proof => Assert.True(proof.Verify(key).Valid));
        Assert.Equal(["room.asked", "room.commented", "room.opened"], proofs.Select(p => JsonDocument.Parse(p.Leaf!).RootElement.GetProperty("action").GetString()).Order());
        Assert.All(proofs, proof => Assert.Equal(Text("audit/checkpoint"), proof.Checkpoint));
    }

    [Fact]
    public async Task The_whole_log_goes_with_it_only_for_those_who_may_export_it_and_verifies_as_any_other()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<MakeEvidencePack>().ExecuteAsync(_auditor, new EvidencePackWish(_room, WithLog: true), default));
        var officer = await _portal.AddStaffAsync("Noor Haddad", [Permissions.ManageEvidenceRooms, Permissions.ExportAudit]);

        await UnzipAsync(new EvidencePackWish(_room, WithLog: true), officer);

        var bundle = await AuditBundleVerifier.VerifyAsync(Path.Combine(_folder, "audit"), _portal.Get<AuditProofs>().CurrentKey(_portal.Staff), default);
        Assert.True(bundle.Valid);
        Assert.True(bundle.Size > 10);
        Assert.True((await PackVerifier.VerifyAsync(_folder, null, default)).Valid);
        Assert.Empty(Directory.EnumerateDirectories(Path.GetTempPath(), "room-log-*"));
    }

    [Fact]
    public async Task The_trail_has_the_hash_before_anybody_has_the_file_and_a_shut_room_gives_none()
    {
        await using (var file = (await _portal.Get<MakeEvidencePack>().ExecuteAsync(_auditor, new EvidencePackWish(_room), default)).Value)
        {
            Assert.Equal(Convert.ToHexStringLower(await SHA256.HashDataAsync(file.Content)), file.Sha256);
            Assert.Equal(file.Sha256, Assert.Single(await _portal.AuditAsync(MakeEvidencePack.Taken)).GetProperty("after").GetProperty("sha256").GetString());
        }

        Assert.IsType<EvidenceRoomClosed>((await _portal.Get<MakeEvidencePack>().ExecuteAsync(await RoomScene.VisitorAsync(_portal, "Somebody else"), new EvidencePackWish(_room), default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(14));
        Assert.IsType<EvidenceRoomClosed>((await _portal.Get<MakeEvidencePack>().ExecuteAsync(_auditor, new EvidencePackWish(_room), default)).Failure);
        Assert.Single(await _portal.AuditAsync(MakeEvidencePack.Taken));
    }

    private async Task UnzipAsync(EvidencePackWish wish, Actor? actor = null)
    {
        var made = await _portal.Get<MakeEvidencePack>().ExecuteAsync(actor ?? _auditor, wish, default);
        Assert.Null(made.Failure);
        await using var file = made.Value;
        using var zip = new ZipArchive(file.Content, ZipArchiveMode.Read);
        zip.ExtractToDirectory(_folder);
    }

    private string Text(string name) => File.ReadAllText(Path.Combine(_folder, name));

    private JsonElement Json(string name) => JsonDocument.Parse(Text(name)).RootElement;
}
