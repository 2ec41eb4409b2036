using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Database.Health;

/// <summary>Whether the database is there, has the schema of this portal and is whole.</summary>
internal sealed class DatabaseCheck(PortalDatabase database, IDatabaseKind kind, PortalFolders folders)
{
    private bool IsEmbedded => kind.Name == "SQLite";

    public async Task<HealthFinding> SchemaAsync(CancellationToken cancellationToken)
    {
        const string check = "database";
        // To ask would make the file.
        if (IsEmbedded && !File.Exists(folders.Database))
            return new HealthFinding(check, false, $"There is no database {folders.Database}. Run migrate to make one.");
        try
        {
            await using var db = database.Open();
            var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
            return pending.Count == 0
                ? new HealthFinding(check, true, $"The {kind.Name} database has the schema of this portal.")
                : new HealthFinding(check, false, $"The {kind.Name} database is older than this portal. Run migrate, or start the portal; missing: {string.Join(", ", pending)}.");
        }
        catch (DbException problem)
        {
            return new HealthFinding(check, false, $"The {kind.Name} database can't be used: {problem.Message}");
        }
    }

    /// <summary>Reads every page of an embedded database; a server looks after its own.</summary>
    public async Task<HealthFinding> PagesAsync(CancellationToken cancellationToken)
    {
        const string check = "database pages";
        if (!IsEmbedded)
            return new HealthFinding(check, true, "The server checks its own pages.");
        await using var db = database.Open();
        var answer = (await db.Database.SqlQueryRaw<string>("SELECT quick_check AS Value FROM pragma_quick_check").ToListAsync(cancellationToken)).FirstOrDefault();
        return answer == "ok"
            ? new HealthFinding(check, true, "Every page of the database can be read.")
            : new HealthFinding(check, false, $"The database file is damaged ({answer}). Stop the portal and restore the last backup with its key ring.");
    }
}
