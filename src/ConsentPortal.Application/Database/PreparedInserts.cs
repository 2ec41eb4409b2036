using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.Database;

/// <summary>
/// Writes what a context has added by one prepared statement per table, in the context's transaction, several times as fast
/// as saving does on an embedded database. What has changed, and everything on SQL Server, is left to saving, which sends
/// many rows in one trip there.
/// </summary>
internal static class PreparedInserts
{
    /// <param name="tables">In the order in which their foreign keys allow.</param>
    public static async Task WriteAsync(PortalDbContext db, IReadOnlyList<Type> tables, CancellationToken cancellationToken)
    {
        if (!string.Equals(db.Database.ProviderName, "Microsoft.EntityFrameworkCore.Sqlite", StringComparison.Ordinal))
            return;
        // Looking for changes among ten thousand fresh rows would cost as much as writing them.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var added = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added).ToLookup(e => e.Metadata.ClrType);
        foreach (var table in tables.Where(added.Contains))
        {
            await using var insert = Statement.Prepare(db, db.Model.FindEntityType(table)!);
            foreach (var entry in added[table])
                await insert.WriteAsync(entry, cancellationToken);
        }

        db.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    private sealed class Statement(DbCommand command, IReadOnlyList<(IProperty Property, DbParameter Parameter)> columns, IProperty? generatedKey) : IAsyncDisposable
    {
        public static Statement Prepare(PortalDbContext db, IEntityType type)
        {
            var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
            var key = type.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd } only] && only.ClrType == typeof(long) ? only : null;
            var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
            var columns = type.GetProperties().Where(p => p != key).Select((property, index) => (property, Parameter(command, index))).ToList();
            var names = string.Join(", ", columns.Select(c => Quoted(c.property.GetColumnName(table)!)));
            var values = string.Join(", ", columns.Select(c => c.Item2.ParameterName));
            // Names come from the model, never from a file.
#pragma warning disable CA2100
            command.CommandText = $"INSERT INTO {Quoted(table.Name)} ({names}) VALUES ({values}){(key is null ? "" : $" RETURNING {Quoted(key.GetColumnName(table)!)}")}";
#pragma warning restore CA2100
            return new Statement(command, columns, key);
        }

        public async Task WriteAsync(EntityEntry entry, CancellationToken cancellationToken)
        {
            foreach (var (property, parameter) in columns)
            {
                var value = entry.CurrentValues[property];
                parameter.Value = (value is null ? null : property.GetTypeMapping().Converter?.ConvertToProvider(value) ?? value) ?? DBNull.Value;
            }

            if (generatedKey is null)
                await command.ExecuteNonQueryAsync(cancellationToken);
            else
                entry.Property(generatedKey).CurrentValue = await command.ExecuteScalarAsync(cancellationToken);
            // Nothing changes it any more in this context, so nothing need compare it when the rest is saved.
            entry.State = EntityState.Detached;
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();

        private static DbParameter Parameter(DbCommand command, int index)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + index.ToString(System.Globalization.CultureInfo.InvariantCulture);
            command.Parameters.Add(parameter);
            return parameter;
        }

        private static string Quoted(string name) => $"\"{name}\"";
    }
}
