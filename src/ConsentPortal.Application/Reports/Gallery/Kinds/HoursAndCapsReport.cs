using System.Runtime.CompilerServices;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>At which hour of the recipient's day each text left, whether the hours of its rules were open there, how many one person got, and how often hours and caps held one back.</summary>
internal sealed class HoursAndCapsReport(SubscriberVault vault) : GalleryReport
{
    private const int TextsAtOnce = 1_000;

    private static readonly string[] Holding = [.. HoursAndCaps.Reasons.Select(reason => reason.ToString())];

    // All there are: named, so that the index goes on to the reason behind them.
    private static readonly MessageState[] States = Enum.GetValues<MessageState>();

    public override ReportDescription Description { get; } = new(
        "quiet-hours-and-caps", "Quiet hours and caps", "The recipient's local time of every text that left in some days and whether the hours of its rules were open there, the most that one person got, and how often hours and caps held a text back.",
        ReportNeeds.Days, Permissions.ViewCampaigns);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(question, cancellationToken);
        var figures = new HoursFigures(held, ReportSteps.Of(question));
        var campaigns = await question.Db.Campaigns.AsNoTracking().Select(c => new { c.Id, c.Name }).ToDictionaryAsync(c => c.Id, c => c.Name, cancellationToken);
        return new ReportContent(ReportFilter.DaysInWords(question), new ReportRows("Texts that left", Fields, RowsAsync(question, campaigns, figures, cancellationToken)), figures.Blocks);
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Sent at"), new("Person"), new("Country"), new("Class", OnPaper: false), new("Campaign"), new("Local, earliest"), new("Local, latest"), new("Within hours"), new("Decision", OnPaper: false), new("Policy version", true), new("Text", true, OnPaper: false),
        new("First held at", OnPaper: false), new("First held by", OnPaper: false), new("Rule that held it", OnPaper: false),
        new("Hours of its rules", OnPaper: false), new("Outside of"),
    ];

    /// <summary>Each text once: by what first held it back in these days, or by what ended it there and then.</summary>
    private static async Task<IReadOnlyList<HeldBack>> HeldAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        var counts = await HeldTexts.Count(question.Db.OutboundMessages.AsNoTracking().Where(m => m.FirstHeldAt >= from && m.FirstHeldAt < to)).ToListAsync(cancellationToken);
        // What was decided in these days belongs to a campaign that was under way then, or to none: so an index of campaigns finds it, and not a reading of the whole ledger.
        var underWay = await question.Db.Campaigns.AsNoTracking().Where(c => c.StartedAt != null && c.StartedAt < to && (c.FinishedAt == null || c.FinishedAt >= from)).Select(c => (CampaignId?)c.Id).ToListAsync(cancellationToken);
        foreach (var campaign in underWay.Append(null))
            counts.AddRange(await EndedAtOnceAsync(question, campaign, cancellationToken));
        return HeldTexts.Of(counts);
    }

    private static Task<List<HeldCount>> EndedAtOnceAsync(ReportQuestion question, CampaignId? campaign, CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        return question.Db.OutboundMessages.AsNoTracking()
            .Where(m => m.CampaignId == campaign && States.Contains(m.State) && Holding.Contains(m.Reason) && m.FirstHeldAt == null && m.DecidedAt >= from && m.DecidedAt < to)
            .GroupBy(m => new { m.Reason, m.Rule, m.State }).Select(g => new HeldCount(g.Key.Reason!, g.Key.Rule, g.Key.State, false, g.Count())).ToListAsync(cancellationToken);
    }

    private async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        ReportQuestion question, Dictionary<CampaignId, string> campaigns, HoursFigures figures, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hours = await RecipientHours.OpenAsync(question.Db, vault, question.Now, cancellationToken);
        await foreach (var some in Texts(question).Chunk(TextsAtOnce).WithCancellation(cancellationToken))
        {
            foreach (var judged in await hours.JudgeAsync(question.Db, some, cancellationToken))
            {
                var text = judged.Text;
                figures.Add(judged);
                yield return
                [
                    text.SentAt, text.Person.ToString(), judged.Region, ReportWords.Of(text.Class),
                    text.Campaign is { } id ? campaigns.GetValueOrDefault(id) : ReportWords.Spaced(text.Kind.ToString()), judged.Earliest, judged.Latest, text.IsBound ? judged.Hours.IsWithin : null,
                    text.Decision is { } decision ? ReportWords.Spaced(((DecisionKind)decision).ToString()) : null, text.Policy, text.Id,
                    text.HeldAt, text.HeldBy is { } reason ? ReportWords.Spaced(reason) : null, text.HeldRule,
                    text.IsBound ? judged.RulesInWords : null, judged.IsOutsideHours ? judged.BrokenInWords : null,
                ];
            }
        }
    }

    /// <summary>In the order of people and instants, which is that of their index: so rolling counts need one person's texts at a time.</summary>
    private static IAsyncEnumerable<SentText> Texts(ReportQuestion question)
    {
        var (from, to) = (question.From, question.To);
        return question.Stream.OutboundMessages.AsNoTracking().Where(m => m.SentAt >= from && m.SentAt < to && SendFactsReader.SentStates.Contains(m.State))
            .OrderBy(m => m.SubscriberId).ThenBy(m => m.SentAt)
            .Select(m => new SentText(m.Id, m.SubscriberId, m.Kind, m.MessageClass, m.CampaignId, m.SentAt!.Value, m.DecisionKind, m.PolicyVersion, m.ConsentEventId, m.FirstHeldAt, m.FirstHeldReason, m.FirstHeldRule)).AsAsyncEnumerable();
    }
}

internal sealed record SentText(
    long Id, SubscriberId Person, MessageKind Kind, MessageClass Class, CampaignId? Campaign, DateTimeOffset SentAt, int? Decision, int? Policy, long? ConsentEventId, DateTimeOffset? HeldAt = null, string? HeldBy = null,
    string? HeldRule = null)
{
    /// <summary>Whether hours and caps bind it: nobody's own code or answer waits for the morning.</summary>
    public bool IsBound => Kind == MessageKind.Campaign && Class is MessageClass.Marketing or MessageClass.Informational;
}
