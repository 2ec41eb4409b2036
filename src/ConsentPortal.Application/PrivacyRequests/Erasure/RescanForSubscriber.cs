using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Reports.Kept;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>A place where something of the person was found; never what.</summary>
/// <param name="Where">Table and column, or a file below the data folder.</param>
/// <param name="Values">How many values there hold it.</param>
public sealed record RescanFinding(string Where, int Values);

/// <param name="Values">Texts and byte strings that were read.</param>
public sealed record RescanReport(int Tables, long Values, int Files, long Bytes, IReadOnlyList<RescanFinding> Findings)
{
    public bool IsClean => Findings.Count == 0;
}

/// <summary>
/// Looks for a person in every text and byte column of every table, and in every file below the data folder, the raw
/// database file with its free pages included. It trusts no list of places: a column that somebody adds tomorrow is searched.
/// </summary>
internal sealed class RescanForSubscriber(PortalDatabase database, PortalFolders folders)
{
    // The names of staff: an erased person may share one with a colleague.
    private static readonly HashSet<(Type, string)> NamesOfStaff =
        [(typeof(PrivacyRequestEntry), nameof(PrivacyRequestEntry.ActorName)), (typeof(ImportBatch), nameof(ImportBatch.StartedBy)), (typeof(KeptReport), nameof(KeptReport.MadeBy)), (typeof(ReportSchedule), nameof(ReportSchedule.CreatedBy))];

    public async Task<RescanReport> FindAsync(PersonTraces traces, CancellationToken cancellationToken)
    {
        var search = new TraceSearch(traces);
        var (tables, values, findings) = (0, 0L, new List<RescanFinding>());
        await using var db = database.Open();
        foreach (var table in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null && !IsOfStaff(t)).OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        {
            tables++;
            values += await SearchAsync(db, table, search, findings, cancellationToken);
        }

        var (files, bytes) = await SearchFilesAsync(search, findings, cancellationToken);
        return new RescanReport(tables, values, files, bytes, findings);
    }

    private static bool IsOfStaff(IEntityType table) => table.GetTableName()!.StartsWith("AspNet", StringComparison.Ordinal);

    private static async Task<long> SearchAsync(PortalDbContext db, IEntityType table, TraceSearch search, List<RescanFinding> findings, CancellationToken cancellationToken)
    {
        var columns = table.GetProperties().Where(p => (p.ClrType == typeof(string) || p.ClrType == typeof(byte[])) && !NamesOfStaff.Contains((table.ClrType, p.Name))).ToList();
        if (columns.Count == 0)
            return 0;
        var sql = db.GetService<ISqlGenerationHelper>();
        var names = columns.Select(p => sql.DelimitIdentifier(p.GetColumnName()));
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", names)} FROM {sql.DelimitIdentifier(table.GetTableName()!, table.GetSchema())}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var (values, hits) = (0L, new int[columns.Count]);
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (await reader.IsDBNullAsync(i, cancellationToken))
                    continue;
                values++;
                var isFound = columns[i].ClrType == typeof(string) ? search.IsIn(reader.GetString(i)) : search.IsIn(reader.GetFieldValue<byte[]>(i));
                hits[i] += isFound ? 1 : 0;
            }
        }

        findings.AddRange(columns.Select((p, i) => new RescanFinding($"{table.GetTableName()}.{p.GetColumnName()}", hits[i])).Where(f => f.Values > 0));
        return values;
    }

    private async Task<(int Files, long Bytes)> SearchFilesAsync(TraceSearch search, List<RescanFinding> findings, CancellationToken cancellationToken)
    {
        var (files, bytes) = (0, 0L);
        if (!Directory.Exists(folders.Root))
            return (files, bytes);
        foreach (var path in Directory.EnumerateFiles(folders.Root, "*", SearchOption.AllDirectories).Where(p => p != folders.KeyRing && p != folders.Lock))
        {
            try
            {
                var (read, isFound) = await search.IsInFileAsync(path, cancellationToken);
                (files, bytes) = (files + 1, bytes + read);
                if (isFound)
                    findings.Add(new RescanFinding($"File {Path.GetRelativePath(folders.Root, path).Replace('\\', '/')}", 1));
            }
            catch (FileNotFoundException)
            {
                // Deleted between the listing and the reading: what is gone holds nobody.
            }
        }

        return (files, bytes);
    }
}
