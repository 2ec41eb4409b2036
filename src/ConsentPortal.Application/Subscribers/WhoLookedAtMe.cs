using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Role">The role that the person held then.</param>
public sealed record AccessEntry(long Id, DateTimeOffset At, LookKind Kind, string Who, string? Role, string? Reason)
{
    /// <summary>Something sealed was shown; otherwise only what is masked.</summary>
    public bool IsReveal => LooksAtPeople.IsReveal(Kind);
}

/// <param name="Next">Pass as <c>before</c> for the entries that follow; null when there are none.</param>
public sealed record AccessPage(IReadOnlyList<AccessEntry> Entries, long? Next);

/// <summary>Who has looked at a person's data, by the audit trail: the answer that everybody may ask for.</summary>
public sealed class WhoLookedAtMe(PortalDatabase database)
{
    private const int PageSize = 50;

    /// <param name="before">Only entries older than this one; null for the newest.</param>
    public async Task<AccessPage> PageAsync(Actor actor, SubscriberId id, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var actions = LooksAtPeople.Actions;
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => e.SubscriberId == id && actions.Contains(e.Action) && (before == null || e.Id < before))
            .OrderByDescending(e => e.Id).Take(PageSize + 1)
            .ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return new AccessPage(
            [.. entries.Take(PageSize).Select(e => Read(e, names))],
            entries.Count > PageSize ? entries[PageSize - 1].Id : null);
    }

    private static AccessEntry Read(AuditEntry entry, ActorNames names)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return new AccessEntry(entry.Id, entry.At, LooksAtPeople.KindOf(entry.Action), names.Of(entry.ActorKind, entry.ActorId),
            leaf.RootElement.GetProperty("actor").GetProperty("role").GetString(), leaf.RootElement.GetProperty("reason").GetString());
    }
}
