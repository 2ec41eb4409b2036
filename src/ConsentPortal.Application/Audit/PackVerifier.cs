using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>Checks an unzipped pack with nothing but its files and the log's published key.</summary>
public static class PackVerifier
{
    /// <param name="trusted">The key that the manifest must be signed with; null believes the key in the pack.</param>
    public static async Task<PackVerification> VerifyAsync(string folder, VerifierKey? trusted, CancellationToken cancellationToken)
    {
        var problems = new List<BundleProblem>();
        if (await ReadAsync(folder, PackFiles.Manifest, problems, cancellationToken) is not { } manifest)
            return new PackVerification(false, 0, problems);
        await VerifySignatureAsync(folder, manifest, trusted, problems, cancellationToken);
        var isSigned = problems.Count == 0;
        var files = FilesOf(manifest, problems);
        foreach (var (name, sha256) in files)
            await VerifyFileAsync(folder, name, sha256, problems, cancellationToken);
        // Of a manifest that somebody else wrote, what it leaves out says nothing.
        if (isSigned)
            problems.AddRange(NotIn(files, folder).Select(name => new BundleProblem(null, BundleProblemKind.Inserted, $"{name} was not packed.")));
        return new PackVerification(problems.Count == 0, files.Count, problems);
    }

    private static async Task VerifySignatureAsync(string folder, byte[] manifest, VerifierKey? trusted, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        var key = trusted ?? await OwnKeyAsync(folder, problems, cancellationToken);
        if (key is null || await ReadAsync(folder, PackFiles.Signature, problems, cancellationToken) is not { } bytes)
            return;
        if (!SignedNote.Parse(System.Text.Encoding.UTF8.GetString(bytes)).TryGet(out var note, out var unreadable))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, unreadable.Message));
            return;
        }

        if (CheckpointVerifier.CheckSignature(note, key) is { } wrong)
            problems.Add(new BundleProblem(null, wrong is CheckpointSignatureIsWrong ? BundleProblemKind.Signature : BundleProblemKind.WrongKey, "The manifest is not signed by the given key, or its signature was changed."));
        else if (note.Text.Split('\n') is not [var origin, var sha256, ..] || origin != PackFiles.Origin(key.Name) || sha256 != Convert.ToHexStringLower(SHA256.HashData(manifest)))
            problems.Add(new BundleProblem(null, BundleProblemKind.Edited, $"{PackFiles.Manifest} is not the file that was signed."));
    }

    private static async Task<VerifierKey?> OwnKeyAsync(string folder, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        if (await ReadAsync(folder, PackFiles.PublicKey, problems, cancellationToken) is not { } bytes)
            return null;
        if (VerifierKey.Parse(System.Text.Encoding.UTF8.GetString(bytes)).TryGet(out var key, out var unreadable))
            return key;
        problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, unreadable.Message));
        return null;
    }

    private static List<(string Name, string Sha256)> FilesOf(byte[] manifest, List<BundleProblem> problems)
    {
        try
        {
            using var json = JsonDocument.Parse(manifest);
            return [.. json.RootElement.GetProperty("files").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, f.GetProperty("sha256").GetString()!))];
        }
        catch (Exception problem) when (problem is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, $"{PackFiles.Manifest} is not a manifest."));
            return [];
        }
    }

    private static IEnumerable<string> NotIn(List<(string Name, string Sha256)> files, string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Except([PackFiles.Manifest, PackFiles.Signature, PackFiles.PublicKey, .. files.Select(f => f.Name)], StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static async Task VerifyFileAsync(string folder, string name, string sha256, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        // A manifest that was made by somebody else must not have other files of this machine read.
        if (!path.StartsWith(Path.GetFullPath(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(path))
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Removed, $"{name} is missing."));
            return;
        }

        await using var file = File.OpenRead(path);
        if (Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken)) != sha256)
            problems.Add(new BundleProblem(null, BundleProblemKind.Edited, $"{name} is not the file that was packed."));
    }

    private static async Task<byte[]?> ReadAsync(string folder, string name, List<BundleProblem> problems, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, name);
        if (File.Exists(path))
            return await File.ReadAllBytesAsync(path, cancellationToken);
        problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, $"{name} is missing."));
        return null;
    }
}

/// <summary>What <see cref="PackVerifier"/> found.</summary>
/// <param name="Files">That the manifest names.</param>
public sealed record PackVerification(bool Valid, int Files, IReadOnlyList<BundleProblem> Problems);
