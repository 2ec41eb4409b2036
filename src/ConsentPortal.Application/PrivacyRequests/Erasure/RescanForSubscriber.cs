using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>A place where something of the person was found; never what.</summary>
/// <param name="Where">Table and column, or a file below the data folder.</param>
/// <param name="Values">How many values there hold it.</param>
public sealed record RescanFinding(string Where, int Values);

/// <param name="Values">Texts and byte strings that were read one by one: none where the database is one of the files and these were clean.</param>
/// <param name="Seams">Places of an embedded database at which a row that is longer than a page goes on elsewhere.</param>
public sealed record RescanReport(int Tables, long Values, int Files, long Bytes, long Seams, IReadOnlyList<RescanFinding> Findings)
{
    public bool IsClean => Findings.Count == 0;

    /// <summary>Where one name of the person alone stands in a row that is theirs: for somebody to look at, because it may be a word of another meaning.</summary>
    public IReadOnlyList<RescanFinding> ToLookAt { get; init; } = [];

    /// <summary>Search words that still lead to the person; one of the findings counts them.</summary>
    internal IReadOnlyList<SearchWord> LeftWords { get; init; } = [];
}

/// <summary>
/// Looks for a person in every text and byte column of every table, and in every file below the data folder, the raw
/// database file with its free pages included. It trusts no list of places: a column that somebody adds tomorrow is searched.
/// </summary>
/// <remarks>
/// The embedded database is itself one of the files, and holds a value in one piece or, where its row is longer than a page, in pieces that
/// follow one another. Where neither a piece nor a seam between two holds anything, no row does; where one does, all rows are
/// read, to say in which table and column.
/// </remarks>
internal sealed class RescanForSubscriber(PortalDatabase database, PortalFolders folders)
{
    // The names of staff: an erased person may share one with a colleague.
    private static readonly HashSet<(Type, string)> NamesOfStaff =
        [(typeof(PrivacyRequestEntry), nameof(PrivacyRequestEntry.ActorName)), (typeof(ImportBatch), nameof(ImportBatch.StartedBy)), (typeof(KeptReport), nameof(KeptReport.MadeBy)), (typeof(ReportSchedule), nameof(ReportSchedule.CreatedBy))];

    /// <param name="people">The person's record and those that went into it: no search word may lead to one. A word is a keyed hash, so the values can't show it.</param>
    public async Task<RescanReport> FindAsync(PersonTraces traces, IReadOnlyCollection<SubscriberId> people, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        await db.HoldStateAsync(cancellationToken);
        try
        {
            var report = await FindAsync(db, new TraceSearch(traces), cancellationToken) with { ToLookAt = await OwnRows.FindAsync(db, traces, people, NamesOfStaff, cancellationToken) };
            var left = people.Count == 0 ? [] : await db.WordsOfAsync(people, cancellationToken);
            return left.Count == 0 ? report : report with { LeftWords = left, Findings = [.. report.Findings, new RescanFinding("SearchWords.SubscriberId", left.Count)] };
        }
        finally
        {
            await db.LetStateGoAsync();
        }
    }

    private async Task<RescanReport> FindAsync(PortalDbContext db, TraceSearch search, CancellationToken cancellationToken)
    {
        var searched = await Task.Run(() => FileSearch.Run(folders.Root, [folders.KeyRing, folders.Lock], search, cancellationToken), cancellationToken);
        var (tables, values, findings) = (0, 0L, new List<RescanFinding>());
        var isClean = searched.Found.Count == 0 && db is SqlitePortalDbContext && searched.Databases.Contains(folders.Database);
        foreach (var table in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null && !IsOfStaff(t)).OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        {
            tables++;
            values += isClean ? 0 : await SearchAsync(db, table, search, findings, cancellationToken);
        }

        findings.AddRange(searched.Found.Select(path => new RescanFinding($"File {Path.GetRelativePath(folders.Root, path).Replace('\\', '/')}", 1)));
        return new RescanReport(tables, values, searched.Files, searched.Bytes, searched.Seams, findings);
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
}
