using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace ConsentPortal.Domain.Policy.Places;

/// <summary>
/// The wall clock of one IANA zone with its changes worked out once, so that a decision needs one search in a short
/// array. Between 2015 and 2045 it answers as <see cref="TimeZoneInfo"/> does; outside, it asks it.
/// </summary>
internal sealed class ZoneClock
{
    private static readonly long FirstTicks = new DateTime(2015, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;
    private static readonly long LastTicks = new DateTime(2045, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    /// <summary>Shorter than the shortest stretch between two changes (Morocco's Ramadan, about 30 days).</summary>
    private static readonly long StepTicks = TimeSpan.FromDays(5).Ticks;

    private static readonly ConcurrentDictionary<string, ZoneClock> Known = new(StringComparer.Ordinal);

    /// <summary>Old names that the number metadata still uses (N-07), by the links of the IANA database.</summary>
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["Africa/Asmera"] = "Africa/Asmara",
        ["America/Buenos_Aires"] = "America/Argentina/Buenos_Aires",
        ["America/Godthab"] = "America/Nuuk",
        ["Asia/Calcutta"] = "Asia/Kolkata",
        ["Asia/Choibalsan"] = "Asia/Ulaanbaatar",
        ["Asia/Katmandu"] = "Asia/Kathmandu",
        ["Asia/Rangoon"] = "Asia/Yangon",
        ["Asia/Saigon"] = "Asia/Ho_Chi_Minh",
        ["Atlantic/Faeroe"] = "Atlantic/Faroe",
        ["Pacific/Enderbury"] = "Pacific/Kanton",
        ["Pacific/Ponape"] = "Pacific/Pohnpei",
        ["Pacific/Truk"] = "Pacific/Chuuk",
    }.ToFrozenDictionary();

    private readonly TimeZoneInfo _zone;
    private readonly long[] _changes;
    private readonly long[] _offsets;

    private ZoneClock(string id, TimeZoneInfo zone)
    {
        Id = id;
        _zone = zone;
        (_changes, _offsets) = Changes(zone);
    }

    /// <summary>The canonical IANA name.</summary>
    public string Id { get; }

    /// <summary>Null when the name is not an IANA zone of this machine's database, or stands for "nowhere in particular".</summary>
    public static ZoneClock? Find(string? id)
    {
        if (string.IsNullOrWhiteSpace(id) || id == "Etc/Unknown")
            return null;
        var name = Aliases.GetValueOrDefault(id, id);
        if (Known.TryGetValue(name, out var known))
            return known;

        // Names that are no zones are not remembered: they come from outside and there is no end of them.
        return Create(name) is { } created ? Known.GetOrAdd(name, created) : null;
    }

    public static ZoneClock Get(string id) =>
        Find(id) ?? throw new InvalidOperationException($"The time zone {id} is missing from this machine's database.");

    /// <summary>The local wall-clock time at an instant.</summary>
    public DateTime LocalAt(DateTimeOffset instant)
    {
        var utc = instant.UtcTicks;
        return new DateTime(utc + OffsetTicks(utc), DateTimeKind.Unspecified);
    }

    public TimeSpan OffsetAt(DateTimeOffset instant) => new(OffsetTicks(instant.UtcTicks));

    /// <summary>
    /// The first instant at which the wall clock shows at least this local time: of an hour that comes twice the first,
    /// of an hour that is skipped the instant of the skip.
    /// </summary>
    public DateTimeOffset FirstInstantOf(DateTime local)
    {
        var before = OffsetTicks(local.Ticks - TimeSpan.TicksPerDay);
        var after = OffsetTicks(local.Ticks + TimeSpan.TicksPerDay);
        var withBefore = local.Ticks - before;
        if (before == after || OffsetTicks(withBefore) == before)
            return new DateTimeOffset(withBefore, TimeSpan.Zero);
        var withAfter = local.Ticks - after;
        return new DateTimeOffset(OffsetTicks(withAfter) == after ? withAfter : ChangeBetween(withAfter, withBefore), TimeSpan.Zero);
    }

    public override string ToString() => Id;

    private static ZoneClock? Create(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) && zone.HasIanaId ? new ZoneClock(id, zone) : null;

    private static (long[] Changes, long[] Offsets) Changes(TimeZoneInfo zone)
    {
        var changes = new List<long> { FirstTicks };
        var offsets = new List<long> { Offset(zone, FirstTicks) };
        for (var from = FirstTicks; from < LastTicks; from += StepTicks)
        {
            var to = from + StepTicks;
            if (Offset(zone, to) == offsets[^1])
                continue;
            changes.Add(ChangeIn(zone, from, to));
            offsets.Add(Offset(zone, to));
        }

        return (changes.ToArray(), offsets.ToArray());
    }

    private static long ChangeIn(TimeZoneInfo zone, long low, long high)
    {
        var before = Offset(zone, low);
        while (high - low > TimeSpan.TicksPerSecond)
        {
            var middle = low + ((high - low) / 2 / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);
            if (middle == low)
                break;
            if (Offset(zone, middle) == before)
                low = middle;
            else
                high = middle;
        }

        return high;
    }

    private static long Offset(TimeZoneInfo zone, long utcTicks) => zone.GetUtcOffset(new DateTimeOffset(utcTicks, TimeSpan.Zero)).Ticks;

    private long OffsetTicks(long utcTicks)
    {
        if (utcTicks < FirstTicks || utcTicks >= LastTicks)
            return Offset(_zone, Math.Clamp(utcTicks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay));
        var index = Array.BinarySearch(_changes, utcTicks);
        return _offsets[index < 0 ? ~index - 1 : index];
    }

    private long ChangeBetween(long low, long high)
    {
        foreach (var change in _changes)
        {
            if (change >= low && change <= high)
                return change;
        }

        return high;
    }
}
