using System.Runtime.CompilerServices;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>How long it took from the word of a person until their consent had ended here, and whether a campaign reached them afterwards.</summary>
internal sealed class OptOutLatencyReport : GalleryReport
{
    public override ReportDescription Description { get; } = new(
        "opt-out-latency", "Opt-out latency", "How long each stop took from the person's word to the end of their consent, the last lawful day beside it, and campaign texts that left afterwards.",
        ReportNeeds.Days | ReportNeeds.PurposeOrAll, Permissions.ViewSubscribers);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var purposes = await question.Db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var chosen = purposes.Where(p => question.Filter.Purpose is null || p.Id == question.Filter.Purpose).ToList();
        var figures = new LatencyFigures(ReportSteps.Of(question));
        var rows = new ReportRows("Opt-outs", Fields, RowsAsync(question, chosen, figures, cancellationToken));
        var whose = question.Filter.Purpose is null ? "All purposes" : chosen.Count == 0 ? "A purpose that does not exist" : chosen[0].Name;
        return new ReportContent($"{whose}, {ReportFilter.DaysInWords(question)}", rows, figures.Blocks);
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Said at"), new("Purpose"), new("By"), new("Person"), new("Recorded at", OnPaper: false), new("Seconds", true), new("Last lawful day"), new("In time"), new("Texts meanwhile", true), new("Texts afterwards", true),
    ];

    private static async IAsyncEnumerable<IReadOnlyList<object?>> RowsAsync(
        ReportQuestion question, IReadOnlyList<Purpose> purposes, LatencyFigures figures, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var days = await OrganisationDays.OfAsync(question.Db, cancellationToken);
        foreach (var purpose in purposes)
        {
            await foreach (var stop in Stops(question, purpose.Id).WithCancellation(cancellationToken))
            {
                var took = stop.RecordedAt > stop.At ? stop.RecordedAt - stop.At : TimeSpan.Zero;
                var due = OptOutDeadline.For(stop.Region, stop.Declared, days.Of(stop.At)).Statutory;
                var isInTime = days.Of(stop.RecordedAt) <= due;
                figures.Add(stop.At, stop.Channel, took, isInTime, stop.TextsMeanwhile, stop.TextsAfter);
                yield return [stop.At, purpose.Name, ReportWords.Of(stop.Channel), stop.Person.ToString(), stop.RecordedAt, (long)took.TotalSeconds, due, isInTime, stop.TextsMeanwhile, stop.TextsAfter];
            }
        }
    }

    /// <summary>A text counts as meanwhile when it left between the person's word and its record: nobody here knew of it yet. It counts as after a stop when it left after the stop was recorded and before the person agreed again.</summary>
    private static IAsyncEnumerable<Stop> Stops(ReportQuestion question, PurposeId purpose)
    {
        var (db, begin, to) = (question.Stream, question.From, question.To);
        return (
            from e in db.ConsentEvents.AsNoTracking()
            where e.PurposeId == purpose && e.At >= begin && e.At < to && e.Kind == ConsentEventKind.Withdrawn
            join s in db.Subscribers.AsNoTracking() on e.SubscriberId equals s.Id
            orderby e.At, e.Id
            select new Stop(
                e.SubscriberId, s.Region, s.DeclaredRegion, e.Channel, e.At, e.RecordedAt,
                db.OutboundMessages.Count(m => m.SubscriberId == e.SubscriberId && m.SentAt > e.At && m.SentAt <= e.RecordedAt && m.PurposeId == purpose && m.Kind == MessageKind.Campaign),
                db.OutboundMessages.Count(m => m.SubscriberId == e.SubscriberId && m.SentAt > e.RecordedAt && m.PurposeId == purpose && m.Kind == MessageKind.Campaign
                    && !db.ConsentEvents.Any(g => g.SubscriberId == e.SubscriberId && g.PurposeId == purpose && g.Id > e.Id && g.At <= m.SentAt
                        && (g.Kind == ConsentEventKind.Granted || g.Kind == ConsentEventKind.Confirmed || g.Kind == ConsentEventKind.Renewed))))).AsAsyncEnumerable();
    }

    private sealed record Stop(
        SubscriberId Person, string? Region, string? Declared, ConsentChannel Channel, DateTimeOffset At, DateTimeOffset RecordedAt, int TextsMeanwhile, int TextsAfter);
}

