using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.PrivacyRequests;

namespace ConsentPortal.Web.Features.Dashboard;

public sealed partial class DashboardPage(Application.Analytics.Dashboard dashboard, AttentionList attention)
{
    private DashboardFigures? _figures;
    private IReadOnlyList<Attention> _attention = [];
    private IReadOnlyList<DateOnly> _days = [];
    private IReadOnlyList<TrendSeries> _series = [];

    protected override async Task OpenAsync()
    {
        _attention = await attention.GetAsync(Actor, Closing);
        var figures = await dashboard.GetAsync(Actor, Closing);
        _days = [.. Enumerable.Range(0, Application.Analytics.Dashboard.DayCount).Select(figures.FirstDay.AddDays)];
        _series = [new TrendSeries("Given", figures.Granted.Days, Meaning.Granted), new TrendSeries("Withdrawn", figures.Withdrawn.Days, Meaning.Withdrawn)];
        _figures = figures;
    }

    private static (Meaning Meaning, string Text, string? Href) Say(Attention item) => item.Kind switch
    {
        AttentionKind.SendingStopped => (Meaning.Blocked, item.Sentence!, Paths.Campaigns),
        AttentionKind.CampaignsRefused => (Meaning.Blocked, $"{Figures.Counted(item.Count, "campaign")} paused. {item.Sentence}", $"{Paths.Campaigns}?status=Paused"),
        AttentionKind.BalanceLow => (Meaning.Pending, item.Sentence!, Paths.Campaigns),
        AttentionKind.BreachesOverdue => (Meaning.Blocked, $"{Figures.Counted(item.Count, "breach", "breaches")} of which the authority was not told within 72 hours", Paths.Breaches),
        AttentionKind.BreachesToTell => (Meaning.Blocked, $"{Figures.Counted(item.Count, "breach", "breaches")} to tell the authority of: the 72 hours run", Paths.Breaches),
        AttentionKind.RequestsOverdue => (Meaning.Blocked, $"{Figures.Counted(item.Count, "privacy request")} overdue", new RequestFilters(IsOverdue: true).Address),
        AttentionKind.ReceiptsOverdue =>
            (Meaning.Blocked, $"{Figures.Counted(item.Count, "privacy request")} whose receipt was not confirmed within ten business days", new RequestFilters(IsUnconfirmed: true).Address),
        AttentionKind.ReceiptsToConfirm => (Meaning.Pending, $"{Figures.Counted(item.Count, "privacy request")} whose receipt has to be confirmed", new RequestFilters(IsUnconfirmed: true).Address),
        AttentionKind.ErasuresToApprove => (Meaning.Pending, $"{Figures.Counted(item.Count, "erasure")} waiting for an approval", new RequestFilters(Status: PrivacyRequestStatus.InReview).Address),
        AttentionKind.ErasuresNotClean => (Meaning.Blocked, $"{Figures.Counted(item.Count, "erasure")} after which something was still found", new RequestFilters(Status: PrivacyRequestStatus.Failed).Address),
        AttentionKind.LettersToSend => (Meaning.Pending, $"{Figures.Counted(item.Count, "privacy request")} with a letter that has not left", new RequestFilters(HasLetter: true).Address),
        AttentionKind.RequestsDueSoon => (Meaning.Pending, $"{Figures.Counted(item.Count, "privacy request")} due within a week", Paths.PrivacyRequests),
        AttentionKind.TextsToReview => (Meaning.Pending, $"{Figures.Counted(item.Count, "text")} to review: marketing to these people stands still", Paths.Inbox),
        AttentionKind.TextsToCheck => (Meaning.Neutral, $"{Figures.Counted(item.Count, "text")} taken as a likely stop: acted, please check", Paths.InboxToCheck),
        AttentionKind.BlockedAtProvider => (Meaning.Pending, $"{Figures.Counted(item.Count, "number is", "numbers are")} blocked at the provider and active here", Paths.ProviderDifferences),
        AttentionKind.KeywordCasesChanged => (Meaning.Blocked, $"{Figures.Counted(item.Count, "settled keyword case is", "settled keyword cases are")} read differently now", Paths.InboundSimulator),
        AttentionKind.ApprovalsWaiting => (Meaning.Pending, $"{Figures.Counted(item.Count, "campaign")} waiting for an approval", $"{Paths.Campaigns}?status=InReview"),
        AttentionKind.PolicyWaiting => (Meaning.Pending, "A change of the policy waits for a second person", Paths.Policy),
        AttentionKind.ChangesRequested => (Meaning.Pending, $"Changes requested on {Figures.Counted(item.Count, "campaign")} of yours", $"{Paths.Campaigns}?status=ChangesRequested"),
        AttentionKind.TextsInDoubt => (Meaning.Deferred, $"{Figures.Counted(item.Count, "text")} in doubt: the provider's answer was lost, and no job sends them again", Paths.TextsInDoubt),
        AttentionKind.DoubtsToSettle => (Meaning.Pending, $"{Figures.Counted(item.Count, "text")} in doubt to settle: the provider's records did not know them within a day", Paths.TextsInDoubt),
        AttentionKind.UnusualLooks => (Meaning.Pending, $"{Figures.Counted(item.Count, "day")} of the last week on which somebody looked at far more people than they use to", Paths.Looks),
        AttentionKind.RoomWaits => (Meaning.Pending, $"{Figures.Counted(item.Count, "evidence room")} in which the auditor waits for an answer", Paths.EvidenceRooms),
        AttentionKind.ReportsForYou => (Meaning.Neutral, $"{Figures.Counted(item.Count, "report")} made for you, not read yet", Paths.ReportsForMe),
        AttentionKind.EntriesUnsealed => (Meaning.Blocked, $"{Figures.Counted(item.Count, "audit entry", "audit entries")} not sealed yet: the sealer is behind", Paths.Audit),
    };

    private static string BalanceDetail(KnownBalance balance) =>
        $"told {Figures.Time(balance.At, TimeZoneInfo.Utc)} UTC{(balance.RefillsItself ? "; the account refills itself" : "")}";

    /// <summary>"campaign.approvalVoided" as a person says it: "campaign: approval voided".</summary>
    private static string Words(string action)
    {
        var (noun, verb) = action.Split('.', 2) is [var first, var second] ? (first, second) : (action, "");
        return $"{noun}: {string.Concat(verb.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()))}";
    }

    private string? ReachHref(PurposeReach purpose) =>
        Actor.May(Domain.Staff.Permissions.ViewSubscribers) ? $"{Paths.Subscribers}?purpose={purpose.Id}&status={nameof(ConsentStatus.Granted)}" : null;
}
