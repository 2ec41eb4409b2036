using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <summary>How far the doubt about a text is.</summary>
public enum DoubtStage
{
    /// <summary>The provider's records were asked for a day in vain: a person has to settle it.</summary>
    Waiting = 1,

    /// <summary>The records are still being asked.</summary>
    LookedUp = 2,

    /// <summary>A person has said what came of it.</summary>
    Settled = 3,
}

/// <param name="CampaignId">Only of this campaign; null for all.</param>
public sealed record DoubtQuery(DoubtStage Stage = DoubtStage.Waiting, CampaignId? CampaignId = null);

/// <param name="Who">The member of staff.</param>
/// <param name="Grounds">Why they think so.</param>
public sealed record DoubtAnswer(DoubtSettlement As, string Who, DateTimeOffset At, string Grounds);

/// <param name="Campaign">Null for a text that a program, or an answer to the person, asked for.</param>
/// <param name="MaskedPhone">"Erased" for an erased person.</param>
/// <param name="HandedOverAt">When it was decided that it may leave (UTC), right before the call.</param>
/// <param name="Cause">Null where the process ended before it could write why.</param>
/// <param name="Unanswered">Why the last look got no answer; null when it got one, or there was none.</param>
/// <param name="State">By now: a receipt may have come after a person settled it.</param>
public sealed record DoubtRow(
    long Id, CampaignId? CampaignId, string? Campaign, MessageKind Kind, string Purpose, SubscriberId SubscriberId, string MaskedPhone, string? Region, DateTimeOffset HandedOverAt,
    UnconfirmedCause? Cause, int Looks, int NotThere, DateTimeOffset? LookedAt, string? Unanswered, MessageState State, DoubtAnswer? Answer)
{
    /// <summary>Whether what a person said still stands: no receipt has come since.</summary>
    public bool IsByHand { get; init; }

    /// <summary>Until when the provider's records are asked (UTC).</summary>
    public DateTimeOffset LookedUpUntil => HandedOverAt + MessagesInDoubt.LookedUpFor;
}

/// <param name="Next">Pass as <c>before</c> for older ones; null at the end.</param>
/// <param name="Total">All that match.</param>
public sealed record DoubtPage(IReadOnlyList<DoubtRow> Rows, long? Next, int Total);

/// <param name="Waiting">Of it alone.</param>
public sealed record CampaignInDoubt(CampaignId Id, string Name, int Waiting);

/// <param name="Campaigns">Those with texts that wait, the most first.</param>
public sealed record DoubtCounts(int Waiting, int LookedUp, int Settled, IReadOnlyList<CampaignInDoubt> Campaigns);

