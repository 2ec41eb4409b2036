using System.Text.Json;
using ConsentPortal.Application.Database;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Finds words in the reasons of entries. No index knows them, so a page looks through some thousand entries that match everything else,
/// fewer where they lie far apart, and says how far it came; the next one goes on from there.
/// </summary>
internal sealed class AuditWordSearch(PortalDbContext places, PortalDbContext entries, AuditQuery query, TimeProvider clock)
{
    /// <summary>Entries that one page looks at.</summary>
    public const int MostLookedAt = 3_000;

    private const int AtOnce = 250;

    // Of the 150 ms that a page may take; the rest is for the last entries that are looked at and for drawing.
    private static readonly TimeSpan MostTime = TimeSpan.FromMilliseconds(70);

    /// <summary>Whether each of the words stands in the reason, large or small; without words everything does.</summary>
    public static bool Matches(AuditEntry entry, string? words)
    {
        if (words is not { Length: > 0 })
            return true;
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return AuditLeaf.Text(leaf.RootElement, "reason") is { } reason
            && words.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <returns>What matches, in the order of the search, at most so many; and how far was looked when there are more entries to look at.</returns>
    public async Task<(List<AuditEntry> Found, AuditLook? Look)> FindAsync(AuditPosition position, int most, CancellationToken cancellationToken)
    {
        var (found, look, start) = (new List<AuditEntry>(), (AuditLook?)null, clock.GetTimestamp());
        await foreach (var some in new AuditSearch(places, query).FindAsync(position, AtOnce, cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            if (look is { Entries: >= MostLookedAt } || (look is not null && clock.GetElapsedTime(start) > MostTime))
                return (found, look);
            foreach (var entry in (await AuditEntries.ReadAsync(entries, some, cancellationToken)).Where(e => Matches(e, query.Words)))
            {
                if (found.Count == most)
                    return (found, new AuditLook(look?.Entries ?? 0, new AuditPlace(found[^1].At, found[^1].Id)));
                found.Add(entry);
            }

            look = new AuditLook((look?.Entries ?? 0) + some.Length, some[^1]);
        }

        return (found, null);
    }
}
