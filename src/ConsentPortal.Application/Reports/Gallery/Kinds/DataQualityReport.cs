using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>How many records are wrong, old or incomplete, and what to do about each kind.</summary>
internal sealed class DataQualityReport : GalleryReport
{
    private const int QuietMonths = 12;
    private const int SoonDays = 30;

    /// <summary>Each list and each program is a source of its own; the smallest share a line.</summary>
    private const int MostSources = 20;

    public override ReportDescription Description { get; } = new(
        "data-quality", "Data quality", "Numbers that can't receive, people with missing or stale data, shared numbers, and consents without a wording or near their end, as of now.",
        ReportNeeds.None, Permissions.ViewSubscribers);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var people = await OfPeopleAsync(question, cancellationToken);
        var lines = new List<QualityLine>(people.Lines);
        lines.AddRange(await OfNumbersAsync(question, people.All, cancellationToken));
        lines.AddRange(await OfConsentsAsync(question, cancellationToken));
        var sources = await SourcesAsync(question, cancellationToken);
        var rows = ReportRows.Of("Checks", Fields, lines.Select(l => (IReadOnlyList<object?>)[l.Area, l.Check, l.Found, l.Of, l.Of == 0 ? null : ReportShare.Of((double)l.Found / l.Of), l.Advice]));
        return new ReportContent("Everybody who was neither erased nor merged, as of now", rows, () => Blocks(people.All, lines, sources));
    }

    private static IReadOnlyList<ReportField> Fields { get; } = [new("About"), new("Check"), new("Found", true), new("Of", true), new("Share", true, OnPaper: false), new("What to do")];

    private static IQueryable<Subscribers.Subscriber> Live(PortalDbContext db) => db.Subscribers.AsNoTracking().Where(s => s.ErasedAt == null && s.MergedIntoId == null);

    /// <summary>Everything about people in one reading of their table.</summary>
    private static async Task<(long All, IReadOnlyList<QualityLine> Lines)> OfPeopleAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var quiet = question.Now.AddMonths(-QuietMonths);
        var found = await Live(question.Db).GroupBy(_ => 1).Select(g => new
        {
            All = g.Count(), Invalid = g.Count(s => s.NumberState == NumberState.Invalid), Reassigned = g.Count(s => s.NumberState == NumberState.Reassigned), Suspect = g.Count(s => s.NumberState == NumberState.Suspect),
            Landline = g.Count(s => s.LineType == LineType.FixedLine), Unknown = g.Count(s => s.LineType == LineType.Unknown), NoLanguage = g.Count(s => s.Language == null), NoCountry = g.Count(s => s.Region == null),
            Quiet = g.Count(s => s.CreatedAt < quiet && (s.LastEngagedAt == null || s.LastEngagedAt < quiet)),
        }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return (0, []);
        return (found.All,
        [
            new("Numbers", "Nobody is there, by the network", found.Invalid, found.All, "Ask the person for a number, or remove the record"),
            new("Numbers", "Belongs to somebody else now", found.Reassigned, found.All, "Remove the record; the consent of the former owner is void"),
            new("Numbers", "Failed several times of late", found.Suspect, found.All, "Marketing is held; look them up from the list of subscribers"),
            new("Numbers", "A landline, which receives no texts", found.Landline, found.All, "Ask for a mobile number"),
            new("Numbers", "Kind of line unknown", found.Unknown, found.All, "Texts go; a carrier look-up would tell"),
            new("People", "No country could be read from the number", found.NoCountry, found.All, "Correct the number"),
            new("People", "No language known", found.NoLanguage, found.All, "They get the purpose's first language"),
            new("People", $"No sign of life for {QuietMonths} months", found.Quiet, found.All, "A campaign that asks them to come back, or let them lapse"),
        ]);
    }

    private static async Task<IReadOnlyList<QualityLine>> OfNumbersAsync(ReportQuestion question, long all, CancellationToken cancellationToken)
    {
        var shared = Live(question.Db).Where(s => s.PhoneHash != null).GroupBy(s => s.PhoneHash).Where(g => g.Count() > 1).Select(g => g.Count());
        var records = await shared.SumAsync(cancellationToken);
        var without = await Live(question.Db).CountAsync(s => !question.Db.ConsentRecords.Any(r => r.SubscriberId == s.Id), cancellationToken);
        return
        [
            new("People", "Share their number with another record", records, all, "Merge those who are one person; a household stays"),
            new("People", "No consent was ever recorded", without, all, "They get nothing; retention removes them in time"),
        ];
    }

    private static async Task<IReadOnlyList<QualityLine>> OfConsentsAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var (now, soon, waiting) = (question.Now, question.Now.AddDays(SoonDays), question.Now.AddDays(-SoonDays));
        var found = await question.Db.ConsentRecords.AsNoTracking().Where(r => r.Status == ConsentStatus.Granted || r.Status == ConsentStatus.Pending).GroupBy(_ => 1).Select(g => new
        {
            Granted = g.Count(r => r.Status == ConsentStatus.Granted), Pending = g.Count(r => r.Status == ConsentStatus.Pending),
            NoWords = g.Count(r => r.Status == ConsentStatus.Granted && r.WordingId == null), Over = g.Count(r => r.Status == ConsentStatus.Granted && r.ExpiresAt <= now),
            Soon = g.Count(r => r.Status == ConsentStatus.Granted && r.ExpiresAt > now && r.ExpiresAt <= soon), Waiting = g.Count(r => r.Status == ConsentStatus.Pending && r.Since < waiting),
        }).SingleOrDefaultAsync(cancellationToken);
        if (found is null)
            return [];
        return
        [
            new("Consents", "In force, but no wording names what was shown", found.NoWords, found.Granted, "Ask again under a wording"),
            new("Consents", "Has run out, and the job has not recorded it yet", found.Over, found.Granted, "Nothing is sent on it; the job records it within the hour"),
            new("Consents", $"Runs out within {SoonDays} days", found.Soon, found.Granted, "A campaign that asks them to renew"),
            new("Consents", $"Asked to confirm more than {SoonDays} days ago", found.Waiting, found.Pending, "They did not confirm; do not ask again"),
        ];
    }

    private static async Task<IReadOnlyList<(string Source, long People, long Invalid)>> SourcesAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var counts = (await Live(question.Db).GroupBy(s => s.Source)
            .Select(g => new { g.Key, All = g.Count(), Invalid = g.Count(s => s.NumberState == NumberState.Invalid || s.NumberState == NumberState.Reassigned) }).OrderByDescending(g => g.All).ThenBy(g => g.Key).ToListAsync(cancellationToken))
            .ConvertAll(c => (Source: c.Key, People: (long)c.All, Invalid: (long)c.Invalid));
        if (counts.Count <= MostSources)
            return counts;
        var others = counts.Skip(MostSources - 1).ToList();
        return [.. counts.Take(MostSources - 1), ($"{ReportWords.Count(others.Count)} others", others.Sum(c => c.People), others.Sum(c => c.Invalid))];
    }

    private static IReadOnlyList<ReportBlock> Blocks(long all, IReadOnlyList<QualityLine> lines, IReadOnlyList<(string Source, long People, long Invalid)> sources) =>
    [
        new ReportBlock.KeyFigures(
        [
            new("People", ReportWords.Count(all)), new("Unusable numbers", ReportWords.Count(lines.Where(l => l.Area == "Numbers").Take(2).Sum(l => l.Found)), "nobody there, or somebody else"),
            new("Checks with findings", ReportWords.Count(lines.Count(l => l.Found > 0)), $"of {ReportWords.Count(lines.Count)}"),
        ]),
        new ReportBlock.Heading("Where people came from, and how good their numbers were"),
        new ReportBlock.Table(
            [new("Source"), new("People", ReportAlign.Right), new("Unusable", ReportAlign.Right), new("Share", ReportAlign.Right)],
            [.. sources.Select(s => (IReadOnlyList<string>)[s.Source, ReportWords.Count(s.People), ReportWords.Count(s.Invalid), ReportWords.Share(s.Invalid, s.People)])],
            sources.Count > 1 ? ["Total", ReportWords.Count(sources.Sum(s => s.People)), ReportWords.Count(sources.Sum(s => s.Invalid)), ReportWords.Share(sources.Sum(s => s.Invalid), sources.Sum(s => s.People))] : null,
            "Nobody is recorded yet."),
    ];

    private sealed record QualityLine(string Area, string Check, long Found, long Of, string Advice);
}
