using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>How many texts people got in each step of time, and how many of those who got some in the whole time opted out in it.</summary>
internal sealed class FrequencyOverTime(ReportSteps steps)
{
    private const double PerPeople = 10_000;

    private readonly Dictionary<SubscriberId, SortedSet<int>> _optOuts = [];
    private readonly long[] _texts = steps.Counts();
    private readonly long[] _people = steps.Counts();
    private readonly long[] _gone = steps.Counts();
    private (SubscriberId Person, int Step)? _last;

    /// <summary>Before the texts. Somebody who ends several purposes in a step has opted out once.</summary>
    public void AddOptOut(SubscriberId person, DateTimeOffset at)
    {
        if (!_optOuts.TryGetValue(person, out var ofPerson))
            _optOuts[person] = ofPerson = [];
        ofPerson.Add(steps.Of(at));
    }

    /// <summary>In the order of people and instants.</summary>
    public void AddText(SubscriberId person, DateTimeOffset at)
    {
        var step = steps.Of(at);
        _texts[step]++;
        _people[step] += _last == (person, step) ? 0 : 1;
        if (_last?.Person != person && _optOuts.TryGetValue(person, out var left))
        {
            foreach (var gone in left)
                _gone[gone]++;
        }

        _last = (person, step);
    }

    /// <summary>Two charts on one time, and none on two scales. Where nobody was texted there is no share and so a gap.</summary>
    public IReadOnlyList<ReportBlock> Blocks() =>
    [
        new ReportBlock.LineChart("Campaign texts for each person who got any", steps.Along, "texts", steps.Names, [new ChartLine("Texts for each person", Shares(_texts, 1))]),
        new ReportBlock.LineChart("Opt-outs for each 10,000 people who got any", steps.Along, "opt-outs", steps.Names, [new ChartLine("Opt-outs for each 10,000 people", Shares(_gone, PerPeople))]),
    ];

    private double?[] Shares(long[] counts, double times) => [.. counts.Select((count, step) => _people[step] == 0 ? (double?)null : Math.Round(times * count / _people[step], 2))];
}
