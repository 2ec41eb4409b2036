using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Database;

/// <summary>Why the portal does not start, as one sentence for the administrator.</summary>
public sealed class StartRefusedException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// What must hold before anything else runs: a key ring that fits the database, and a schema that is up to date.
/// </summary>
public sealed class DatabasePreparation(PortalFolders folders, IDatabaseKind kind, PortalDatabase database, TimeProvider clock)
{
    private static readonly SubscriberId CheckContext = SubscriberId.From(Guid.Empty);

    /// <returns>The names of the migrations that were applied.</returns>
    /// <exception cref="StartRefusedException">The key ring is missing or strange, or the database can't be reached.</exception>
    public async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(folders.Root);
            var isNew = !await HasDataAsync(cancellationToken);
            EnsureKeyRing(isNew);
            await using var db = database.Open();
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            await db.Database.MigrateAsync(cancellationToken);
            await CheckKeyRingAsync(cancellationToken);
            return pending;
        }
        catch (SqlException problem)
        {
            throw new StartRefusedException(
                $"The SQL Server of ConnectionStrings:Portal can't be used (error {problem.Number}). Check that it runs, that the name and the sign-in are right, and start again. Nothing was changed.", problem);
        }
        catch (SqliteException problem)
        {
            throw new StartRefusedException(Sentence(problem), problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"The data folder {folders.Root} can't be written ({problem.Message}). Free some space or give the portal's account write access, then start again.", problem);
        }
    }

    private string Sentence(SqliteException problem)
    {
        const int full = 13;
        const int notADatabase = 26;
        return problem.SqliteErrorCode switch
        {
            full => $"The disk under {folders.Root} is full. Free some space and start again; nothing was half-written.",
            notADatabase => $"{folders.Database} is not a portal database. Set Data:Folder to another folder, or restore the database from a backup.",
            _ => $"The database {folders.Database} can't be opened (SQLite error {problem.SqliteErrorCode}). Check the folder's permissions and whether another program holds it.",
        };
    }

    private async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        if (kind.Name == "SQLite")
            return File.Exists(folders.Database) && new FileInfo(folders.Database).Length > 0;
        await using var db = database.Open();
        return await db.Database.CanConnectAsync(cancellationToken) && (await db.Database.GetAppliedMigrationsAsync(cancellationToken)).Any();
    }

    private void EnsureKeyRing(bool databaseIsNew)
    {
        if (File.Exists(folders.KeyRing))
        {
            try
            {
                KeyRing.Load(folders.KeyRing);
            }
            catch (InvalidDataException problem)
            {
                throw new StartRefusedException($"{problem.Message} Restore it from its backup; the portal does not start without it, because it could read nothing.", problem);
            }

            return;
        }

        if (!databaseIsNew)
        {
            throw new StartRefusedException(
                $"The key ring {folders.KeyRing} is missing, but the database holds data that only it can open. Restore the key ring from its backup. The portal did not start, so that nothing unreadable is written.");
        }

        KeyRing.Create(folders.KeyRing, "consentportal/" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), clock.GetUtcNow());
    }

    private async Task CheckKeyRingAsync(CancellationToken cancellationToken)
    {
        const string plain = "consentportal";
        var keys = new SubjectKeys(KeyRing.Load(folders.KeyRing));
        await using var db = database.Open();
        var check = await db.PortalSettings.SingleOrDefaultAsync(s => s.Name == PortalSetting.KeyRingCheck, cancellationToken);
        if (check is null)
        {
            var (wrapped, key) = keys.Create(CheckContext);
            using (key)
                db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.KeyRingCheck, Json = JsonSerializer.Serialize(new KeyRingCheck(wrapped, key.Seal(plain, SealedField.AuditValue))) });
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        try
        {
            var stored = JsonSerializer.Deserialize<KeyRingCheck>(check.Json)!;
            using var key = keys.Unwrap(stored.WrappedKey, CheckContext);
            key.Open(stored.Value, SealedField.AuditValue);
        }
        catch (CryptographicException problem)
        {
            throw new StartRefusedException(
                $"The key ring {folders.KeyRing} is not the one that this database was written with. Restore the right one. The portal did not start, so that nothing unreadable is written.", problem);
        }
    }

    private sealed record KeyRingCheck(byte[] WrappedKey, byte[] Value);
}
