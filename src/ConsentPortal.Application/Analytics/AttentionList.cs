using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Analytics;

public enum AttentionKind
{
    RequestsOverdue = 1,
    RequestsDueSoon = 2,
    TextsToReview = 3,
    ApprovalsWaiting = 4,
    ChangesRequested = 5,
    TextsInDoubt = 6,
    EntriesUnsealed = 7,
    TextsToCheck = 8,
    KeywordCasesChanged = 9,
    PolicyWaiting = 10,
    SendingStopped = 11,

    /// <summary>Days of the last week on which somebody looked at far more people than they use to.</summary>
    UnusualLooks = 12,
    BlockedAtProvider = 13,

    /// <summary>Open evidence rooms in which the auditor spoke last.</summary>
    RoomWaits = 14,

    /// <summary>Reports that a schedule made for this very person.</summary>
    ReportsForYou = 15,

    /// <summary>Texts in doubt that the provider's records did not know within a day.</summary>
    DoubtsToSettle = 16,

    /// <summary>Campaigns that were paused because the provider refuses their texts.</summary>
    CampaignsRefused = 17,

    /// <summary>Little money is left at the provider, and the account does not refill itself.</summary>
    BalanceLow = 18,

    /// <summary>Open requests whose receipt California wanted confirmed within ten business days, which are over (CA-02).</summary>
    ReceiptsOverdue = 19,

    /// <summary>Those for which these days are not over yet.</summary>
    ReceiptsToConfirm = 20,

    /// <summary>Erasures that wait for a second person who may be this one.</summary>
    ErasuresToApprove = 21,

    /// <summary>Erasures after which something of the person was still found.</summary>
    ErasuresNotClean = 22,

    /// <summary>Open requests with a letter that was written and has not left.</summary>
    LettersToSend = 23,

    /// <summary>Breaches of which the authority does not know within 72 hours (EU-20).</summary>
    BreachesOverdue = 24,

    /// <summary>Breaches whose 72 hours run.</summary>
    BreachesToTell = 25,

    /// <summary>Open breaches of high risk of which the people concerned do not know (GDPR art. 34(1)).</summary>
    BreachedPeopleToTell = 26,
}

/// <param name="Since">How long the oldest of them has waited; null where that says nothing.</param>
/// <param name="Sentence">What happened, where that is not always the same.</param>
public sealed record Attention(AttentionKind Kind, int Count, DateTimeOffset? Since = null, string? Sentence = null);

/// <summary>What waits for this very person, gravest first; what they may not act on is left out.</summary>
public sealed class AttentionList(PortalDatabase database, KeptReports kept, TimeProvider clock)
{
    private const int SoonDays = 7;

    private static readonly TimeSpan SealedWithin = TimeSpan.FromSeconds(30);

    private static readonly PrivacyRequestStatus[] Closed = [PrivacyRequestStatus.Completed, PrivacyRequestStatus.Denied, PrivacyRequestStatus.Cancelled];