/// <summary>What the stops say together, added up as they pass.</summary>
internal sealed class LatencyFigures(ReportSteps steps)
{
    // What people do themselves comes in at once; what staff or a list report happened earlier.
    private static readonly ConsentChannel[] Live = [ConsentChannel.Keyword, ConsentChannel.PreferenceCentre, ConsentChannel.WebForm, ConsentChannel.Api];

    private readonly SortedDictionary<ConsentChannel, Durations> _byChannel = [];
    private readonly Durations _live = new();
    private readonly Durations?[] _liveBySteps = new Durations?[steps.Count];
    private long _late;
    private long _textsMeanwhile;
    private long _textsAfter;

    public void Add(DateTimeOffset at, ConsentChannel channel, TimeSpan took, bool isInTime, int textsMeanwhile, int textsAfter)
    {
        if (!_byChannel.TryGetValue(channel, out var durations))
            _byChannel[channel] = durations = new Durations();
        durations.Add(took);
        if (Live.Contains(channel))
        {
            _live.Add(took);
            (_liveBySteps[steps.Of(at)] ??= new Durations()).Add(took);
        }

        _late += isInTime ? 0 : 1;
        _textsMeanwhile += textsMeanwhile;
        _textsAfter += textsAfter;
    }

    public IReadOnlyList<ReportBlock> Blocks()
    {
        var all = _byChannel.Values.Sum(d => d.Count);
        return
        [
            Verdict(all),
            new ReportBlock.KeyFigures(
            [
                new("Opt-outs", ReportWords.Count(all), "one for each purpose that ended"), new("Half within", _live.Of(0.5), "by people themselves"), new("95 % within", _live.Of(0.95)), new("Longest", _live.Of(1)),
                new("Texts meanwhile", ReportWords.Count(_textsMeanwhile), "after the person's word, before its record"),
            ]),
            .. _live.Count == 0 ? Enumerable.Empty<ReportBlock>() : [OverTime()],
            new ReportBlock.Heading("By the way in which people said it"),
            new ReportBlock.Paragraph("Staff, paper and lists tell of something said earlier: there the time is that until somebody entered it."),
            new ReportBlock.Table(
                [new("By"), new("Opt-outs", ReportAlign.Right), new("Half within", ReportAlign.Right), new("95 % within", ReportAlign.Right), new("Longest", ReportAlign.Right)],
                [.. _byChannel.Select(c => (IReadOnlyList<string>)[ReportWords.Of(c.Key), ReportWords.Count(c.Value.Count), c.Value.Of(0.5), c.Value.Of(0.95), c.Value.Of(1)])], EmptyText: "Nobody opted out."),
        ];
    }

    /// <summary>What is wrong is said first, and largest.</summary>
    private ReportBlock.Verdict Verdict(long all)
    {
        var texts = _textsAfter == 0 ? "No campaign text left after a stop was recorded." : $"{ReportWords.Counted(_textsAfter, "campaign text", "campaign texts")} left after a stop was recorded; the rows name the stops.";
        var days = _late == 0 ? "Every stop was recorded by its last lawful day." : $"{ReportWords.Counted(_late, "stop was", "stops were")} recorded after the last lawful day; the rows name them.";
        if (all == 0)
            return new ReportBlock.Verdict(ReportTone.Good, "Nobody opted out in these days.");
        var tone = _textsAfter + _late == 0 ? ReportTone.Good : ReportTone.Bad;
        return _textsAfter == 0 && _late > 0 ? new ReportBlock.Verdict(tone, days, texts) : new ReportBlock.Verdict(tone, texts, days);
    }

    private ReportBlock.LineChart OverTime()
    {
        var (unit, seconds) = Durations.UnitOf(_liveBySteps.Select(d => d?.Seconds(1) ?? 0).DefaultIfEmpty().Max());
        return new ReportBlock.LineChart(
            "How long stops took that people gave themselves", steps.Along, unit, steps.Names, [Line("Longest", 1), Line("95 % within", 0.95), Line("Half within", 0.5)]);

        ChartLine Line(string name, double part) => new(name, [.. _liveBySteps.Select(d => d?.Seconds(part) / seconds)]);
    }
}
