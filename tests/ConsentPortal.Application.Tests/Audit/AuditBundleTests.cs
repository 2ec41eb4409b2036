using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Audit;
using static ConsentPortal.Application.Audit.BundleProblemKind;

namespace ConsentPortal.Application.Tests.Audit;

public sealed class AuditBundleTests : IDisposable
{
    private const int Size = 300;
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("bundle");
    private readonly CheckpointSigner _signer = CheckpointSigner.Create("portal.example");

    private string Folder => Path.Combine(_parent.FullName, "export");

    public void Dispose()
    {
        _signer.Dispose();
        _parent.Delete(recursive: true);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(300)]
    [InlineData(20_000)]
    public async Task Bundle_as_exported_is_valid(int size)
    {
        var checkpoint = await ExportAsync(size);
        var found = await VerifyAsync();
        Assert.Equal(new BundleVerification(true, size, checkpoint.Root.ToBase64(), found.Problems), found);
        Assert.Empty(found.Problems);
    }

    [Fact]
    public async Task Bundle_of_the_three_promised_files_alone_is_valid()
    {
        await ExportAsync(Size);
        File.Delete(PathOf(AuditBundle.Tree));
        Assert.True((await VerifyAsync(_signer.VerifierKey)).Valid);
    }

    [Fact]
    public async Task Lines_are_exactly_the_leaves_and_the_root_is_theirs()
    {
        var checkpoint = await ExportAsync(5);
        var tree = new MerkleTree();
        foreach (var line in await File.ReadAllLinesAsync(PathOf(AuditBundle.Entries)))
            tree.Append(MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(line)));
        Assert.Equal(tree.Root, checkpoint.Root);
    }

    /// <summary>What is done to the lines, and what the verifier must name: the kinds with the entry's number.</summary>
    public static TheoryData<string, Func<List<string>, List<string>>, string> Tamperings => new()
    {
        { "one byte edited", lines => With(lines, 41, lines[41].Replace("granted", "grantee", StringComparison.Ordinal)), "Edited 41" },
        { "first edited", lines => With(lines, 0, lines[0].Replace("granted", "refused", StringComparison.Ordinal)), "Edited 0" },
        { "last edited", lines => With(lines, Size - 1, lines[^1].Replace("granted", "refused", StringComparison.Ordinal)), $"Edited {Size - 1}" },
        { "two neighbours edited", lines => With(With(lines, 8, lines[8].Replace('g', 'h')), 9, lines[9].Replace('g', 'h')), "Edited 8, Edited 9" },
        { "two far apart edited", lines => With(With(lines, 8, lines[8].Replace('g', 'h')), 208, lines[208].Replace('g', 'h')), "Edited 8, Edited 208" },
        { "last removed", lines => lines[..^1], $"Truncated {Size - 1}" },
        { "tail removed", lines => lines[..200], "Truncated 200" },
        { "all removed", _ => [], "Truncated 0" },
        { "first removed", lines => lines[1..], "Removed 0" },
        { "one removed", lines => [.. lines[..50], .. lines[51..]], "Removed 50" },
        { "several removed", lines => [.. lines[..50], .. lines[150..]], "Removed 50" },
        { "neighbours swapped", lines => Swap(lines, 60, 61), "Swapped" },
        { "far ones swapped", lines => Swap(lines, 60, 200), "Swapped 60, Swapped 200" },
        { "one inserted", lines => [.. lines[..70], Entry(999), .. lines[70..]], "Inserted 70" },
        { "one appended", lines => [.. lines, Entry(Size)], $"Inserted {Size}" },
        { "duplicated at once", lines => [.. lines[..80], lines[79], .. lines[80..]], "Duplicated 79" },
        { "duplicated at the end", lines => [.. lines, lines[80]], "Duplicated 80" },
        { "replaced by a copy of another", lines => With(lines, 90, lines[91]), "Duplicated 91, Removed 90" },
        { "two replaced by copies of later ones", lines => With(With(lines, 60, lines[90]), 61, lines[100]), "Duplicated 90, Duplicated 100, Removed 60" },
        { "white space added", lines => With(lines, 100, lines[100].Replace(",", ", ", StringComparison.Ordinal)), "Edited 100, NotCanonical 100" },
        { "names in another order", lines => With(lines, 100, """{"seq":100,"kind":"granted"}"""), "Edited 100, NotCanonical 100" },
        { "carriage return added", lines => With(lines, 100, lines[100] + "\r"), "Edited 100, NotCanonical 100" },
        { "empty line", lines => [.. lines[..100], "", .. lines[100..]], "Inserted 100, NotCanonical 100" },
        { "edited and another removed", lines => With([.. lines[..250], .. lines[251..]], 20, lines[20].Replace('g', 'h')), "Edited 20, Removed 250" },
    };

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Tampering_is_detected_and_named(string what, Func<List<string>, List<string>> tamper, string expected)
    {
        await ExportAsync(Size);
        await TamperAsync(tamper);
        var found = await VerifyAsync(_signer.VerifierKey);
        Assert.False(found.Valid, what);
        Assert.Contains(found.Problems, problem => problem.Kind == Root);
        var named = found.Problems.Where(problem => problem.Index is not null).Select(problem => $"{problem.Kind} {problem.Index}").ToList();
        Assert.All(expected.Split(", "), expectation => Assert.Contains(named, name => name == expectation || name.StartsWith(expectation + " ", StringComparison.Ordinal)));
        Assert.Equal(expected.Split(", ").Length, named.Count);
    }

    [Theory]
    [MemberData(nameof(Tamperings))]
    public async Task Tampering_is_detected_without_the_leaf_hashes(string what, Func<List<string>, List<string>> tamper, string expected)
    {
        await ExportAsync(Size);
        File.Delete(PathOf(AuditBundle.Tree));
        await TamperAsync(tamper);
        var found = await VerifyAsync(_signer.VerifierKey);
        Assert.False(found.Valid, what);
        Assert.Contains(found.Problems, problem => problem.Kind == Root);
        Assert.Equal(expected.Contains("NotCanonical", StringComparison.Ordinal), found.Problems.Any(problem => problem.Kind == NotCanonical));
        if (expected.StartsWith("Removed", StringComparison.Ordinal) || expected.StartsWith("Swapped", StringComparison.Ordinal))
            Assert.Contains(found.Problems, problem => problem.Kind == Misnumbered);
    }

    [Fact]
    public async Task Each_flipped_bit_of_each_file_is_detected()
    {
        await ExportAsync(6);
        foreach (var name in Directory.GetFiles(Folder))
        {
            var bytes = await File.ReadAllBytesAsync(name);
            for (var at = 0; at < bytes.Length; at++)
            {
                bytes[at] ^= 4;
                await File.WriteAllBytesAsync(name, bytes);
                Assert.False((await VerifyAsync(_signer.VerifierKey)).Valid, $"{Path.GetFileName(name)} byte {at}");
                bytes[at] ^= 4;
            }

            await File.WriteAllBytesAsync(name, bytes);
        }

        Assert.True((await VerifyAsync(_signer.VerifierKey)).Valid);
    }

    [Fact]
    public async Task Every_tenth_of_many_entries_edited_is_named_each()
    {
        await ExportAsync(5000);
        await TamperAsync(lines => [.. lines.Select((line, i) => i % 10 == 3 ? line.Replace('g', 'h') : line)]);
        var found = await VerifyAsync();
        Assert.Equal(Enumerable.Range(0, 500).Select(i => (long?)((i * 10) + 3)), found.Problems.Where(problem => problem.Kind == Edited).Select(problem => problem.Index));
    }

    [Fact]
    public async Task Long_stretches_that_are_missing_are_one_problem_each()
    {
        await ExportAsync(20_000);
        await TamperAsync(lines => [.. lines[..2000], .. lines[8000..12_000]]);
        var found = await VerifyAsync();
        Assert.Equal(["The entries 2000 to 7999 are missing.", "The entries 12000 to 19999 are missing."], found.Problems.Where(problem => problem.Index is not null).Select(problem => problem.Text));
        Assert.Equal([Removed, Truncated], found.Problems.Where(problem => problem.Index is not null).Select(problem => problem.Kind));
    }

    [Fact]
    public async Task A_file_with_nothing_in_common_says_where_it_leaves_the_log()
    {
        await ExportAsync(20_000);
        await TamperAsync(lines => [.. lines[..100], .. Enumerable.Range(50_000, 9000).Select(Entry)]);
        var found = await VerifyAsync();
        Assert.Equal(100, Assert.Single(found.Problems, problem => problem.Kind == More).Index);
    }

    [Fact]
    public async Task Log_signed_anew_by_a_stranger_needs_the_published_key_to_be_found_out()
    {
        await ExportAsync(Size);
        using var stranger = CheckpointSigner.Create("portal.example");
        Directory.Delete(Folder, recursive: true);
        await AuditBundleWriter.WriteAsync(Folder, Leaves(Enumerable.Range(5, Size).Select(Entry)), "portal.example/audit", stranger, CancellationToken.None);
        Assert.True((await VerifyAsync()).Valid);
        var found = await VerifyAsync(_signer.VerifierKey);
        Assert.False(found.Valid);
        Assert.Equal([WrongKey, WrongKey], found.Problems.Select(problem => problem.Kind));
    }

    [Fact]
    public async Task Checkpoint_with_another_size_has_a_wrong_signature()
    {
        await ExportAsync(Size);
        var note = await File.ReadAllTextAsync(PathOf(AuditBundle.Checkpoint));
        await File.WriteAllTextAsync(PathOf(AuditBundle.Checkpoint), note.Replace("\n300\n", "\n299\n", StringComparison.Ordinal));
        Assert.Equal([Signature, BundleProblemKind.Size, Tree], (await VerifyAsync()).Problems.Select(problem => problem.Kind));
    }

    [Fact]
    public async Task Leaf_hashes_that_were_touched_are_not_believed()
    {
        await ExportAsync(Size);
        var hashes = await File.ReadAllBytesAsync(PathOf(AuditBundle.Tree));
        hashes[64] ^= 1;
        await File.WriteAllBytesAsync(PathOf(AuditBundle.Tree), hashes);
        Assert.Equal([Tree], (await VerifyAsync()).Problems.Select(problem => problem.Kind));
        await File.WriteAllBytesAsync(PathOf(AuditBundle.Tree), hashes[..^1]);
        Assert.Equal([Tree], (await VerifyAsync()).Problems.Select(problem => problem.Kind));
    }

    [Theory]
    [InlineData(AuditBundle.Entries)]
    [InlineData(AuditBundle.Checkpoint)]
    [InlineData(AuditBundle.PublicKey)]
    public async Task A_missing_file_is_a_problem(string name)
    {
        await ExportAsync(Size);
        File.Delete(PathOf(name));
        Assert.Contains((await VerifyAsync(_signer.VerifierKey)).Problems, problem => problem.Kind == BundleProblemKind.Unreadable);
    }

    [Fact]
    public async Task Last_line_without_its_line_feed_is_the_same_entry()
    {
        await ExportAsync(Size);
        var bytes = await File.ReadAllBytesAsync(PathOf(AuditBundle.Entries));
        await File.WriteAllBytesAsync(PathOf(AuditBundle.Entries), bytes[..^1]);
        Assert.True((await VerifyAsync()).Valid);
    }

    [Fact]
    public async Task Lines_longer_than_a_block_are_read_whole()
    {
        string[] lines = [Entry(0), $$"""{"seq":1,"text":"{{new string('x', 3_000_000)}}"}""", Entry(2)];
        await AuditBundleWriter.WriteAsync(Folder, Leaves(lines), "portal.example/audit", _signer, CancellationToken.None);
        Assert.Equal((true, 3L), await VerifyAsync() is var found ? (found.Valid, found.Size) : default);
    }

    [Fact]
    public async Task Export_under_an_earlier_checkpoint_takes_exactly_its_entries()
    {
        var tree = new MerkleTree();
        foreach (var i in Enumerable.Range(0, 50))
            tree.Append(MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(Entry(i))));
        var note = _signer.Sign(new Checkpoint("portal.example/audit", 50, tree.Root));
        var refused = await AuditBundleWriter.WriteAsync(Folder, Leaves(Enumerable.Range(0, 49).Select(Entry)), note, _signer.VerifierKey, CancellationToken.None);
        Assert.Equal(new EntriesAreNotThoseSigned(49, 50), refused.Failure);
        Assert.False(File.Exists(PathOf(AuditBundle.Checkpoint)));
        Directory.Delete(Folder, recursive: true);
        await AuditBundleWriter.WriteAsync(Folder, Leaves(Enumerable.Range(0, 50).Select(Entry)), note, _signer.VerifierKey, CancellationToken.None);
        Assert.True((await VerifyAsync(_signer.VerifierKey)).Valid);
    }

    [Fact]
    public async Task Export_does_not_write_into_a_folder_that_holds_files()
    {
        await ExportAsync(3);
        var again = await AuditBundleWriter.WriteAsync(Folder, Leaves([Entry(0)]), "portal.example/audit", _signer, CancellationToken.None);
        Assert.IsType<BundleFolderIsNotEmpty>(again.Failure);
        Assert.True((await VerifyAsync()).Valid);
    }

    [Theory]
    [InlineData(200, null)]
    [InlineData(Size, null)]
    [InlineData(Size + 1, "RolledBack")]
    public async Task A_bundle_must_reach_a_checkpoint_that_was_kept_elsewhere(int keptSize, string? problem)
    {
        await ExportAsync(Size);

        var found = await AuditBundleVerifier.VerifyAsync(Folder, _signer.VerifierKey, [("copy", Kept(keptSize, Entry))], default);

        Assert.Equal(problem, found.Problems.Count == 0 ? null : Assert.Single(found.Problems).Kind.ToString());
    }

    [Fact]
    public async Task A_log_that_was_written_anew_does_not_fit_what_was_kept_of_the_first()
    {
        await ExportAsync(Size);

        var found = await AuditBundleVerifier.VerifyAsync(Folder, null, [("copy", Kept(200, i => Entry(i + 1)))], default);

        Assert.Equal((200L, Root), (Assert.Single(found.Problems).Index, found.Problems[0].Kind));
    }

    [Fact]
    public async Task A_kept_checkpoint_that_nobody_can_read_or_another_log_signed_is_a_problem_of_its_own()
    {
        await ExportAsync(Size);
        using var stranger = CheckpointSigner.Create("portal.example");
        var foreign = stranger.Sign(new Checkpoint("portal.example/audit", 3, default)).ToString();

        var found = await AuditBundleVerifier.VerifyAsync(Folder, _signer.VerifierKey, [("torn", "gibberish"), ("foreign", foreign)], default);

        Assert.Equal(2, found.Problems.Count);
        Assert.Equal(Unreadable, found.Problems[0].Kind);
        Assert.Contains("foreign", found.Problems[1].Text, StringComparison.Ordinal);
    }

    private string Kept(int size, Func<int, string> entry)
    {
        var tree = new MerkleTree();
        foreach (var i in Enumerable.Range(0, size))
            tree.Append(MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(entry(i))));
        return _signer.Sign(new Checkpoint("portal.example/audit", size, tree.Root)).ToString();
    }

    private async Task<Checkpoint> ExportAsync(int size) =>
        (await AuditBundleWriter.WriteAsync(Folder, Leaves(Enumerable.Range(0, size).Select(Entry)), "portal.example/audit", _signer, CancellationToken.None)).Value;

    private Task<BundleVerification> VerifyAsync(VerifierKey? trusted = null) =>
        AuditBundleVerifier.VerifyAsync(Folder, trusted, CancellationToken.None);

    private async Task TamperAsync(Func<List<string>, List<string>> tamper)
    {
        var text = await File.ReadAllTextAsync(PathOf(AuditBundle.Entries));
        var lines = tamper([.. text.Split('\n')[..^1]]);
        await File.WriteAllTextAsync(PathOf(AuditBundle.Entries), string.Concat(lines.Select(line => line + "\n")));
    }

    private string PathOf(string name) => Path.Combine(Folder, name);

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Leaves(IEnumerable<string> entries)
    {
        foreach (var entry in entries)
            yield return await Task.FromResult<ReadOnlyMemory<byte>>(Encoding.UTF8.GetBytes(entry));
    }

    private static string Entry(int number) => $$"""{"actor":"staff 7","kind":"granted","seq":{{number}}}""";

    private static List<string> With(List<string> lines, int at, string line) => [.. lines[..at], line, .. lines[(at + 1)..]];

    private static List<string> Swap(List<string> lines, int left, int right) => With(With(lines, left, lines[right]), right, lines[left]);
}
