using System.Data.Common;
using ConsentPortal.Domain.Segments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>Teaches each connection to fold text as rules do, for migrations: SQLite itself knows the capitals of ASCII only.</summary>
internal sealed class TextFolding : DbConnectionInterceptor
{
    public const string Name = "PORTAL_FOLD";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        ((SqliteConnection)connection).CreateFunction(Name, (string? text) => text is null ? null : RuleText.Fold(text), isDeterministic: true);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
