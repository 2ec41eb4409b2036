using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>What the texts of some days say together about hours and caps; it holds the instants of one person at a time.</summary>
internal sealed class HoursFigures(IReadOnlyList<HeldBack> held, ReportSteps steps)
{
    private static readonly TimeSpan[] Periods = [TimeSpan.FromHours(24), TimeSpan.FromDays(7), TimeSpan.FromDays(30)];
    private static readonly string[] PeriodNames = ["24 hours", "7 days", "30 days"];

    private readonly long[] _hours = new long[24];
    private readonly Dictionary<string, (long Texts, long Outside)> _byRules = new(StringComparer.Ordinal);
    private readonly long[] _withinBySteps = steps.Counts();
    private readonly long[] _outsideBySteps = steps.Counts();
    private readonly long[] _unknownBySteps = steps.Counts();
    private readonly int[] _most = new int[Periods.Length];
    private readonly Queue<DateTimeOffset> _ofPerson = new();
    private SubscriberId _person;
    private long _texts;
    private long _bound;
    private long _outside;
    private long _unknown;
    private long _undecided;

    public void Add(JudgedText judged)
    {
        var text = judged.Text;
        _texts++;
        _undecided += text.Decision == (int)DecisionKind.Allow ? 0 : 1;
        if (!text.IsBound)
            return;
        _bound++;
        Count(text);
        var step = steps.Of(text.SentAt);
        if (judged.Earliest is not { } earliest)
        {
            _unknown++;
            _unknownBySteps[step]++;
            return;
        }

        var outside = judged.IsOutsideHours ? 1 : 0;
        (judged.IsOutsideHours ? _outsideBySteps : _withinBySteps)[step]++;
        _hours[earliest.Hour]++;
        _outside += outside;
        var (texts, outsideOfThese) = _byRules.GetValueOrDefault(judged.RulesInWords);
        _byRules[judged.RulesInWords] = (texts + 1, outsideOfThese + outside);
    }

    public IReadOnlyList<ReportBlock> Blocks() =>
    [
        Verdict(),
        new ReportBlock.KeyFigures(
        [
            new("Texts that left", ReportWords.Count(_texts)), new("Bound by hours and caps", ReportWords.Count(_bound), "campaigns, marketing or informational"),
            new("Within hours", ReportWords.Count(_bound - _outside - _unknown), ReportWords.ShareOf(_bound - _outside - _unknown, _bound, "those bound")), new("Zone unknown", ReportWords.Count(_unknown), "erased, or a number of no place"),
            new("Held back", Sum(h => h.All), $"by hours and caps; {Sum(h => h.LeftLater)} of them left later"),
        ]),
        new ReportBlock.Paragraph(
            "A text is within hours when the rules about hours and days for its class, and for the country and state of its number or address, were open on every clock under which the number may be. They are those of the policy version that decided on it, or where none is recorded, of the version that governs now. Where no rule gives hours, 08:00 to 21:00 is the yardstick (47 CFR 64.1200(c)(1))."),
        new ReportBlock.Table([new("Hours of the rules"), new("Campaign texts", ReportAlign.Right), new("Outside", ReportAlign.Right)], [.. ByRules()], null, "No campaign text left on a known clock."),
        new ReportBlock.Chart("Campaign texts by the recipient's local hour (the earliest where there are several)", [.. _hours.Select((count, hour) => new ChartBar($"{hour:00}", count))]),
        new ReportBlock.Table([new("Local hour"), new("Campaign texts", ReportAlign.Right)], [.. Hours()], _hours.Count(count => count > 0) > 1 ? ["Total", ReportWords.Count(_hours.Sum())] : null, "No campaign text left on a known clock."),
        .. _bound == 0 ? Enumerable.Empty<ReportBlock>() : [OverTime()],
        new ReportBlock.Heading("The most campaign texts that one person got"),
        new ReportBlock.Table([new("Within any"), new("Texts", ReportAlign.Right)], [.. PeriodNames.Select((name, i) => (IReadOnlyList<string>)[name, ReportWords.Count(_most[i])])]),
        new ReportBlock.Heading("How often hours and caps held a text back"),
        new ReportBlock.Paragraph(HeldTexts.Counting),
        HeldTexts.Table(held),
    ];

    /// <summary>What is wrong is said first, and largest.</summary>
    private ReportBlock.Verdict Verdict()
    {
        if (_texts == 0)
            return new ReportBlock.Verdict(ReportTone.Good, "No text left in these days.");
        var decided = _undecided == 0 ? "Every text that left has a recorded decision that allowed it." : $"{ReportWords.Counted(_undecided, "text has", "texts have")} no recorded decision that allowed it.";
        var hours = _outside == 0 ? "No campaign text reached a clock outside the hours of its rules." : $"{ReportWords.Counted(_outside, "campaign text", "campaign texts")} may have reached a clock outside the hours of their rules; the rows name them.";
        var tone = _outside + _undecided == 0 ? ReportTone.Good : ReportTone.Bad;
        return _undecided == 0 && _outside > 0 ? new ReportBlock.Verdict(tone, hours, decided) : new ReportBlock.Verdict(tone, decided, hours);
    }

    private ReportBlock.LineChart OverTime() => new(
        "Campaign texts within and outside the hours of their rules", steps.Along, "texts", steps.Names,
        [ChartLine.Of("Within hours", _withinBySteps), ChartLine.Of("Outside", _outsideBySteps), ChartLine.Of("Zone unknown", _unknownBySteps)]);

    /// <summary>There are as many as countries and states to which texts left: worst first.</summary>
    private IEnumerable<IReadOnlyList<string>> ByRules() => _byRules.OrderByDescending(r => r.Value.Outside).ThenByDescending(r => r.Value.Texts).ThenBy(r => r.Key, StringComparer.Ordinal)
        .Select(r => (IReadOnlyList<string>)[r.Key, ReportWords.Count(r.Value.Texts), ReportWords.Count(r.Value.Outside)]);

    private IEnumerable<IReadOnlyList<string>> Hours() =>
        _hours.Select((count, hour) => (Count: count, Hour: hour)).Where(h => h.Count > 0).Select(h => (IReadOnlyList<string>)[$"{h.Hour:00}:00 to {h.Hour:00}:59", ReportWords.Count(h.Count)]);

    private string Sum(Func<HeldBack, int> of) => ReportWords.Count(held.Sum(h => (long)of(h)));

    /// <summary>Texts come in the order of people and instants.</summary>
    private void Count(SentText text)
    {
        if (_person != text.Person)
            _ofPerson.Clear();
        _person = text.Person;
        _ofPerson.Enqueue(text.SentAt);
        while (text.SentAt - _ofPerson.Peek() >= Periods[^1])
            _ofPerson.Dequeue();
        for (var i = 0; i < Periods.Length; i++)
            _most[i] = Math.Max(_most[i], _ofPerson.Count(at => text.SentAt - at < Periods[i]));
    }
}
