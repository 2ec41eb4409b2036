using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>When a campaign repeats, while somebody fills it in.</summary>
public sealed class RepeatForm
{
    private string? _zone;

    /// <summary>Null for a campaign that is sent once.</summary>
    public RepeatEvery? Every { get; set; }

    public IReadOnlyCollection<WeekDays> Days { get; set; } = [];

    public DateTime? Until { get; set; }

    public int? Times { get; set; }

    public int DriftPercent { get; set; } = Recurrence.UsualDrift;

    /// <summary>On whose clock it repeats: that of the person who first said so.</summary>
    public string ZoneIn(TimeZoneInfo zone) => _zone ?? zone.Id;

    public void Take(Recurrence? known)
    {
        (Every, Until, Times) = (known?.Every, known?.Until?.ToDateTime(TimeOnly.MinValue), known?.Times);
        (Days, DriftPercent, _zone) = ([.. Enum.GetValues<WeekDays>().Where(day => day != WeekDays.None && known?.Days.HasFlag(day) == true)], known?.DriftPercent ?? Recurrence.UsualDrift, known?.Zone);
    }

    /// <summary>Where no day of the week is chosen, it is that of the first start.</summary>
    public Recurrence? Read(TimeZoneInfo zone, DateTimeOffset start)
    {
        if (Every is not { } every)
            return null;
        var name = ZoneIn(zone);
        var first = TimeZoneInfo.ConvertTime(start, TimeZoneInfo.TryFindSystemTimeZoneById(name, out var known) ? known : zone);
        var days = every != RepeatEvery.Week ? WeekDays.None : Days.Count == 0 ? Recurrence.Of(first.DayOfWeek) : Days.Aggregate(WeekDays.None, (all, day) => all | day);
        return new Recurrence(every, days, name, Until is { } last ? DateOnly.FromDateTime(last) : null, Times, DriftPercent);
    }
}