/// <summary>Texts of which nobody knows whether they left, and those that a person settled; newest first, numbers masked.</summary>
public sealed class DoubtList(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <param name="before">Only texts planned before this one; null for the newest.</param>
    public async Task<DoubtPage> PageAsync(Actor actor, DoubtQuery query, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var rows = await RowsAsync(db, query, before, PageSize + 1, cancellationToken);
        return new DoubtPage([.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null, await Matching(db, query, clock.GetUtcNow()).CountAsync(cancellationToken));
    }

    /// <param name="campaign">Only its texts; the campaigns named are those of all.</param>
    public async Task<DoubtCounts> CountAsync(Actor actor, CampaignId? campaign, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var waiting = await Matching(db, new DoubtQuery(), now).Where(m => m.CampaignId != null).GroupBy(m => m.CampaignId).Select(g => new { Id = g.Key!.Value, Count = g.Count() })
            .ToDictionaryAsync(g => g.Id, g => g.Count, cancellationToken);
        var ids = waiting.Keys.ToList();
        var campaigns = await db.Campaigns.AsNoTracking().Where(c => ids.Contains(c.Id)).Select(c => new { c.Id, c.Name }).ToListAsync(cancellationToken);
        return new DoubtCounts(
            await Matching(db, new DoubtQuery(DoubtStage.Waiting, campaign), now).CountAsync(cancellationToken), await Matching(db, new DoubtQuery(DoubtStage.LookedUp, campaign), now).CountAsync(cancellationToken),
            await Matching(db, new DoubtQuery(DoubtStage.Settled, campaign), now).CountAsync(cancellationToken),
            [.. campaigns.Select(c => new CampaignInDoubt(c.Id, c.Name, waiting[c.Id])).OrderByDescending(c => c.Waiting).ThenBy(c => c.Name, StringComparer.Ordinal)]);
    }

    internal static IQueryable<OutboundMessage> Matching(PortalDbContext db, DoubtQuery query, DateTimeOffset now)
    {
        var asked = now - MessagesInDoubt.LookedUpFor;
        var texts = db.OutboundMessages.AsNoTracking();
        // Asked for by their ids: the ledger is long, and few of it were ever in doubt.
        var settled = db.TextDoubts.Where(d => d.SettledAt != null).Select(d => d.MessageId);
        texts = query.Stage switch
        {
            DoubtStage.Waiting => texts.Where(m => m.State == MessageState.Unconfirmed && (m.SentAt == null || m.SentAt <= asked)),
            DoubtStage.LookedUp => texts.Where(m => m.State == MessageState.Unconfirmed && m.SentAt > asked),
            DoubtStage.Settled => texts.Where(m => settled.Contains(m.Id)),
        };
        return query.CampaignId is { } campaign ? texts.Where(m => m.CampaignId == campaign) : texts;
    }

    internal async Task<IReadOnlyList<DoubtRow>> RowsAsync(PortalDbContext db, DoubtQuery query, long? before, int count, CancellationToken cancellationToken)
    {
        var rows = await (
            from text in Matching(db, query, clock.GetUtcNow()).Where(m => before == null || m.Id < before)
            join person in db.Subscribers on text.SubscriberId equals person.Id
            join purpose in db.Purposes on text.PurposeId equals purpose.Id
            join campaign in db.Campaigns on text.CampaignId equals campaign.Id into campaigns
            from campaign in campaigns.DefaultIfEmpty()
            join doubt in db.TextDoubts on text.Id equals doubt.MessageId into doubts
            from doubt in doubts.DefaultIfEmpty()
            orderby text.Id descending
            select new
            {
                Text = text, person.WrappedKey, person.PhoneSealed, person.Region, Purpose = purpose.Name, Campaign = campaign == null ? null : campaign.Name, Doubt = doubt,
            }).AsNoTracking().Take(count).ToListAsync(cancellationToken);
        var answers = await AnswersAsync(db, [.. rows.Select(r => r.Doubt).OfType<TextDoubt>()], cancellationToken);
        return rows.ConvertAll(r => new DoubtRow(
            r.Text.Id, r.Text.CampaignId, r.Campaign, r.Text.Kind, r.Purpose, r.Text.SubscriberId,
            vault.Open(r.Text.SubscriberId, r.WrappedKey, r.PhoneSealed, null, r.Region)?.Phone.ToString() ?? "Erased", r.Region,
            // A text that did not leave is sent at no time any more.
            r.Text.SentAt ?? r.Text.DecidedAt ?? r.Text.DueAt,
            r.Doubt?.Cause, r.Doubt?.Looks ?? 0, r.Doubt?.NotThere ?? 0, r.Doubt?.LookedAt, r.Doubt?.Unanswered, r.Text.State, answers.GetValueOrDefault(r.Text.Id))
        {
            IsByHand = ReceiptFold.IsSettledByHand(r.Text),
        });
    }

    /// <summary>Of those that a person settled, what they said, by the row of the ledger.</summary>
    internal static async Task<IReadOnlyDictionary<long, DoubtAnswer>> AnswersAsync(PortalDbContext db, IReadOnlyCollection<TextDoubt> doubts, CancellationToken cancellationToken)
    {
        var settled = doubts.Where(d => d.SettledAs is not null).ToList();
        var staff = await ActorNames.OfAsync(db, settled.Select(d => (ActorKind.Staff, d.SettledById!)).Distinct(), cancellationToken);
        return settled.ToDictionary(d => d.MessageId, d => new DoubtAnswer(d.SettledAs!.Value, staff.Of(ActorKind.Staff, d.SettledById!), d.SettledAt!.Value, d.Grounds!));
    }

    /// <inheritdoc cref="AnswersAsync(PortalDbContext, IReadOnlyCollection{TextDoubt}, CancellationToken)"/>
    internal static async Task<IReadOnlyDictionary<long, DoubtAnswer>> AnswersAsync(PortalDbContext db, IReadOnlyCollection<long> texts, CancellationToken cancellationToken)
    {
        var ids = texts.ToArray();
        return await AnswersAsync(db, await db.TextDoubts.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.MessageId) && d.SettledAt != null).ToListAsync(cancellationToken), cancellationToken);
    }
}
