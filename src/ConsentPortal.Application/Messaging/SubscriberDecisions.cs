using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>One row of the send ledger with the decision that it carries.</summary>
/// <param name="Decision">Null before the first decision.</param>
/// <param name="FailedGates">Bit n is set when gate n did not pass.</param>
/// <param name="Reason">A code of <see cref="SendReason"/>; null for an allowed text.</param>
/// <param name="Rule">The rule that decided, such as US-09.</param>
/// <param name="Language">In which the words were chosen; null where the campaign has one language.</param>
public sealed record DecisionRow(
    long Id,
    MessageKind Kind,
    MessageState State,
    string Purpose,
    CampaignId? CampaignId,
    string? Campaign,
    DateTimeOffset PlannedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? DecidedAt,
    DateTimeOffset? SentAt,
    DecisionKind? Decision,
    int FailedGates,
    string? Reason,
    string? Rule,
    int? PolicyVersion,
    long? ConsentEventId,
    string? Language)
{
    /// <summary>What a person said came of it, where nobody else knew.</summary>
    public DoubtAnswer? Answer { get; init; }
}

public sealed record DecisionPage(IReadOnlyList<DecisionRow> Rows, long? Next);

/// <summary>Every text that was planned for one person, sent or not, and why: the answer to "why did I get this, or not?".</summary>
public sealed class SubscriberDecisions(PortalDatabase database)
{
    private const int PageSize = 50;

    /// <param name="before">Only rows older than this one; null for the newest.</param>
    public async Task<DecisionPage> PageAsync(Actor actor, SubscriberId id, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var texts = db.OutboundMessages.AsNoTracking().Where(m => m.SubscriberId == id && (before == null || m.Id < before));
        var rows = await Rows(db, texts).Take(PageSize + 1).ToListAsync(cancellationToken);
        var answers = await DoubtList.AnswersAsync(db, [.. rows.Select(r => r.Id)], cancellationToken);
        return new DecisionPage([.. rows.Take(PageSize).Select(r => r with { Answer = answers.GetValueOrDefault(r.Id) })], rows.Count > PageSize ? rows[PageSize - 1].Id : null);
    }

    /// <returns>Newest first.</returns>
    internal static IQueryable<DecisionRow> Rows(PortalDbContext db, IQueryable<OutboundMessage> texts) =>
        from message in texts
        join purpose in db.Purposes on message.PurposeId equals purpose.Id
        join campaign in db.Campaigns on message.CampaignId equals campaign.Id into campaigns
        from campaign in campaigns.DefaultIfEmpty()
        orderby message.Id descending
        select new DecisionRow(
            message.Id, message.Kind, message.State, purpose.Name, message.CampaignId, campaign == null ? null : campaign.Name, message.PlannedAt,
            message.DueAt, message.DecidedAt, message.SentAt, (DecisionKind?)message.DecisionKind, message.FailedGates ?? 0, message.Reason,
            message.Rule, message.PolicyVersion, message.ConsentEventId, message.Language);
}
