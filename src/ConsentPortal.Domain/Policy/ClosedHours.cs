using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy.Engine;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Policy.Rules;

namespace ConsentPortal.Domain.Policy;

/// <param name="Start">First instant of the hour (UTC).</param>
/// <param name="People">For whom all of it is shut where they are.</param>
public readonly record struct ClosedHour(DateTimeOffset Start, int People);

/// <summary>
/// For how many people the rules about hours and days keep which hour shut. People under the same rules on the same clocks
/// are asked about once, so that a million of them cost no more than their places.
/// </summary>
/// <param name="start">What lifts a rule for a person, such as consent in Utah, counts as it stands then.</param>
public sealed class ClosedHours(PolicyVersion policy, DateTimeOffset start)
{
    /// <summary>No zone and no rule of the book begins or ends between quarters of an hour.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private readonly Dictionary<Kind, int> _people = [];
    private readonly Dictionary<Kind, IReadOnlyList<AskedHours>> _hours = [];

    /// <summary>One person more; not safe from two threads.</summary>
    public void Add(SendFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var view = new SendView(facts, policy, start, Jurisdiction.Of(facts, policy));
        var time = new TimeGates(in view);
        var kind = new Kind(view.Jurisdiction, time.Apply, view.Class, time.Lifted());
        if (!_hours.ContainsKey(kind))
            _hours[kind] = time.Hours();
        _people[kind] = _people.GetValueOrDefault(kind) + 1;
    }

    /// <summary>The shut hours of a span, in order; hours open to everybody are left out.</summary>
    /// <param name="first">A full hour.</param>
    /// <param name="end">The first hour that is not asked about.</param>
    public IReadOnlyList<ClosedHour> Between(DateTimeOffset first, DateTimeOffset end)
    {
        var rules = new Dictionary<HoursRule, int>();
        var kinds = _people.GroupBy(p => Signature(_hours[p.Key], rules), StringComparer.Ordinal).Select(same => (Hours: _hours[same.First().Key], People: same.Sum(p => p.Value))).ToList();
        var closed = new List<ClosedHour>();
        for (var hour = first; hour < end; hour = hour.AddHours(1))
        {
            var people = kinds.Sum(kind => IsShut(kind.Hours, hour) ? kind.People : 0);
            if (people > 0)
                closed.Add(new ClosedHour(hour, people));
        }

        return closed;
    }

    private static bool IsShut(IReadOnlyList<AskedHours> hours, DateTimeOffset hour)
    {
        for (var at = hour; at < hour.AddHours(1); at += Step)
        {
            if (hours.All(asked => asked.Clocks.All(clock => HoursClock.StateAt(asked.Rule, clock, at, asked.Guard) == HoursState.Open)))
                return false;
        }

        return true;
    }

    /// <summary>The same text for the same hours.</summary>
    /// <param name="known">Numbers the rules that were met so far.</param>
    private static string Signature(IReadOnlyList<AskedHours> hours, Dictionary<HoursRule, int> known) => string.Join('|', hours.Select(asked =>
    {
        if (!known.TryGetValue(asked.Rule, out var number))
            known[asked.Rule] = number = known.Count;
        return $"{number} {string.Join(',', asked.Clocks.Select(clock => clock.Id))}";
    }));

    private readonly record struct Kind(Jurisdiction Jurisdiction, bool Apply, MessageClass Class, long Lifted);
}

/// <summary>A rule about hours that is asked of somebody, the clocks that it goes by, and the margin before its end.</summary>
internal readonly record struct AskedHours(HoursRule Rule, ZoneClock[] Clocks, TimeSpan Guard);
