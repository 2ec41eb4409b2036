using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Application.Reports;

/// <summary>How a campaign is told to an auditor: what came of it, what was sent on which words, who decided, and why everybody else got nothing.</summary>
internal static class CampaignReportDocument
{
    public static ReportDocument Of(CampaignReport report, ReportHead head) => new(head, [.. Blocks(report), .. ReportCheck.Blocks(head, "Each text's decision, with the consent and the rules that allowed it, stands in the send ledger.")]);

    /// <summary>What is told, without where it can be checked.</summary>
    public static IReadOnlyList<ReportBlock> Blocks(CampaignReport report) =>
    [
        .. Figures(report),
        new ReportBlock.Heading("The text"),
        .. Texts(report),
        new ReportBlock.Facts(Content(report)),
        .. Wordings(report),
        new ReportBlock.Heading("Who decided"),
        new ReportBlock.Facts(Decisions(report)),
        .. DryRun(report),
        .. Results(report),
        .. Variants(report),
        .. Languages(report),
        .. Reasons(report),
        .. Held(report),
        .. Places(report),
    ];

    private static IEnumerable<ReportBlock> Figures(CampaignReport report)
    {
        var figures = report.Figures;
        yield return new ReportBlock.KeyFigures(
        [
            new("People considered", ReportWords.Count(figures.Texts)),
            new("Texts sent", ReportWords.Count(figures.Sent), ReportWords.ShareOf(figures.Sent, figures.Texts, "the people")),
            new("Delivered", ReportWords.Count(figures.Of(MessageState.Delivered)), ReportWords.ShareOf(figures.Of(MessageState.Delivered), figures.Sent, "the texts")),
            new("Opted out afterwards", ReportWords.Count(figures.OptOuts), ReportWords.ShareOf(figures.OptOuts, figures.Sent, "the texts")),
            new("Parts billed", ReportWords.Count(figures.Parts), figures.PricedTexts == 0 ? "No price from the provider" : $"{CampaignWording.OfMoney(figures.Price)} for {ReportWords.Count(figures.PricedTexts)} texts"),
        ]);
        yield return new ReportBlock.Paragraph($"Status: {ReportWords.Of(report.Campaign.Status).ToLowerInvariant()}. Every person considered is in this report once: as a text sent, or as one not sent with the rule that stopped it.");
    }

    private static IEnumerable<ReportBlock> Texts(CampaignReport report)
    {
        var texts = report.Campaign.Texts;
        var state = report.ApprovedHash is null ? "written" : "approved";
        string Said(char variant, string? language) =>
            $"Template {(texts.Count == 1 ? "" : $"{variant} ")}{(language is null ? "" : $"in {ReportWords.Language(language)} ")}as it was {state}; values in double braces are the recipient's own";
        return
        [
            .. texts.Select(text => new ReportBlock.Quote(text.Body, Said(text.Variant, report.Campaign.Language))),
            .. report.Campaign.Translations.Select(text => new ReportBlock.Quote(text.Body, Said(text.Variant, text.Language))),
        ];
    }

