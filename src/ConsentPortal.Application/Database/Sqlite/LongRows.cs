using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>
/// Which rows a database file may not hold in one piece. Beyond a size a row goes on in pages of its own, anywhere in the file: in a
/// table of 4,096-byte pages from 4,062 bytes, in one that is its key alone from 1,003 (SQLite Database File Format §1.6).
/// </summary>
internal static class LongRows
{
    /// <summary>The smallest page, in bytes, of which this is true.</summary>
    public const int PageSize = 4_096;

    // Numbers, instants, ids in letters and the row's own head never take as much as a quarter.
    private const int InTable = 3_000;
    private const int InKey = 750;

    /// <summary>The end of a SELECT from a table.</summary>
    public static string Condition(IEntityType table)
    {
        var isKeyAlone = table.GetProperties().All(p => p.IsPrimaryKey());
        var lengths = table.GetProperties().Where(IsOfAnyLength).Select(p => $"coalesce(octet_length(\"{p.GetColumnName()}\"), 0)");
        return $" WHERE {string.Join(" + ", lengths)} > {(isKeyAlone ? InKey : InTable)}";
    }

    private static bool IsOfAnyLength(IProperty column)
    {
        var stored = column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType;
        return stored == typeof(string) || stored == typeof(byte[]);
    }
}
