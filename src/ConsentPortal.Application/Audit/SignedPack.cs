using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>The files by which a handed-out pack is checked. The names are a promise to those who script against them.</summary>
public static class PackFiles
{
    /// <summary>What the pack is, and the name, size and SHA-256 of every other file.</summary>
    public const string Manifest = "manifest.json";

    /// <summary>A signed note of three lines: the log's name with "/manifest" behind it, the SHA-256 of the manifest, the instant (UTC).</summary>
    public const string Signature = "manifest.sig";

    /// <summary>The verifier key of the audit log, which signs manifests too.</summary>
    public const string PublicKey = AuditBundle.PublicKey;

    /// <summary>First line of what is signed, so that no manifest can be taken for a checkpoint.</summary>
    internal static string Origin(string logName) => $"{logName}/manifest";
}

/// <summary>A zip whose manifest holds the hash of every file and is signed with the key of the audit log. Files are written as they come, however large.</summary>
/// <param name="to">Stays open.</param>
internal sealed class SignedPack(Stream to, DateTimeOffset at, KeyRing ring) : IAsyncDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly ZipArchive _zip = new(to, ZipArchiveMode.Create, leaveOpen: true);
    private readonly JsonArray _files = [];

    public async Task AddAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await using var stream = Open(name);
        await stream.WriteAsync(bytes, cancellationToken);
        Note(name, bytes.Length, SHA256.HashData(bytes.Span));
    }

    public async Task AddAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (buffer, size) = (new byte[BufferSize], 0L);
        await using var stream = Open(name);
        while (await content.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            hash.AppendData(buffer, 0, read);
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        Note(name, size, hash.GetCurrentHash());
    }

    /// <summary>Writes the manifest and its signature; nothing can be added afterwards.</summary>
    /// <param name="about">What the pack is; the list of files is added to it.</param>
    public async Task FinishAsync(JsonObject about, JsonSerializerOptions options, CancellationToken cancellationToken)
    {
        about["madeAt"] = at;
        about["files"] = _files;
        var manifest = JsonSerializer.SerializeToUtf8Bytes(about, options);
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        await WriteAsync(PackFiles.Manifest, manifest, cancellationToken);
        var text = string.Create(CultureInfo.InvariantCulture, $"{PackFiles.Origin(ring.LogName)}\n{Convert.ToHexStringLower(SHA256.HashData(manifest))}\n{at.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n");
        await WriteAsync(PackFiles.Signature, Encoding.UTF8.GetBytes(signer.Sign(text).ToString()), cancellationToken);
        await WriteAsync(PackFiles.PublicKey, Encoding.UTF8.GetBytes($"{signer.VerifierKey}\n"), cancellationToken);
    }

    public ValueTask DisposeAsync() => _zip.DisposeAsync();

    private async Task WriteAsync(string name, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var stream = Open(name);
        await stream.WriteAsync(bytes, cancellationToken);
    }

    private Stream Open(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = at;
        return entry.Open();
    }

    private void Note(string name, long size, byte[] hash) => _files.Add(new JsonObject { ["name"] = name, ["bytes"] = size, ["sha256"] = Convert.ToHexStringLower(hash) });
}
