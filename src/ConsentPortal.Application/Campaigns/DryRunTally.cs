using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Campaigns;

/// <summary>What would become of one person.</summary>
/// <param name="Variant">Null where there is one text.</param>
internal sealed record JudgedPerson(SubscriberId Id, SendDecision Decision, SmsMeasure Measure, IReadOnlyList<string> Missing, char? Variant = null)
{
    /// <summary>Stands for a language that nobody knows.</summary>
    public const string NotKnown = "";

    /// <summary>Of the words they would get; null where there is one language.</summary>
    public string? Language { get; init; }

    /// <summary>The language that they read and in which there are no words; null for everybody else.</summary>
    public string? FellBackFrom { get; init; }

    /// <summary>By which it was judged.</summary>
    public required SendFacts Facts { get; init; }
}

/// <summary>Counts decisions. Its size depends on how many different reasons there are, never on how many people.</summary>
/// <param name="sender">What the sender may send to all carriers together; null for no limit.</param>
internal sealed class DryRunTally(DateTimeOffset start, DateTimeOffset? notAfter, PolicyVersion policy, int? textsPerMinute = null, SenderLimits? sender = null)
{
    private const int MostSamples = 5;

    /// <summary>What a chart of few hours shows at least.</summary>
    private static readonly TimeSpan LeastShown = TimeSpan.FromHours(12);

    private readonly Dictionary<(DecisionKind Kind, Gate? Gate, SendReason Reason, string? Rule), (int Count, List<SubscriberId> Samples)> _reasons = [];
    private readonly SortedDictionary<DateTimeOffset, int> _hours = [];
    private readonly SortedDictionary<int, int> _parts = [];
    private readonly SortedDictionary<string, int> _encodings = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _missing = new(StringComparer.Ordinal);

    private readonly SortedDictionary<string, int> _variants = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _languages = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _fallBacks = new(StringComparer.Ordinal);

    private readonly Dictionary<string, (int Texts, int Parts)> _countries = new(StringComparer.Ordinal);
    private readonly ClosedHours _closed = new(policy, start);

    private int _overPromise;

    public int Audience { get; private set; }

    public int Allowed { get; private set; }

    public int Deferred { get; private set; }

    public int Excluded { get; private set; }

    public DryRunDetail Detail => Write(PacedHours.Of(start, _hours, Pace, notAfter));

    /// <summary>Carriers count parts, campaigns texts.</summary>
    private int? Pace
    {
        get
        {
            var (texts, parts) = (_parts.Values.Sum(), _parts.Sum(p => p.Key * p.Value));
            var most = sender?.PartsPerMinute is { } each && parts > 0 ? (int)Math.Max(1, (long)each * texts / parts) : (int?)null;
            return most < textsPerMinute ? most : textsPerMinute ?? most;
        }
    }

    private DryRunDetail Write(PacedHours hours) => new(
        start, policy.Number,
        [.. _reasons.OrderBy(r => r.Key.Gate).ThenBy(r => r.Key.Reason).ThenByDescending(r => r.Value.Count)
            .Select(r => new DryRunReason(r.Key.Kind, r.Key.Gate, r.Key.Reason, r.Key.Rule, r.Value.Count, [.. r.Value.Samples.Select(s => s.Value)]))],
        hours.Hours, _parts, _encodings, _missing, _overPromise)
    {
        Sender = sender, Variants = _variants, Languages = _languages, FallBacks = _fallBacks, TooSlow = hours.TooSlow, Closed = ClosedWithin(hours.Hours),
        Countries = [.. _countries.OrderByDescending(c => c.Value.Parts).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new DryRunCountry(c.Key, c.Value.Texts, c.Value.Parts, null))],
    };

    private IReadOnlyList<ClosedHour> ClosedWithin(IReadOnlyList<DryRunHour> hours)
    {
        if (hours.Count == 0)
            return [];
        var first = HourOf(start);
        var least = first + LeastShown;
        var end = hours[^1].Start.AddHours(1);
        return _closed.Between(first, end > least ? end : least);
    }

    public void Add(JudgedPerson person)
    {
        var (id, decision) = (person.Id, person.Decision);
        Audience++;
        foreach (var field in person.Missing)
            Increase(_missing, field);
        // Where that takes long the decision is to hold, though nothing but time stands in the way.
        if (decision.Deciding?.Outcome == GateOutcome.Defer && decision.Findings.Any(finding => finding.Reason == SendReason.PromisedFrequency))
            _overPromise++;
        switch (decision)
        {
            case SendDecision.Allow:
                Allowed++;
                Leave(start, person);
                break;
            case SendDecision.Defer defer when notAfter is null || defer.Until < notAfter:
                Deferred++;
                FallAway(id, decision, DecisionKind.Defer, decision.Reason!.Value);
                Leave(defer.Until, person);
                break;
            case SendDecision.Defer:
                Excluded++;
                FallAway(id, decision, DecisionKind.Block, SendReason.PastNotAfter);
                break;
            default:
                Excluded++;
                FallAway(id, decision, decision.Kind, decision.Reason!.Value);
                break;
        }
    }

    /// <summary>Somebody who gets nothing before any rule is asked.</summary>
    public void LeaveOut(SubscriberId id, SendReason reason)
    {
        Audience++;
        Excluded++;
        FallAway(id, (DecisionKind.Block, null, reason, null));
    }

    private void Leave(DateTimeOffset at, JudgedPerson person)
    {
        var measure = person.Measure;
        if (person.Variant is { } letter)
            Increase(_variants, letter.ToString());
        if (person.Language is { } language)
            Increase(_languages, language);
        if (person.FellBackFrom is { } reads)
            Increase(_fallBacks, reads);
        var (region, known) = (person.Facts.To.Region ?? "", _countries.GetValueOrDefault(person.Facts.To.Region ?? ""));
        _countries[region] = (known.Texts + 1, known.Parts + measure.Parts);
        _closed.Add(person.Facts);
        Increase(_hours, HourOf(at));
        Increase(_parts, measure.Parts);
        Increase(_encodings, measure.Encoding == SmsEncoding.Gsm7 ? "gsm7" : "ucs2");
    }

    private static DateTimeOffset HourOf(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);

    private void FallAway(SubscriberId id, SendDecision decision, DecisionKind kind, SendReason reason) =>
        FallAway(id, (kind, decision.Deciding!.Value.Gate, reason, decision.Deciding.Value.Rule.Id));

    private void FallAway(SubscriberId id, (DecisionKind Kind, Gate? Gate, SendReason Reason, string? Rule) key)
    {
        var (count, samples) = _reasons.GetValueOrDefault(key, (0, []));
        Sample(samples, id);
        _reasons[key] = (count + 1, samples);
    }

    // Those who came first, in whatever order they were judged: the same people give the same dry run.
    private static void Sample(List<SubscriberId> samples, SubscriberId id)
    {
        if (samples.Count == MostSamples && samples[^1].CompareTo(id) <= 0)
            return;
        var place = samples.BinarySearch(id);
        samples.Insert(place < 0 ? ~place : place, id);
        if (samples.Count > MostSamples)
            samples.RemoveAt(MostSamples);
    }

    private static void Increase<TKey>(SortedDictionary<TKey, int> counts, TKey key) where TKey : notnull =>
        counts[key] = counts.GetValueOrDefault(key) + 1;
}
