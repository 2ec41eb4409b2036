using System.Globalization;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>By which ways people agreed, and how many of those who were asked to confirm did.</summary>
internal sealed class OptInSourcesReport : GalleryReport
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromDays(1), TimeSpan.FromDays(3), TimeSpan.MaxValue];
    private static readonly string[] StepNames = ["1 min", "10 min", "1 h", "1 day", "3 days", "Later"];

    public override ReportDescription Description { get; } = new(
        "opt-in-sources", "Opt-in sources and double opt-in", "By which ways people agreed in some days, and the funnel of double opt-in: asked, texted, confirmed, and how fast.",
        ReportNeeds.Days | ReportNeeds.PurposeOrAll, Permissions.ViewSubscribers);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var purposes = await question.Db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var chosen = purposes.Where(p => question.Filter.Purpose is null || p.Id == question.Filter.Purpose).ToList();
        var (lines, funnel) = (new SortedDictionary<(string Purpose, string Month, string Channel), SourceLine>(), new Funnel(ReportSteps.Of(question)));
        foreach (var purpose in chosen)
        {
            await CountGivenAsync(question, purpose, lines, cancellationToken);
            await CountConfirmedAsync(question, purpose, lines, cancellationToken);
            await CountAskedAsync(question, purpose, lines, funnel, cancellationToken);
        }

        var totals = lines.Count > 1 ? new object?[] { ReportRows.Total, null, null, Sum(l => l.Given), Sum(l => l.Confirmed), Sum(l => l.Asked), Sum(l => l.Texted), Sum(l => l.OfAsked) } : null;
        var rows = ReportRows.Of("Sources", Fields, lines.Select(l => (IReadOnlyList<object?>)[l.Key.Purpose, l.Key.Month, l.Key.Channel, l.Value.Given, l.Value.Confirmed, l.Value.Asked, l.Value.Texted, l.Value.OfAsked]), totals);
        var whose = question.Filter.Purpose is null ? "All purposes" : chosen.Count == 0 ? "A purpose that does not exist" : chosen[0].Name;
        return new ReportContent($"{whose}, {ReportFilter.DaysInWords(question)}", rows, () => Blocks([.. lines.Select(l => (l.Key.Channel, l.Value))], funnel));

        long Sum(Func<SourceLine, long> of) => lines.Values.Sum(of);
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
        [new("Purpose"), new("Month"), new("By"), new("Agreed at once", true), new("Agreed by confirming", true), new("Asked to confirm", true), new("Texted", true), new("Of those confirmed", true)];

    private static async Task CountGivenAsync(ReportQuestion question, Purpose purpose, SortedDictionary<(string, string, string), SourceLine> lines, CancellationToken cancellationToken)
    {
        var (from, to, id) = (question.From, question.To, purpose.Id);
        await foreach (var given in question.Stream.ConsentEvents.AsNoTracking().Where(e => e.PurposeId == id && e.At >= from && e.At < to && e.Kind == ConsentEventKind.Granted)
            .Select(e => new { e.At, e.Channel }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            Line(lines, question, purpose, given.At, given.Channel).Given++;
        }
    }

    /// <summary>Whoever confirmed in these days agreed in them, whenever they had been asked; by the way in which they were.</summary>
    private static async Task CountConfirmedAsync(ReportQuestion question, Purpose purpose, SortedDictionary<(string, string, string), SourceLine> lines, CancellationToken cancellationToken)
    {
        var (db, from, to, id) = (question.Stream, question.From, question.To, purpose.Id);
        var confirmed = db.ConsentEvents.AsNoTracking().Where(e => e.PurposeId == id && e.At >= from && e.At < to && e.Kind == ConsentEventKind.Confirmed).Select(e => new
        {
            e.At,
            Channel = db.ConsentEvents.Where(r => r.SubscriberId == e.SubscriberId && r.PurposeId == id && r.Id < e.Id && r.Kind == ConsentEventKind.Requested)
                .OrderByDescending(r => r.Id).Select(r => (ConsentChannel?)r.Channel).FirstOrDefault() ?? e.Channel,
        });
        await foreach (var one in confirmed.AsAsyncEnumerable().WithCancellation(cancellationToken))
            Line(lines, question, purpose, one.At, one.Channel).Confirmed++;
    }

    /// <summary>Whoever was asked again before they answered counts once, from the last time they were asked.</summary>
    private static async Task CountAskedAsync(ReportQuestion question, Purpose purpose, SortedDictionary<(string, string, string), SourceLine> lines, Funnel funnel, CancellationToken cancellationToken)
    {
        var (db, from, to, id) = (question.Stream, question.From, question.To, purpose.Id);
        var requests = db.ConsentEvents.AsNoTracking().Where(e => e.PurposeId == id && e.At >= from && e.At < to && e.Kind == ConsentEventKind.Requested);
        var asked = requests.Where(e => !requests.Any(again => again.SubscriberId == e.SubscriberId && again.Id > e.Id
            && !db.ConsentEvents.Any(c => c.SubscriberId == e.SubscriberId && c.PurposeId == id && c.Kind == ConsentEventKind.Confirmed && c.Id > e.Id && c.Id < again.Id))).Select(e => new
        {
            e.At, e.Channel,
            IsTexted = db.OutboundMessages.Any(m => m.SubscriberId == e.SubscriberId && m.SentAt >= e.At && m.PurposeId == id && m.Kind == MessageKind.DoubleOptInPrompt),
            ConfirmedAt = db.ConsentEvents.Where(c => c.SubscriberId == e.SubscriberId && c.PurposeId == id && c.Id > e.Id && c.Kind == ConsentEventKind.Confirmed)
                .OrderBy(c => c.Id).Select(c => (DateTimeOffset?)c.At).FirstOrDefault(),
        });
        await foreach (var request in asked.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            var line = Line(lines, question, purpose, request.At, request.Channel);
            line.Asked++;
            line.Texted += request.IsTexted ? 1 : 0;
            line.OfAsked += request.ConfirmedAt is null ? 0 : 1;
            funnel.Add(request.At, request.IsTexted, request.ConfirmedAt - request.At);
        }
    }

    /// <summary>By the month on the clock by which the report's days begin.</summary>
    private static SourceLine Line(SortedDictionary<(string, string, string), SourceLine> lines, ReportQuestion question, Purpose purpose, DateTimeOffset at, ConsentChannel channel)
    {
        var clock = TimeZoneInfo.FindSystemTimeZoneById(question.Filter.Zone);
        var key = (purpose.Name, TimeZoneInfo.ConvertTime(at, clock).ToString("yyyy-MM", CultureInfo.InvariantCulture), ReportWords.Of(channel));
        return lines.TryGetValue(key, out var line) ? line : lines[key] = new SourceLine();
    }

    private static IReadOnlyList<ReportBlock> Blocks(IReadOnlyList<(string Channel, SourceLine Line)> lines, Funnel funnel)
    {
        var (given, confirmed) = (lines.Sum(l => l.Line.Given), lines.Sum(l => l.Line.Confirmed));
        var all = given + confirmed;
        return
        [
            new ReportBlock.KeyFigures(
            [
                new("Agreed", ReportWords.Count(all), "once for each purpose and each time"), new("At once", ReportWords.Count(given), ReportWords.ShareOf(given, all, "them")),
                new("After confirming", ReportWords.Count(confirmed), ReportWords.ShareOf(confirmed, all, "them")),
            ]),
            new ReportBlock.Heading("By which way"),
            Shares.Table("By", "Agreed", lines.GroupBy(l => l.Channel).Select(g => (g.Key, g.Sum(l => l.Line.Given + l.Line.Confirmed))).OrderByDescending(l => l.Item2), all),
            new ReportBlock.Heading("Double opt-in"),
            new ReportBlock.Paragraph("Everybody who was asked in these days to confirm, once for each purpose, and whether they ever did; an answer may have come later."),
            new ReportBlock.Table(
                [new("Step"), new("Requests", ReportAlign.Right), new("Of those asked", ReportAlign.Right)],
                [Step("Asked to confirm", funnel.Asked), Step("The text that asks was sent", funnel.Texted), Step("Confirmed", funnel.Confirmed)]),
            .. funnel.Asked == 0 ? Enumerable.Empty<ReportBlock>() : [funnel.OverTime()],
            new ReportBlock.Chart("How long people took to confirm", [.. StepNames.Select((name, i) => new ChartBar(name, funnel.Times[i]))]),
            new ReportBlock.Table([new("Confirmed within"), new("Requests", ReportAlign.Right)], [.. StepNames.Select((name, i) => (IReadOnlyList<string>)[name, ReportWords.Count(funnel.Times[i])])], ["Total", ReportWords.Count(funnel.Confirmed)]),
        ];

        IReadOnlyList<string> Step(string name, long count) => [name, ReportWords.Count(count), ReportWords.Share(count, funnel.Asked)];
    }

    private sealed class SourceLine
    {
        public long Given { get; set; }

        public long Asked { get; set; }

        public long Texted { get; set; }

        /// <summary>In these days, whenever they were asked.</summary>
        public long Confirmed { get; set; }

        /// <summary>Of those asked in these days, whenever they confirmed.</summary>
        public long OfAsked { get; set; }
    }

    private sealed class Funnel(ReportSteps steps)
    {
        private readonly long[] _asked = steps.Counts();
        private readonly long[] _texted = steps.Counts();
        private readonly long[] _confirmed = steps.Counts();

        public long Asked { get; private set; }

        public long Texted { get; private set; }

        public long Confirmed { get; private set; }

        public long[] Times { get; } = new long[Steps.Length];

        public void Add(DateTimeOffset askedAt, bool isTexted, TimeSpan? took)
        {
            var step = steps.Of(askedAt);
            Asked++;
            _asked[step]++;
            Texted += isTexted ? 1 : 0;
            _texted[step] += isTexted ? 1 : 0;
            if (took is not { } time)
                return;
            Confirmed++;
            _confirmed[step]++;
            Times[Array.FindIndex(Steps, longest => time <= longest)]++;
        }

        /// <summary>Each person at the time when they were asked, however late they confirmed.</summary>
        public ReportBlock.LineChart OverTime() => new(
            "The funnel by the time of asking", steps.Along, "requests", steps.Names,
            [ChartLine.Of("Asked to confirm", _asked), ChartLine.Of("The text that asks was sent", _texted), ChartLine.Of("Confirmed", _confirmed)]);
    }
}
