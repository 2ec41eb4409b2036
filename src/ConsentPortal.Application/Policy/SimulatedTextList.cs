using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <param name="Was">With <paramref name="Would"/> null for all changes.</param>
/// <param name="Rule">Only texts for which it decided; null for any.</param>
/// <param name="Lost">Those whose decision could not be reproduced for this cause, instead of changes.</param>
/// <param name="After">The last id of the page before.</param>
public sealed record SimulatedTextQuery(int Version, DecisionKind? Was = null, DecisionKind? Would = null, string? Rule = null, LostDecision? Lost = null, long? After = null);

public sealed record SimulatedTextRow(
    long MessageId, SubscriberId SubscriberId, string MaskedPhone, string? Region, string Purpose, string? Campaign, MessageKind Kind, DateTimeOffset DecidedAt,
    DecisionKind Was, DecisionKind? Again, DecisionKind? Would, SendReason? Reason, string? Rule, DateTimeOffset? Until, LostDecision? Lost);

/// <param name="Next">What to ask for the next page; null on the last.</param>
public sealed record SimulatedTextPage(IReadOnlyList<SimulatedTextRow> Rows, long? Next);

/// <summary>The texts behind the numbers of a draft's newest simulation.</summary>
public sealed class SimulatedTextList(PortalDatabase database, SubscriberVault vault)
{
    public const int PageSize = 10;

    public async Task<SimulatedTextPage> PageAsync(Actor actor, SimulatedTextQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var row = await db.Policies.AsNoTracking().SingleOrDefaultAsync(p => p.Version == query.Version, cancellationToken);
        if (row?.Simulation is not { } simulation)
            return new SimulatedTextPage([], null);
        var rows = await (
            from text in Wanted(db, simulation.Id, query)
            join message in db.OutboundMessages on text.MessageId equals message.Id
            join person in db.Subscribers on message.SubscriberId equals person.Id
            join purpose in db.Purposes on message.PurposeId equals purpose.Id
            join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            orderby text.MessageId
            select new
            {
                Text = text, message.SubscriberId, message.Kind, message.DecidedAt, Purpose = purpose.Name, Campaign = campaign == null ? null : campaign.Name,
                person.WrappedKey, person.PhoneSealed, person.Region,
            })
            .Take(PageSize + 1).ToListAsync(cancellationToken);
        return new SimulatedTextPage(
            [.. rows.Take(PageSize).Select(r => new SimulatedTextRow(
                r.Text.MessageId, r.SubscriberId, vault.Open(r.SubscriberId, r.WrappedKey, r.PhoneSealed, null, r.Region)?.Phone.ToString() ?? "Erased", r.Region, r.Purpose,
                r.Campaign, r.Kind, r.DecidedAt!.Value, r.Text.Was, r.Text.Again, r.Text.Would, r.Text.Reason, r.Text.Rule, r.Text.Until, r.Text.Lost))],
            rows.Count > PageSize ? rows[PageSize - 1].Text.MessageId : null);
    }

    private static IQueryable<SimulatedText> Wanted(PortalDbContext db, Guid simulation, SimulatedTextQuery query)
    {
        var texts = db.SimulatedTexts.AsNoTracking().Where(t => t.SimulationId == simulation);
        texts = query.Lost is { } lost ? texts.Where(t => t.Lost == lost) : texts.Where(t => t.Lost == null);
        if (query.Was is { } was)
            texts = texts.Where(t => t.Was == was);
        if (query.Would is { } would)
            texts = texts.Where(t => t.Would == would);
        if (query.Rule is { Length: > 0 } rule)
            texts = texts.Where(t => t.Rule == rule);
        if (query.After is { } after)
            texts = texts.Where(t => t.MessageId > after);
        return texts;
    }
}