    public async Task<IReadOnlyList<Attention>> GetAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewDashboard);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var found = new List<Attention>();
        if (actor.May(Permissions.ViewCampaigns) && await SendingStopNotice.FindAsync(db, cancellationToken) is { } stop)
            found.Add(new Attention(AttentionKind.SendingStopped, 1, Sentence: stop.Sentence));
        if (actor.May(Permissions.ViewCampaigns) && await KnownBalance.FindAsync(db, cancellationToken) is { IsLow: true } balance)
            found.Add(new Attention(AttentionKind.BalanceLow, 1, Sentence: Sentence(balance)));
        if (actor.May(Permissions.ViewBreaches))
            await AddBreachesAsync(db, found, now, cancellationToken);
        if (actor.May(Permissions.ViewPrivacyRequests))
            await AddRequestsAsync(db, actor, found, now, cancellationToken);
        if (actor.May(Permissions.ReviewInbox))
            await AddInboxAsync(db, found, cancellationToken);
        if (actor.May(Permissions.RecordConsent))
            Add(found, AttentionKind.BlockedAtProvider, await db.ProviderVerdicts.CountAsync(v => v.Difference == ProviderDifference.BlockedThere && !v.IsExplained, cancellationToken));
        await AddCampaignsAsync(db, actor, found, cancellationToken);
        if (actor.May(Permissions.EditPolicy))
            await AddPolicyAsync(db, actor, found, cancellationToken);
        if (actor.May(Permissions.ViewCampaigns))
            await AddDoubtsAsync(db, actor, found, now, cancellationToken);
        if (actor.May(Permissions.ViewAudit))
            Add(found, AttentionKind.EntriesUnsealed, await db.AuditEntries.CountAsync(e => e.LeafIndex == null && e.At < now - SealedWithin, cancellationToken));
        // Whoever answers for people's data and reads the trail: the compliance officers.
        if (actor.May(Permissions.ViewAudit) && actor.May(Permissions.HandlePrivacyRequests))
            await AddLooksAsync(db, found, now, cancellationToken);
        if (actor.May(Permissions.ManageEvidenceRooms))
            await AddRoomsAsync(db, found, now, cancellationToken);
        if (actor.May(Permissions.ViewReports) && await kept.UnreadAsync(actor, cancellationToken) is var (unread, since))
            Add(found, AttentionKind.ReportsForYou, unread, since);
        return found;
    }

    private static string Sentence(KnownBalance balance) =>
        $"The account at the provider has {CampaignWording.OfMoney(balance.Amount)} left: top it up before texts are refused";

    /// <summary>Whoever may not settle them sees all that are in doubt as such.</summary>
    private static async Task AddDoubtsAsync(PortalDbContext db, Actor actor, List<Attention> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var inDoubt = await db.OutboundMessages.CountAsync(m => m.State == MessageState.Unconfirmed, cancellationToken);
        var toSettle = inDoubt > 0 && actor.May(Permissions.SettleTexts) ? await DoubtList.Matching(db, new DoubtQuery(), now).CountAsync(cancellationToken) : 0;
        Add(found, AttentionKind.DoubtsToSettle, toSettle);
        Add(found, AttentionKind.TextsInDoubt, inDoubt - toSettle);
    }

    private static async Task AddRequestsAsync(PortalDbContext db, Actor actor, List<Attention> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        var today = calendar.Of(now);
        var soon = today.AddDays(SoonDays);
        var open = db.PrivacyRequests.AsNoTracking().Where(r => !Closed.Contains(r.Status));
        var running = open.Where(r => r.PausedOn == null);
        Add(found, AttentionKind.RequestsOverdue, await running.CountAsync(r => r.DueOn < today, cancellationToken));
        var late = await ConfirmationOfReceipt.Overdue(db, open, calendar, today).CountAsync(cancellationToken);
        Add(found, AttentionKind.ReceiptsOverdue, late);
        Add(found, AttentionKind.ErasuresNotClean, await open.CountAsync(r => r.Status == PrivacyRequestStatus.Failed, cancellationToken));
        Add(found, AttentionKind.RequestsDueSoon, await running.CountAsync(r => r.DueOn >= today && r.DueOn <= soon, cancellationToken));
        Add(found, AttentionKind.ReceiptsToConfirm, await ConfirmationOfReceipt.Missing(db, open).CountAsync(cancellationToken) - late);
        if (actor.May(Permissions.EraseSubscribers) && RequestChange.StaffId(actor) is { } me)
            Add(found, AttentionKind.ErasuresToApprove, await open.CountAsync(r => r.Status == PrivacyRequestStatus.InReview && r.RequestedApprovalById != me, cancellationToken));
        if (actor.May(Permissions.HandlePrivacyRequests))
            await AddLettersAsync(db, open, found, cancellationToken);
    }

    private static async Task AddLettersAsync(PortalDbContext db, IQueryable<PrivacyRequest> open, List<Attention> found, CancellationToken cancellationToken)
    {
        var waiting = db.PrivacyRequestLetters.AsNoTracking().Where(l => l.SentOn == null && open.Any(r => r.Id == l.RequestId));
        var oldest = await waiting.OrderBy(l => l.WrittenAt).Select(l => (DateTimeOffset?)l.WrittenAt).FirstOrDefaultAsync(cancellationToken);
        Add(found, AttentionKind.LettersToSend, await waiting.Select(l => l.RequestId).Distinct().CountAsync(cancellationToken), oldest);
    }

    private static async Task AddBreachesAsync(PortalDbContext db, List<Attention> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = (await BreachRegister.ReadAsync(db, cancellationToken)).Where(b => b.Breach.ClosedAt is null).ToList();
        var running = open.FindAll(b => b.IsClockRunning);
        Add(found, AttentionKind.BreachesOverdue, running.Count(b => b.Breach.AuthorityDue < now));
        var toTell = running.FindAll(b => b.Breach.AuthorityDue >= now);
        Add(found, AttentionKind.BreachesToTell, toTell.Count, toTell.Count == 0 ? null : toTell.Min(b => b.Breach.AwareAt));
        var unaware = open.FindAll(b => b.Breach.NeedsPeople && b.Notices.All(n => n.Kind != NoticeKind.People));
        Add(found, AttentionKind.BreachedPeopleToTell, unaware.Count, unaware.Count == 0 ? null : unaware.Min(b => b.Breach.AwareAt));
    }

    private static async Task AddLooksAsync(PortalDbContext db, List<Attention> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var looks = await LooksByStaff.ReadAsync(db, new DateTimeOffset(now.UtcDateTime.Date.AddDays(-SoonDays), TimeSpan.Zero), now.AddTicks(1), cancellationToken);
        Add(found, AttentionKind.UnusualLooks, looks.Sum(l => l.Unusual.Count));
    }

    private static async Task AddRoomsAsync(PortalDbContext db, List<Attention> found, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.EvidenceRooms.AsNoTracking().Where(r => r.ClosedAt == null && r.From <= now && r.Until > now)
            .Select(r => db.EvidenceComments.Where(c => c.RoomId == r.Id).OrderByDescending(c => c.At).ThenByDescending(c => c.Id).Select(c => new { c.IsOfVisitor, c.At }).FirstOrDefault()).ToListAsync(cancellationToken);
        var waiting = last.Where(c => c is { IsOfVisitor: true }).ToList();
        Add(found, AttentionKind.RoomWaits, waiting.Count, waiting.Count == 0 ? null : waiting.Min(c => c!.At));
    }

    private static async Task AddInboxAsync(PortalDbContext db, List<Attention> found, CancellationToken cancellationToken)
    {
        var waiting = db.InboundMessages.AsNoTracking().Where(m => m.Review == ReviewState.Waiting);
        var oldest = await waiting.OrderBy(m => m.ReceivedAt).Select(m => (DateTimeOffset?)m.ReceivedAt).FirstOrDefaultAsync(cancellationToken);
        Add(found, AttentionKind.TextsToReview, await waiting.CountAsync(cancellationToken), oldest);
        Add(found, AttentionKind.TextsToCheck, await db.InboundMessages.CountAsync(m => m.Review == ReviewState.ToCheck, cancellationToken));
        Add(found, AttentionKind.KeywordCasesChanged, (await KeywordCases.ReadAsync(db, cancellationToken)).Count(c => !c.IsAsExpected));
    }

    /// <summary>A draft of the policy that waits for somebody who wrote none of it.</summary>
    private static async Task AddPolicyAsync(PortalDbContext db, Actor actor, List<Attention> found, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(actor.Id, out var me))
            return;
        var asked = await db.Policies.AsNoTracking().Where(p => p.AskedAt != null && p.ActiveFrom == null && p.AbandonedAt == null).ToListAsync(cancellationToken);
        var waiting = asked.Where(p => p.AskedById != me && !p.Writers.Contains(me)).ToList();
        Add(found, AttentionKind.PolicyWaiting, waiting.Count, waiting.Min(p => p.AskedAt));
    }

    private static async Task AddCampaignsAsync(PortalDbContext db, Actor actor, List<Attention> found, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(actor.Id, out var me))
            return;
        if (actor.May(Permissions.ApproveCampaigns))
        {
            var name = me.ToString();
            Add(found, AttentionKind.ApprovalsWaiting, await db.Campaigns.CountAsync(
                c => c.Status == CampaignStatus.InReview && c.AuthorId != me && c.SubmittedById != me && !c.WriterIds.Contains(name), cancellationToken));
        }

        if (actor.May(Permissions.ViewCampaigns))
            await AddRefusedAsync(db, found, cancellationToken);
        if (actor.May(Permissions.EditCampaigns))
            Add(found, AttentionKind.ChangesRequested, await db.Campaigns.CountAsync(c => c.Status == CampaignStatus.ChangesRequested && c.AuthorId == me, cancellationToken));
    }

    private static async Task AddRefusedAsync(PortalDbContext db, List<Attention> found, CancellationToken cancellationToken)
    {
        var reasons = await db.Campaigns.AsNoTracking().Where(c => c.Status == CampaignStatus.Paused && c.StatusReason!.StartsWith(SettingsAtFault.Because))
            .OrderBy(c => c.UpdatedAt).Select(c => new { c.StatusReason, c.UpdatedAt }).ToListAsync(cancellationToken);
        if (reasons.Count > 0)
            found.Add(new Attention(AttentionKind.CampaignsRefused, reasons.Count, reasons[0].UpdatedAt, reasons[0].StatusReason));
    }

    private static void Add(List<Attention> found, AttentionKind kind, int count, DateTimeOffset? since = null)
    {
        if (count > 0)
            found.Add(new Attention(kind, count, since));
    }
}
