using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.Database;

/// <param name="Property">Its name in the class.</param>
internal sealed record ColumnValue(string Property, object? Value);

/// <summary>
/// Changes one row where it is still as it was read. The same could be said as a query, whose translation costs several
/// times what the change itself does; where thousands of rows change one by one, that is most of the work.
/// </summary>
internal static class RowUpdates
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <param name="set">Always the same columns from the same place in the code, whatever their values.</param>
    /// <param name="where">All of them have to hold; a value is never null.</param>
    /// <returns>1, or 0 when the row is not as it was.</returns>
    public static async Task<int> UpdateRowAsync<T>(this PortalDbContext db, IReadOnlyList<ColumnValue> set, IReadOnlyList<ColumnValue> where, CancellationToken cancellationToken) where T : class
    {
        var table = db.Model.FindEntityType(typeof(T))!;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
#pragma warning disable CA2100 // Only names of the model; every value is a parameter.
        command.CommandText = Texts.GetOrAdd(
            $"{db.GetType().Name} {table.Name}: {string.Join(',', set.Select(c => c.Property))} where {string.Join(',', where.Select(c => c.Property))}",
            static (_, change) => Write(change.db, change.table, change.set, change.where), (db, table, set, where));
#pragma warning restore CA2100
        foreach (var (i, value) in set.Concat(where).Index())
            command.Parameters.Add(Parameter(command, table.FindProperty(value.Property)!, i, value.Value));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static DbParameter Parameter(DbCommand command, IProperty column, int i, object? value) =>
        column.GetRelationalTypeMapping().CreateParameter(command, Name(i), value, column.IsNullable);

    private static string Write(PortalDbContext db, IEntityType table, IReadOnlyList<ColumnValue> set, IReadOnlyList<ColumnValue> where)
    {
        var helper = db.GetService<ISqlGenerationHelper>();
        var store = StoreObjectIdentifier.Create(table, StoreObjectType.Table)!.Value;
        return $"UPDATE {helper.DelimitIdentifier(store.Name)} SET {string.Join(", ", Equal(set, 0))} WHERE {string.Join(" AND ", Equal(where, set.Count))}";

        IEnumerable<string> Equal(IReadOnlyList<ColumnValue> columns, int from) =>
            columns.Select((c, i) => $"{helper.DelimitIdentifier(table.FindProperty(c.Property)!.GetColumnName(store)!)} = {Name(from + i)}");
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"@p{i}");
}
