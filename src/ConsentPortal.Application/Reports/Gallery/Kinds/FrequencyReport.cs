using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>Whether people who got more texts left, answered or clicked more often.</summary>
internal sealed class FrequencyReport : GalleryReport
{
    private static readonly (string Name, int Most)[] Bands = [("1", 1), ("2", 2), ("3 to 4", 4), ("5 to 8", 8), ("9 and more", int.MaxValue)];

    public override ReportDescription Description { get; } = new(
        "frequency", "Frequency against opt-out", "Of people who got one, two, or more campaign texts in some days: how many opted out, answered or clicked, with how sure that is.",
        ReportNeeds.Days, Permissions.ViewCampaigns);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var (bands, chosen) = (Bands.Select(b => new Band(b.Name)).ToList(), new SortedDictionary<FrequencyPreference, Band>());
        await foreach (var person in People(question).WithCancellation(cancellationToken))
        {
            if (!chosen.TryGetValue(person.Frequency, out var ofWish))
                chosen[person.Frequency] = ofWish = new Band(ReportWords.Spaced(person.Frequency.ToString()));
            foreach (var band in new[] { bands[Array.FindIndex(Bands, b => person.Texts <= b.Most)], ofWish })
                band.Add(person);
        }

        var overTime = await OverTimeAsync(question, cancellationToken);
        var rows = ReportRows.Of("By texts received", Fields, bands.Select(b => b.Row()).Concat(chosen.Values.Select(b => b.Row("Chosen frequency"))));
        return new ReportContent(ReportFilter.DaysInWords(question), rows, () => Blocks(bands, [.. chosen.Values], overTime));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Grouped by"), new("Group"), new("People", true), new("Texts", true), new("Opted out", true), new("Opt-out share", true), new("At least", true), new("At most", true), new("Answered", true), new("Clicked", true),
    ];

    /// <summary>Everybody who was sent a campaign text, counted by the index of people and instants.</summary>
    private static IAsyncEnumerable<PersonCount> People(ReportQuestion question)
    {
        var (db, begin, to) = (question.Stream, question.From, question.To);
        var counts = db.OutboundMessages.AsNoTracking().Where(m => m.SentAt >= begin && m.SentAt < to && m.Kind == MessageKind.Campaign)
            .GroupBy(m => m.SubscriberId).Select(g => new { Id = g.Key, Texts = g.Count() });
        return (
            from count in counts
            join person in db.Subscribers.AsNoTracking() on count.Id equals person.Id
            select new PersonCount(
                count.Texts, person.Frequency,
                db.ConsentEvents.Any(e => e.SubscriberId == count.Id && e.Kind == ConsentEventKind.Withdrawn && e.At >= begin && e.At < to),
                db.SubscriberFacts.Any(f => f.SubscriberId == count.Id && f.Kind == FactKind.Reply && f.At >= begin && f.At < to),
                db.SubscriberFacts.Any(f => f.SubscriberId == count.Id && f.Kind == FactKind.Click && f.At >= begin && f.At < to))).AsAsyncEnumerable();
    }

    /// <summary>Each text once more, in the order of the same index.</summary>
    private static async Task<FrequencyOverTime> OverTimeAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        var overTime = new FrequencyOverTime(ReportSteps.Of(question));
        foreach (var purpose in await question.Db.Purposes.AsNoTracking().OrderBy(p => p.Name).Select(p => p.Id).ToListAsync(cancellationToken))
        {
            await foreach (var stop in question.Stream.ConsentEvents.AsNoTracking().Where(e => e.PurposeId == purpose && e.At >= from && e.At < to && e.Kind == ConsentEventKind.Withdrawn)
                .Select(e => new { e.SubscriberId, e.At }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                overTime.AddOptOut(stop.SubscriberId, stop.At);
            }
        }

        await foreach (var text in question.Stream.OutboundMessages.AsNoTracking().Where(m => m.SentAt >= from && m.SentAt < to && m.Kind == MessageKind.Campaign)
            .OrderBy(m => m.SubscriberId).ThenBy(m => m.SentAt).Select(m => new { m.SubscriberId, At = m.SentAt!.Value }).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            overTime.AddText(text.SubscriberId, text.At);
        }

        return overTime;
    }

    private static IReadOnlyList<ReportBlock> Blocks(IReadOnlyList<Band> bands, IReadOnlyList<Band> chosen, FrequencyOverTime overTime)
    {
        var (people, texts, gone) = (bands.Sum(b => b.People), bands.Sum(b => b.Texts), bands.Sum(b => b.OptedOut));
        return
        [
            new ReportBlock.KeyFigures([new("People texted", ReportWords.Count(people)), new("Campaign texts", ReportWords.Count(texts)), new("Opted out", ReportWords.Count(gone), ReportWords.ShareOf(gone, people, "the people"))]),
            new ReportBlock.Paragraph("An opt-out counts when it came in these days, whether before or after a text. The range beside each share holds the true one in 95 of 100 cases (Wilson); where two ranges overlap, the difference may be chance."),
            new ReportBlock.Chart("Opt-outs for each 10,000 people, by texts received", [.. bands.Select(b => new ChartBar(b.Name, b.People == 0 ? 0 : (long)Math.Round(10_000.0 * b.OptedOut / b.People)))]),
            Table("Texts received", bands),
            .. people == 0 ? Enumerable.Empty<ReportBlock>() : [new ReportBlock.Heading("Over time"), .. overTime.Blocks()],
            new ReportBlock.Heading("By how often people want to hear"),
            Table("Chosen frequency", chosen),
        ];
    }

    private static ReportBlock.Table Table(string heading, IReadOnlyList<Band> bands) => new(
        [new(heading), new("People", ReportAlign.Right), new("Opted out", ReportAlign.Right), new("Share", ReportAlign.Right), new("Range", ReportAlign.Right), new("Answered", ReportAlign.Right), new("Clicked", ReportAlign.Right)],
        [.. bands.Select(b => b.Cells())], bands.Count(b => b.People > 0) > 1 ? Band.All(bands).Cells() : null, EmptyText: "Nobody was texted in these days.");

    private sealed record PersonCount(int Texts, FrequencyPreference Frequency, bool IsGone, bool HasAnswered, bool HasClicked);

    private sealed class Band(string name)
    {
        private const double Z = 1.959964;

        public string Name => name;

        public long People { get; private set; }

        public long Texts { get; private set; }

        public long OptedOut { get; private set; }

        private long Answered { get; set; }

        private long Clicked { get; set; }

        public void Add(PersonCount person)
        {
            People++;
            Texts += person.Texts;
            OptedOut += person.IsGone ? 1 : 0;
            Answered += person.HasAnswered ? 1 : 0;
            Clicked += person.HasClicked ? 1 : 0;
        }

        /// <summary>Everybody of some groups, of whom each stands in one.</summary>
        public static Band All(IReadOnlyList<Band> bands) => new(ReportRows.Total)
        {
            People = bands.Sum(b => b.People), Texts = bands.Sum(b => b.Texts), OptedOut = bands.Sum(b => b.OptedOut), Answered = bands.Sum(b => b.Answered), Clicked = bands.Sum(b => b.Clicked),
        };

        public IReadOnlyList<object?> Row(string groupedBy = "Texts received")
        {
            var (least, most) = Range();
            return [groupedBy, Name, People, Texts, OptedOut, People == 0 ? null : ReportShare.Of((double)OptedOut / People), People == 0 ? null : ReportShare.Of(least), People == 0 ? null : ReportShare.Of(most), Answered, Clicked];
        }

        public IReadOnlyList<string> Cells()
        {
            var (least, most) = Range();
            var range = People == 0 ? "–" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{100 * least:0.0}–{100 * most:0.0} %");
            return [Name, ReportWords.Count(People), ReportWords.Count(OptedOut), ReportWords.Share(OptedOut, People), range, ReportWords.Share(Answered, People), ReportWords.Share(Clicked, People)];
        }

        private (double Least, double Most) Range()
        {
            if (People == 0)
                return (0, 0);
            var (n, p) = ((double)People, (double)OptedOut / People);
            var middle = p + Z * Z / (2 * n);
            var reach = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
            return (Math.Max(0, (middle - reach) / (1 + Z * Z / n)), Math.Min(1, (middle + reach) / (1 + Z * Z / n)));
        }
    }
}
