using System.CommandLine;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Web.Commands;

namespace ConsentPortal.Web.Tests.Commands;

public sealed class AuditVerifyCommandTests : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("bundle");
    private readonly CheckpointSigner _signer = CheckpointSigner.Create("portal.example");
    private readonly StringWriter _error = new();

    private string Folder => Path.Combine(_parent.FullName, "export");

    public void Dispose()
    {
        _signer.Dispose();
        _error.Dispose();
        _parent.Delete(recursive: true);
    }

    [Fact]
    public async Task Untouched_bundle_is_valid_and_exits_with_0()
    {
        await ExportAsync();
        var (exit, output) = await RunAsync("verify", Folder);
        Assert.Equal(0, exit);
        Assert.True(output.GetProperty("valid").GetBoolean());
        Assert.Equal(5, output.GetProperty("size").GetInt64());
        Assert.Equal(44, output.GetProperty("root").GetString()!.Length);
        Assert.Equal(0, output.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Edited_entry_is_named_and_exits_with_1()
    {
        await ExportAsync();
        var entries = Path.Combine(Folder, AuditBundle.Entries);
        await File.WriteAllTextAsync(entries, (await File.ReadAllTextAsync(entries)).Replace("granted\",\"seq\":3", "refused\",\"seq\":3", StringComparison.Ordinal));
        var (exit, output) = await RunAsync("verify", Folder);
        Assert.Equal(1, exit);
        var problem = output.GetProperty("problems").EnumerateArray().Single(problem => problem.GetProperty("kind").GetString() == "edited");
        Assert.Equal(3, problem.GetProperty("index").GetInt64());
        Assert.EndsWith(".", problem.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Published_key_of_another_log_exits_with_1()
    {
        await ExportAsync();
        using var other = CheckpointSigner.Create("portal.example");
        var key = Path.Combine(_parent.FullName, "published");
        await File.WriteAllTextAsync(key, other.VerifierKey.ToString());
        Assert.Equal(1, (await RunAsync("verify", Folder, "--public-key", key)).Exit);
        await File.WriteAllTextAsync(key, _signer.VerifierKey.ToString());
        Assert.Equal(0, (await RunAsync("verify", Folder, "--public-key", key)).Exit);
    }

    [Fact]
    public async Task Input_that_cannot_be_used_exits_with_2_and_says_which()
    {
        await ExportAsync();
        Assert.Equal(2, (await RunAsync("verify", Path.Combine(_parent.FullName, "nowhere"))).Exit);
        Assert.Contains("folder", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("verify", Folder, "--public-key", Path.Combine(Folder, AuditBundle.Entries))).Exit);
        Assert.Contains("--public-key", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unzipped_pack_is_checked_and_a_changed_file_exits_with_1()
    {
        var ring = KeyRing.Create(Path.Combine(_parent.FullName, "ring.json"), "portal.example", new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero));
        using var zipped = new MemoryStream();
        await using (var pack = new SignedPack(zipped, new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.Zero), ring))
        {
            await pack.AddAsync("questions/001.csv", "Record\n1\n"u8.ToArray(), default);
            await pack.FinishAsync(new JsonObject { ["room"] = "1" }, JsonSerializerOptions.Web, default);
        }

        zipped.Position = 0;
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Read))
            zip.ExtractToDirectory(Folder);

        var (exit, output) = await RunAsync("verify", "--pack", Folder);
        Assert.Equal((0, true, 1), (exit, output.GetProperty("valid").GetBoolean(), output.GetProperty("files").GetInt32()));
        await File.AppendAllTextAsync(Path.Combine(Folder, "questions", "001.csv"), "2\n");
        Assert.Equal(1, (await RunAsync("verify", "--pack", Folder)).Exit);
        Assert.Equal(2, (await RunAsync("verify", "--pack", Path.Combine(_parent.FullName, "nowhere"))).Exit);
        Assert.Contains("--pack", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proof_of_one_entry_is_checked_without_portal_and_database()
    {
        var leaves = Enumerable.Range(0, 5).Select(i => $$"""{"kind":"granted","seq":{{i}}}""").ToList();
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
            tree.Append(MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(leaf)));
        var note = _signer.Sign(new Checkpoint("portal.example/audit", 5, tree.Root)).ToString();
        var proof = new AuditProof(AuditProof.Inclusion, _signer.VerifierKey.ToString(), note, null, 2, leaves[2], [.. tree.ProveInclusion(2, 5).Select(hash => hash.ToBase64())]);
        var file = Path.Combine(_parent.FullName, "inclusion.json");

        await File.WriteAllBytesAsync(file, proof.ToJson());
        Assert.Equal(0, (await RunAsync("verify", "--proof", file)).Exit);
        await File.WriteAllBytesAsync(file, (proof with { Leaf = leaves[3] }).ToJson());
        Assert.Equal(1, (await RunAsync("verify", "--proof", file)).Exit);
        await File.WriteAllTextAsync(file, "{}");
        Assert.Equal(2, (await RunAsync("verify", "--proof", file)).Exit);
        Assert.Equal(2, (await RunAsync("verify", "--proof", file + ".none")).Exit);
    }

    private async Task<(int Exit, JsonElement Output)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        var exit = await AuditCommands.Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = _error });
        return (exit, output.ToString().Length == 0 ? default : JsonDocument.Parse(output.ToString()).RootElement);
    }

    private async Task ExportAsync() =>
        await AuditBundleWriter.WriteAsync(Folder, Leaves(), "portal.example/audit", _signer, CancellationToken.None);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Leaves()
    {
        for (var i = 0; i < 5; i++)
            yield return await Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes($$"""{"kind":"granted","seq":{{i}}}"""));
    }
}
