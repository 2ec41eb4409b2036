using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="IsReveal">Something sealed was shown: the full number, or a text with the name in it; otherwise only the page with the masked number.</param>
/// <param name="Role">The role that the person held then.</param>
public sealed record AccessEntry(long Id, DateTimeOffset At, bool IsReveal, string Who, string? Role, string? Reason)
{
    /// <summary>What was shown is a text of a campaign as the person would read it.</summary>
    public bool IsText { get; init; }
}

/// <param name="Next">Pass as <c>before</c> for the entries that follow; null when there are none.</param>
public sealed record AccessPage(IReadOnlyList<AccessEntry> Entries, long? Next);

/// <summary>Who has looked at a person's data, by the audit trail: the answer that everybody may ask for.</summary>
public sealed class WhoLookedAtMe(PortalDatabase database)
{
    private const int PageSize = 50;

    private static readonly string[] Actions = [OpenSubscriber.Viewed, RevealNumber.Revealed, PreviewForPerson.Previewed];

    /// <param name="before">Only entries older than this one; null for the newest.</param>
    public async Task<AccessPage> PageAsync(Actor actor, SubscriberId id, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => e.SubscriberId == id && Actions.Contains(e.Action) && (before == null || e.Id < before))
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
        return new AccessEntry(entry.Id, entry.At, entry.Action != OpenSubscriber.Viewed, names.Of(entry.ActorKind, entry.ActorId),
            leaf.RootElement.GetProperty("actor").GetProperty("role").GetString(), leaf.RootElement.GetProperty("reason").GetString())
        {
            IsText = entry.Action == PreviewForPerson.Previewed,
        };
    }
}
