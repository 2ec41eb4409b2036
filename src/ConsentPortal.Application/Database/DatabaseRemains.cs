using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Database;

/// <summary>
/// What a database still holds of values that were deleted. On the embedded engine the write-ahead log keeps earlier
/// versions of pages until it is written back and cut; a server engine looks after its own log.
/// </summary>
public sealed class DatabaseRemains(PortalDatabase database, IDatabaseKind kind)
{
    private const int Attempts = 20;

    /// <summary>Writes the log back and cuts it to nothing. While somebody reads an older state this waits up to some seconds, then gives up.</summary>
    /// <returns>False when a reader kept the log from being cut; the next write-back does it.</returns>
    public async Task<bool> OverwriteAsync(CancellationToken cancellationToken)
    {
        if (kind.Name != "SQLite")
            return true;
        await using var db = database.Open();
        await db.Database.OpenConnectionAsync(cancellationToken);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            // The first column says whether somebody was in the way.
            if (await command.ExecuteScalarAsync(cancellationToken) is 0L)
                return true;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        return false;
    }
}
