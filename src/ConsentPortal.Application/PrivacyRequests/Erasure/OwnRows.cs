using System.Data.Common;
using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Looks for one name of a person alone in the rows that are theirs: every table with a person's id, and every table that belongs
/// to one. Elsewhere "Lee" is somebody else; here it is a find to look at, which may still be a word of another meaning, and
/// which keeps no erasure open, because nobody can change an entry of the audit trail.
/// </summary>
internal static class OwnRows
{
    public static async Task<IReadOnlyList<RescanFinding>> FindAsync(
        PortalDbContext db, PersonTraces traces, IReadOnlyCollection<SubscriberId> people, IReadOnlySet<(Type, string)> namesOfStaff, CancellationToken cancellationToken)
    {
        if (people.Count == 0 || traces.SingleNames.Count == 0)
            return [];
        var findings = new List<RescanFinding>();
        foreach (var table in db.Model.GetEntityTypes().Where(t => t.GetTableName() is not null).OrderBy(t => t.GetTableName(), StringComparer.Ordinal))
        {
            var texts = table.GetProperties().Where(p => IsText(p) && !namesOfStaff.Contains((table.ClrType, p.Name))).ToList();
            if (texts.Count > 0 && Condition(db, table) is { } condition)
                findings.AddRange(await FindAsync(db, traces, people, table, texts, condition, cancellationToken));
        }

        return findings;
    }

    // Of bytes only an entry of the audit trail is text; the others are sealed or hashes.
    private static bool IsText(IProperty property) => property.ClrType == typeof(string) || (property.DeclaringType.ClrType == typeof(AuditEntry) && property.Name == nameof(AuditEntry.Leaf));

    private static IProperty? PersonOf(IEntityType table) =>
        table.GetProperties().Where(p => p.ClrType == typeof(SubscriberId) || p.ClrType == typeof(SubscriberId?)).OrderBy(p => p.IsPrimaryKey() || p.Name == nameof(AuditEntry.SubscriberId) ? 0 : 1).FirstOrDefault();

    /// <returns>Which rows are a person's, with {0} for the ids; null for a table in which nothing is.</returns>
    private static string? Condition(PortalDbContext db, IEntityType table)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        if (PersonOf(table) is { } person)
            return $"{sql.DelimitIdentifier(person.GetColumnName())} IN ({{0}})";
        return table.GetForeignKeys().Where(k => k.Properties.Count == 1).Select(k => PersonOf(k.PrincipalEntityType) is { } owner
            ? $"{sql.DelimitIdentifier(k.Properties[0].GetColumnName())} IN (SELECT {sql.DelimitIdentifier(k.PrincipalKey.Properties[0].GetColumnName())} FROM {Name(sql, k.PrincipalEntityType)} WHERE {sql.DelimitIdentifier(owner.GetColumnName())} IN ({{0}}))"
            : null).OfType<string>().FirstOrDefault();
    }

    private static async Task<IEnumerable<RescanFinding>> FindAsync(
        PortalDbContext db, PersonTraces traces, IReadOnlyCollection<SubscriberId> people, IEntityType table, List<IProperty> texts, string condition, CancellationToken cancellationToken)
    {
        var sql = db.GetService<ISqlGenerationHelper>();
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        var names = people.Select((person, i) => Add(db, command, $"@person{i}", person)).ToList();
        command.CommandText = $"SELECT {string.Join(", ", texts.Select(p => sql.DelimitIdentifier(p.GetColumnName())))} FROM {Name(sql, table)} WHERE {condition.Replace("{0}", string.Join(", ", names), StringComparison.Ordinal)}";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var hits = new int[texts.Count];
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < texts.Count; i++)
            {
                if (!await reader.IsDBNullAsync(i, cancellationToken))
                    hits[i] += traces.HasSingleName(texts[i].ClrType == typeof(string) ? reader.GetString(i) : Encoding.UTF8.GetString(reader.GetFieldValue<byte[]>(i))) ? 1 : 0;
            }
        }

        return texts.Select((p, i) => new RescanFinding($"{table.GetTableName()}.{p.GetColumnName()}", hits[i])).Where(f => f.Values > 0);
    }

    private static string Add(PortalDbContext db, DbCommand command, string name, SubscriberId person)
    {
        var id = db.Model.FindEntityType(typeof(Subscriber))!.FindProperty(nameof(Subscriber.Id))!;
        command.Parameters.Add(id.GetRelationalTypeMapping().CreateParameter(command, name, person, nullable: false));
        return name;
    }

    private static string Name(ISqlGenerationHelper sql, IEntityType table) => sql.DelimitIdentifier(table.GetTableName()!, table.GetSchema());
}
