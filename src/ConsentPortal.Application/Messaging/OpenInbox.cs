using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// A page of the inbox for somebody to read. It shows what people wrote, so the audit trail keeps, for each of them, who read it:
/// once for a visit, however often the page is turned, filtered or loaded again.
/// </summary>
public sealed class OpenInbox(PortalDatabase database, InboxList inbox, TimeProvider clock)
{
    public const string Viewed = "inbound.viewed";

    /// <param name="seen">Whose texts this visit has shown already; those of this page are added.</param>
    public async Task<InboxPage> ExecuteAsync(Actor actor, InboxQuery query, ISet<SubscriberId> seen, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ReviewInbox);
        var page = await inbox.PageAsync(actor, query, cancellationToken);
        // Of somebody who was erased there is nothing left to read.
        var people = page.Rows.Where(row => row.Body is not null || row.MaskedPhone is not null).Select(row => row.SubscriberId).OfType<SubscriberId>().Distinct().Where(id => !seen.Contains(id)).ToList();
        if (people.Count == 0)
            return page;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                foreach (var person in people)
                    db.Audit(actor, now, new AuditFact(Viewed, "subscriber", person.ToString(), person));
                return Task.CompletedTask;
            },
            cancellationToken);
        seen.UnionWith(people);
        return page;
    }
}
