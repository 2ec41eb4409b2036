using System.Net.Mime;
using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// The newest checkpoint outside the database: a file, and an address if one is set. A log that was put back to an older state, or
/// written anew, cannot fit it; so it is only ever replaced by a checkpoint of the same log, grown.
/// </summary>
public sealed partial class CheckpointWitness(
    PortalDatabase database, PortalFolders folders, IOptions<AuditOptions> options, IHttpClientFactory http, ILogger<CheckpointWitness> logger)
{
    /// <summary>Name of the client that posts checkpoints.</summary>
    public const string HttpClient = "checkpoints";

    private readonly string _file = string.IsNullOrWhiteSpace(options.Value.CheckpointFile) ? Path.Combine(folders.Root, "audit", "checkpoint") : options.Value.CheckpointFile;
    private long _published;

    /// <summary>Hands the newest checkpoint on; nothing to do when it was handed on before.</summary>
    public async Task PublishAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var newest = await db.AuditCheckpoints.AsNoTracking().OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancellationToken);
        if (newest is null || newest.Size == _published)
            return;
        if (File.Exists(_file))
        {
            // What cannot be read may have been a checkpoint that tells of a larger log: it is not written over.
            if (await ReadNoteAsync(cancellationToken) is not { } kept)
            {
                LogUnreadable(logger, _file);
                return;
            }

            if (!await HoldsAsync(db, kept, cancellationToken))
            {
                LogOtherLog(logger, kept.Size, newest.Size);
                return;
            }
        }

        await KeepAsync(newest.Note, cancellationToken);
        if (options.Value.CheckpointUrl is { Length: > 0 } url)
            await PostAsync(url, newest.Note, cancellationToken);
        _published = newest.Size;
    }

    /// <returns>What is kept outside; null when there is no file.</returns>
    public async Task<KeptCheckpoint?> ReadAsync(IReadOnlyCollection<VerifierKey> trusted, CancellationToken cancellationToken) =>
        File.Exists(_file) ? KeptCheckpoint.Of(_file, await File.ReadAllTextAsync(_file, cancellationToken), trusted) : null;

    private async Task<Checkpoint?> ReadNoteAsync(CancellationToken cancellationToken) =>
        SignedNote.Parse(await File.ReadAllTextAsync(_file, cancellationToken)).TryGet(out var note, out _)
        && Checkpoint.Parse(note.Text).TryGet(out var checkpoint, out _)
            ? checkpoint
            : null;

    private static async Task<bool> HoldsAsync(PortalDbContext db, Checkpoint kept, CancellationToken cancellationToken)
    {
        var root = await db.AuditCheckpoints.AsNoTracking().Where(c => c.Size == kept.Size).Select(c => c.Root).FirstOrDefaultAsync(cancellationToken);
        return root is not null && MerkleHash.FromBytes(root) == kept.Root;
    }

    private async Task KeepAsync(string note, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_file))!);
        var fresh = _file + ".new";
        await File.WriteAllTextAsync(fresh, note, cancellationToken);
        File.Move(fresh, _file, overwrite: true);
    }

    private async Task PostAsync(string url, string note, CancellationToken cancellationToken)
    {
        using var client = http.CreateClient(HttpClient);
        using var content = new StringContent(note, Encoding.UTF8, MediaTypeNames.Text.Plain);
        using var answer = await client.PostAsync(new Uri(url), content, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The checkpoint that is kept outside the database, in {File}, can't be read. It stays as it is; put a copy of it in its place, or take it away once the log was verified with another copy")]
    private static partial void LogUnreadable(ILogger logger, string file);

    [LoggerMessage(Level = LogLevel.Critical, Message = "The checkpoint over {Kept} entries that is kept outside the database is not of this log, which ends at {Size}: the database was put back to an older state or its log was changed. The kept checkpoint stays as it is; verify the log")]
    private static partial void LogOtherLog(ILogger logger, long kept, long size);
}
