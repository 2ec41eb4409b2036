using System.Data.Common;
using ConsentPortal.Domain.Segments;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>Teaches each connection to compare text as rules do; SQLite itself knows the capitals of ASCII only.</summary>
internal sealed class TextCollation : DbConnectionInterceptor
{
    public const string Name = "PORTAL_TEXT";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        ((SqliteConnection)connection).CreateCollation(Name, RuleText.Compare);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