    private static IEnumerable<ReportBlock> Variants(CampaignReport report)
    {
        if (report.Figures.Variants.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("By text");
        yield return new ReportBlock.Table(
            [new("Text"), new("People", ReportAlign.Right), new("Sent", ReportAlign.Right), new("Delivered", ReportAlign.Right), new("Opted out", ReportAlign.Right)],
            [.. report.Figures.Variants.Select(v => (IReadOnlyList<string>)[v.Variant.ToString(), ReportWords.Count(v.People), ReportWords.Count(v.Sent), ReportWords.Count(v.Delivered), ReportWords.Count(v.OptOuts)])],
            ["Total", Sum(v => v.People), Sum(v => v.Sent), Sum(v => v.Delivered), Sum(v => v.OptOuts)]);

        string Sum(Func<VariantFigures, int> of) => ReportWords.Count(report.Figures.Variants.Sum(v => (long)of(v)));
    }

    private static IEnumerable<ReportBlock> Languages(CampaignReport report)
    {
        if (report.Figures.Languages.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("By the language of the words");
        yield return new ReportBlock.Table(
            [new("Language"), new("Text"), new("People", ReportAlign.Right), new("Sent", ReportAlign.Right), new("Delivered", ReportAlign.Right), new("Opted out", ReportAlign.Right)],
            [
                .. report.Figures.Languages.Select(l => (IReadOnlyList<string>)
                [
                    ReportWords.Language(l.Language), l.Variant?.ToString() ?? "A", ReportWords.Count(l.People), ReportWords.Count(l.Sent), ReportWords.Count(l.Delivered), ReportWords.Count(l.OptOuts),
                ]),
            ],
            report.Figures.Languages.Count > 1 ? ["Total", "", Sum(l => l.People), Sum(l => l.Sent), Sum(l => l.Delivered), Sum(l => l.OptOuts)] : null);

        string Sum(Func<LanguageFigures, int> of) => ReportWords.Count(report.Figures.Languages.Sum(l => (long)of(l)));
    }

    private static List<ReportFact> Content(CampaignReport report)
    {
        var campaign = report.Campaign;
        List<ReportFact> facts =
        [
            new("Purpose", $"{campaign.Purpose} ({ReportWords.Of(campaign.MessageClass).ToLowerInvariant()})"),
            new("Sender", $"{campaign.Brand}, {campaign.Sender}"),
            new("Audience", $"{campaign.Segment}, version {campaign.SegmentVersion}: {campaign.SegmentSentence}"),
            .. Audience(campaign),
            new(campaign.Timing?.StartsAt is null ? "Start" : "First start anywhere", ReportWords.Time(campaign.StartAt, null)),
        ];
        if (CampaignWording.OfTiming(campaign.Timing) is { } timing)
            facts.Add(new ReportFact("By each person's clock", timing));
        if (campaign.NotAfter is { } end)
            facts.Add(new ReportFact("Not sent after", ReportWords.Time(end, null)));
        if (campaign.Subject is { Length: > 0 } subject)
            facts.Add(new ReportFact("Subject", subject));
        facts.Add(new ReportFact("SHA-256 of the content", campaign.ContentHash, IsCode: true));
        return facts;
    }

    private static IEnumerable<ReportFact> Audience(CampaignView campaign)
    {
        if (campaign.Exclusions.Count > 0)
            yield return new ReportFact("Left out", string.Join(", ", campaign.Exclusions.Select(e => $"{e.Name}, version {e.Version}")));
        if (campaign.AtMost is { } most)
            yield return new ReportFact("At most", $"{ReportWords.Count(most)} people, chosen by lot");
        if (campaign.HoldoutPercent > 0)
            yield return new ReportFact("Held out", $"{campaign.HoldoutPercent} %, to compare with");
        if (campaign.Texts.Count > 1)
            yield return new ReportFact("Shares of the texts", CampaignWording.OfWeights(campaign.Texts));
        if (campaign.Language is { } usual)
            yield return new ReportFact("Languages", $"Each person's own where there are words in it, else without its region, else {ReportWords.Language(usual)}");
        if (campaign.TextsPerMinute is { } pace)
            yield return new ReportFact("Pace", $"{ReportWords.Count(pace)} texts a minute at most");
        if (CampaignWording.OfLimits(campaign.Limits) is { } limits)
            yield return new ReportFact("Pauses by itself", $"At {limits}");
    }

    private static IEnumerable<ReportBlock> Wordings(CampaignReport report)
    {
        if (report.Wordings.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("The wordings under which its recipients had agreed");
        yield return new ReportBlock.Table(
            [new("Language"), new("Version"), new("Words"), new("Texts", ReportAlign.Right)],
            [.. report.Wordings.Select(w => (IReadOnlyList<string>)[ReportWords.Language(w.Language), ReportWords.Count(w.Version), w.Text, ReportWords.Count(w.Texts)])],
            ["Total", "", "", ReportWords.Count(report.Wordings.Sum(w => w.Texts))]);
    }

    private static List<ReportFact> Decisions(CampaignReport report)
    {
        var campaign = report.Campaign;
        var isAsApproved = report.ApprovedHash is not null && report.ApprovedHash == campaign.ContentHash;
        List<ReportFact> facts = [new("Written by", $"{campaign.Author}, {PdfWriter.Time(report.CreatedAt)}")];
        if (campaign.SubmittedBy is { } submitter)
            facts.Add(new ReportFact("Sent to review by", submitter));
        facts.Add(new ReportFact("Approved by", campaign.ApprovedBy is { } approver ? $"{approver}, {PdfWriter.Time(campaign.ApprovedAt!.Value)}" : "Nobody yet"));
        if (report.ApprovedHash is { } hash)
        {
            facts.Add(new ReportFact("SHA-256 that was approved", hash, IsCode: true));
            facts.Add(new ReportFact("Content against approval", isAsApproved ? "The same, byte for byte" : "Different: nothing is sent until it is approved again"));
        }

        if (campaign.StartedAt is { } start)
            facts.Add(new ReportFact("Sending began", ReportWords.Time(start, null)));
        if (campaign.FinishedAt is { } end)
            facts.Add(new ReportFact("Sending ended", ReportWords.Time(end, null)));
        return facts;
    }

    private static IEnumerable<ReportBlock> DryRun(CampaignReport report)
    {
        if (report.Campaign.DryRun is not { } run)
            yield break;
        yield return new ReportBlock.Heading("What the dry run had said");
        yield return new ReportBlock.Paragraph($"Made on {PdfWriter.Time(run.At)} with policy version {run.Detail.PolicyVersion}, before anything was sent.", IsQuiet: true);
        yield return new ReportBlock.KeyFigures(
        [
            new("Audience", ReportWords.Count(run.Audience)), new("Allowed", ReportWords.Count(run.Allowed)), new("Later", ReportWords.Count(run.Deferred)), new("Excluded", ReportWords.Count(run.Excluded)),
        ]);
    }

    private static IEnumerable<ReportBlock> Results(CampaignReport report)
    {
        yield return new ReportBlock.Heading("What came of it");
        yield return new ReportBlock.Table(
            [new("State"), new("People", ReportAlign.Right), new("Share", ReportAlign.Right)],
            [.. report.Figures.ByState.OrderBy(s => s.Key).Select(s => (IReadOnlyList<string>)[ReportWords.Of(s.Key), ReportWords.Count(s.Value), ReportWords.Share(s.Value, report.Figures.Texts)])],
            ["Total", ReportWords.Count(report.Figures.Texts), ""], "Nobody has been planned yet.");
        if (report.Hours.Any(h => h > 0))
        {
            yield return Course(report.Course);
            yield return new ReportBlock.Chart("Texts by the hour at which they were sent (UTC)", [.. report.Hours.Select((count, hour) => new ChartBar($"{hour:00}", count))]);
        }
    }

    /// <summary>What of it happened when: a text counts as sent in one step, and as delivered or failed in that in which the provider said so.</summary>
    private static ReportBlock.LineChart Course(IReadOnlyList<CampaignHour> course)
    {
        var steps = ReportSteps.Between(course[0].Hour, course[^1].Hour.AddHours(1), "UTC");
        var (sent, delivered, failed) = (steps.Counts(), steps.Counts(), steps.Counts());
        foreach (var hour in course)
        {
            var step = steps.Of(hour.Hour);
            sent[step] += hour.Sent;
            delivered[step] += hour.Delivered;
            failed[step] += hour.Failed;
        }

        return new ReportBlock.LineChart("Texts sent, delivered and failed", steps.Along, "texts", steps.Names, [ChartLine.Of("Delivered", delivered), ChartLine.Of("Sent", sent), ChartLine.Of("Failed or expired", failed)]);
    }

    private static IEnumerable<ReportBlock> Reasons(CampaignReport report)
    {
        yield return new ReportBlock.Heading("Why texts were not sent, failed, wait, or were settled by hand");
        yield return new ReportBlock.Table(
            [new("Reason"), new("Rule"), new("What the rule says, and where it stands"), new("People", ReportAlign.Right)],
            [.. report.Figures.Reasons.Select(Reason)], report.Figures.Reasons.Count == 0 ? null : ["Total", "", "", ReportWords.Count(report.Figures.Reasons.Sum(r => (long)r.Count))],
            "Every text was sent, and none failed.");
    }

    private static IReadOnlyList<string> Reason(ReasonCount reason)
    {
        var rule = reason.Rule is null ? null : RuleBook.Find(reason.Rule);
        var said = (reason.Reason, rule) switch
        {
            (nameof(SendReason.SettledAsSent), _) => "In doubt for a day, until a person found out that it had left.",
            (nameof(SendReason.SettledAsNotSent), _) => "In doubt for a day, until a person found out that it had not left.",
            (_, { } known) => $"{known.Sentence}\n{known.Citation}",
            _ when reason.State is not (MessageState.Failed or MessageState.Expired) => "A rule of the send ledger.",
            _ => reason.Error is { } error ? $"As the provider reported it: {error.Meaning}." : "As the provider reported it.",
        };
        var name = Enum.GetNames<SendReason>().Contains(reason.Reason) ? ReportWords.Spaced(reason.Reason!) : $"Provider's code {reason.Reason}";
        return [name, reason.Rule ?? "–", said, ReportWords.Count(reason.Count)];
    }

    private static IEnumerable<ReportBlock> Held(CampaignReport report)
    {
        if (report.Held.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("What hours and caps held back");
        yield return new ReportBlock.Paragraph(HeldTexts.Counting);
        yield return HeldTexts.Table(report.Held);
    }

    private static IEnumerable<ReportBlock> Places(CampaignReport report)
    {
        if (report.Countries.Count == 0)
            yield break;
        yield return new ReportBlock.Heading("By country of the number");
        yield return new ReportBlock.Table(
            [new("Country"), new("People", ReportAlign.Right), new("Sent", ReportAlign.Right), new("Delivered", ReportAlign.Right), new("Not sent", ReportAlign.Right)],
            [.. report.Countries.Select(c => (IReadOnlyList<string>)[ReportWords.Country(c.Region), ReportWords.Count(c.Planned), ReportWords.Count(c.Sent), ReportWords.Count(c.Delivered), ReportWords.Count(c.NotSent)])],
            ["Total", Sum(c => c.Planned), Sum(c => c.Sent), Sum(c => c.Delivered), Sum(c => c.NotSent)]);

        string Sum(Func<CountryFigures, int> of) => ReportWords.Count(report.Countries.Sum(c => (long)of(c)));
    }
}
