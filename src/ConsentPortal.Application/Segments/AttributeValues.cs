using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>Which values people have of a custom attribute, for whoever writes a condition about it.</summary>
public sealed class AttributeValues(PortalDatabase database)
{
    /// <summary>Values at once.</summary>
    public const int Most = 12;

    /// <summary>A value that fewer people have may tell who they are.</summary>
    private const int LeastPeople = 3;

    /// <summary>Different lists that are looked into: those that most people have.</summary>
    private const int MostLists = 500;

    /// <param name="start">How the value begins, as <see cref="RuleText"/> compares texts; empty for any.</param>
    /// <returns>At most <see cref="Most"/> by the alphabet, as people's records write them; none of a sensitive attribute, of one that is neither text nor list, and of one that is gone.</returns>
    public async Task<IReadOnlyList<string>> FindAsync(Actor actor, int attributeId, string start, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        await using var db = database.Open();
        var attribute = await db.AttributeDefinitions.AsNoTracking().SingleOrDefaultAsync(a => a.Id == attributeId, cancellationToken);
        if (attribute is not { IsSensitive: false, Type: AttributeType.Text or AttributeType.List })
            return [];
        var rows = db.SubscriberAttributes.AsNoTracking().Where(a => a.AttributeId == attributeId && a.FoldedText != null);
        var folded = RuleText.Fold(start);
        var found = attribute.Type == AttributeType.Text ? await TextsAsync(rows, folded, cancellationToken) : await ListedAsync(rows, folded, cancellationToken);
        var written = new List<string>();
        foreach (var (value, row) in found)
            if (await rows.Where(a => a.FoldedText == row).OrderBy(a => a.SubscriberId).Select(a => a.Text).FirstOrDefaultAsync(cancellationToken) is { } text)
                written.Add(attribute.Type == AttributeType.Text ? text.TrimEnd(' ') : ValueList.Values(text).FirstOrDefault(v => RuleText.Fold(v) == value, value));
        return written;
    }

    private static async Task<IReadOnlyList<(string Value, string Row)>> TextsAsync(IQueryable<SubscriberAttribute> rows, string start, CancellationToken cancellationToken)
    {
        var texts = await rows.Where(a => a.FoldedText!.StartsWith(start)).GroupBy(a => a.FoldedText!).Where(g => g.Count() >= LeastPeople)
            .Select(g => g.Key).OrderBy(text => text).Take(Most).ToListAsync(cancellationToken);
        return texts.ConvertAll(text => (text, text));
    }

    /// <returns>Each value with a list that has it, both folded.</returns>
    private static async Task<IReadOnlyList<(string Value, string Row)>> ListedAsync(IQueryable<SubscriberAttribute> rows, string start, CancellationToken cancellationToken)
    {
        var lists = await rows.GroupBy(a => a.FoldedText!).Select(g => new { List = g.Key, People = g.Count() })
            .OrderByDescending(l => l.People).ThenBy(l => l.List).Take(MostLists).ToListAsync(cancellationToken);
        return
        [
            .. lists.SelectMany(l => ValueList.Values(l.List).Select(value => (Value: value, l.List, l.People))).GroupBy(v => v.Value, StringComparer.Ordinal)
                .Where(g => g.Key.StartsWith(start, StringComparison.Ordinal) && g.Sum(v => v.People) >= LeastPeople)
                .OrderBy(g => g.Key, StringComparer.Ordinal).Take(Most).Select(g => (g.Key, g.First().List)),
        ];
    }
}
