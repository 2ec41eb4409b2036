using System.Runtime.CompilerServices;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>The file of one campaign: what the compliance report tells, and everybody of it with their decision.</summary>
internal sealed class CampaignFileReport(CampaignDetail campaigns, CampaignProgress progress) : GalleryReport
{
    public override ReportDescription Description { get; } = new(
        "campaign-file", "Campaign compliance file", "Text, wordings, who wrote and who approved, the dry run, and each person of one campaign as sent or as stopped by a rule with its source.",
        ReportNeeds.Campaign, Permissions.ViewCampaigns);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var id = question.Filter.Campaign!.Value;
        if (!(await campaigns.GetAsync(question.Actor, id, cancellationToken)).TryGet(out var campaign, out var missing))
            return missing;
        if (!(await progress.GetAsync(question.Actor, id, cancellationToken)).TryGet(out var figures, out missing))
            return missing;
        var report = await new CampaignReportReader(question.Db, id).ReadAsync(campaign, figures, cancellationToken);
        return new ReportContent($"Everybody of {campaign.Name}", new ReportRows("People of the campaign", Fields, RowsAsync(question, id, cancellationToken)), () => CampaignReportDocument.Blocks(report));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Person"), new("State"), new("Reason"), new("Rule"), new("Decision", OnPaper: false), new("Decided at", OnPaper: false), new("Policy version", true), new("Consent event", true), new("Sent at"), new("Text", true, OnPaper: false),
        new("Variant", OnPaper: false), new("Provider's code", OnPaper: false), new("Language", OnPaper: false),
        new("First held at", OnPaper: false), new("First held by", OnPaper: false), new("Rule that held it", OnPaper: false),
    ];

    // By person, because that is the order of an index of the campaign.
    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(ReportQuestion question, CampaignId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var texts = question.Stream.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id).OrderBy(m => m.SubscriberId).Select(m => new
        {
            m.Id, m.SubscriberId, m.State, m.Reason, m.Rule, m.DecisionKind, m.DecidedAt, m.PolicyVersion, m.ConsentEventId, m.SentAt, m.Variant, m.Language, m.ErrorCode, m.FirstHeldAt, m.FirstHeldReason, m.FirstHeldRule,
        });
        await foreach (var text in texts.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return
            [
                text.SubscriberId.ToString(), ReportWords.Of(text.State), text.Reason is { } reason ? ReportWords.Spaced(reason) : null, text.Rule,
                text.DecisionKind is { } kind ? ReportWords.Spaced(((DecisionKind)kind).ToString()) : null, text.DecidedAt, text.PolicyVersion, text.ConsentEventId, text.SentAt, text.Id, text.Variant?.ToString(), text.ErrorCode, text.Language,
                text.FirstHeldAt, text.FirstHeldReason is { } held ? ReportWords.Spaced(held) : null, text.FirstHeldRule,
            ];
        }
    }
}
