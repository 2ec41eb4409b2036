using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Leads from a short address to the page that the campaign's author wrote, and nowhere else, and counts the first click of
/// each person on each link. Whoever was erased, or had their data frozen, is led on and not counted; nor is anybody who opens the link of a test text.
/// </summary>
public sealed class OpenTrackedLink(PortalDatabase database, LinkTokens tokens, TimeProvider clock)
{
    private const int LongestReference = 100;

    /// <returns>Null for an address that leads nowhere.</returns>
    public async Task<Uri?> ExecuteAsync(Actor actor, string? token, LinkVisit visit, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        if (tokens.Read(token) is not { } named)
            return null;
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        if (named.IsTest)
            return await OfTestAsync(db, named, cancellationToken);
        var text = await db.OutboundMessages.AsNoTracking().Where(m => m.Id == named.MessageId && m.CampaignId != null && m.SentAt != null)
            .Select(m => new { m.SubscriberId, m.CampaignId, SentAt = m.SentAt!.Value }).SingleOrDefaultAsync(cancellationToken);
        if (text is null)
            return null;
        // Its texts can't be changed any more: it has begun to send.
        var campaign = await db.Campaigns.AsNoTracking().SingleAsync(c => c.Id == text.CampaignId, cancellationToken);
        if (!campaign.CountsClicks || TrackedLinks.In(campaign.Bodies).FirstOrDefault(l => l.Number == named.Link) is not { } link)
            return null;
        if (visit.IsByPerson(now - text.SentAt) && !await db.SubscriberFacts.AnyAsync(f => f.CampaignId == campaign.Id && f.MessageId == named.MessageId && f.Link == named.Link, cancellationToken))
            await CountAsync(new Click(campaign.Id, named.MessageId, text.SubscriberId, link, now), cancellationToken);
        return link.Target;
    }

    /// <summary>Where a test text leads that was sent as it stood in the editor.</summary>
    private static async Task<Uri?> OfTestAsync(PortalDbContext db, LinkOfText named, CancellationToken cancellationToken)
    {
        var template = await db.StaffTexts.AsNoTracking().Where(t => t.Id == named.MessageId).Select(t => t.CountedTemplate).SingleOrDefaultAsync(cancellationToken);
        return template is null ? null : TrackedLinks.In([template]).FirstOrDefault(l => l.Number == named.Link)?.Target;
    }

    private async Task CountAsync(Click click, CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(db => WriteAsync(db, click, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsCounted(problem))
        {
            // Two taps at once: the other one was counted.
        }
    }

    private static async Task WriteAsync(PortalDbContext db, Click click, CancellationToken cancellationToken)
    {
        var person = await db.Subscribers.AsNoTracking().Where(s => s.Id == click.Reader).Select(s => new { Id = s.MergedIntoId ?? s.Id }).SingleAsync(cancellationToken);
        if (await db.Subscribers.Where(s => s.Id == person.Id && s.ErasedAt == null && !s.IsRestricted)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LastEngagedAt, click.At), cancellationToken) == 0)
            return;
        db.SubscriberFacts.Add(new SubscriberFact
        {
            SubscriberId = person.Id, Kind = FactKind.Click, At = click.At, CampaignId = click.CampaignId, MessageId = click.MessageId, Link = click.Link.Number,
            Reference = click.Link.Text.Length > LongestReference ? click.Link.Text[..LongestReference] : click.Link.Text,
        });
    }

    private sealed record Click(CampaignId CampaignId, long MessageId, SubscriberId Reader, TrackedLink Link, DateTimeOffset At);

    private bool IsCounted(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }
}
