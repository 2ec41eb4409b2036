using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <param name="Expected">What staff settled: optOut, optIn, confirm, help, review or none.</param>
/// <param name="Now">What the word lists of today say.</param>
public sealed record KeywordCaseRow(long Id, string Text, string? Language, string Expected, TextMeaning Now, string AddedBy, DateTimeOffset AddedAt)
{
    public bool IsAsExpected => Expected == KeywordCases.NameOf(Now.Action);
}

/// <param name="Lists">Names the word lists: another value means that a word, a phrase or a rule of them has changed.</param>
public sealed record KeywordCaseResults(IReadOnlyList<KeywordCaseRow> Rows, string Lists)
{
    public int Differing => Rows.Count(r => !r.IsAsExpected);
}

/// <summary>The settled cases, read anew whenever anybody looks: a thousand of them take a millisecond.</summary>
public sealed class KeywordCases(PortalDatabase database)
{
    /// <summary>Beyond this the list is no longer one that people keep in order.</summary>
    public const int Most = 1_000;

    public async Task<KeywordCaseResults> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        return new KeywordCaseResults(await ReadAsync(db, cancellationToken), OptOutMatcher.ListsHash);
    }

    internal static async Task<IReadOnlyList<KeywordCaseRow>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var cases = await db.KeywordCases.AsNoTracking().OrderBy(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        // What differs comes first.
        return [.. cases.Select(c => new KeywordCaseRow(c.Id, c.Text, c.Language, c.Expected, OptOutMatcher.Match(c.Text), c.AddedBy, c.AddedAt)).OrderBy(c => c.IsAsExpected)];
    }

    /// <summary>As the ledger and <c>keywords check</c> write it.</summary>
    public static string NameOf(TextAction action) => JsonNamingPolicy.CamelCase.ConvertName(action.ToString());
}
