using System.Globalization;
using System.Runtime.InteropServices;

namespace ConsentPortal.Application.Audit;

/// <summary>Where an entry stands among all of them: by its instant, then by its id.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AuditPlace(DateTimeOffset At, long Id) : IComparable<AuditPlace>
{
    /// <summary>As it stands in addresses: ticks, a hyphen, the id.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At.UtcTicks}-{Id}");

    public static AuditPlace? Read(string? text) =>
        text?.Split('-') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTimeOffset.MaxValue.UtcTicks
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new AuditPlace(new DateTimeOffset(ticks, TimeSpan.Zero), number)
            : null;

    public int CompareTo(AuditPlace other) => At == other.At ? Id.CompareTo(other.Id) : At.CompareTo(other.At);

    public static bool operator <(AuditPlace left, AuditPlace right) => left.CompareTo(right) < 0;

    public static bool operator >(AuditPlace left, AuditPlace right) => left.CompareTo(right) > 0;

    public static bool operator <=(AuditPlace left, AuditPlace right) => left.CompareTo(right) <= 0;

    public static bool operator >=(AuditPlace left, AuditPlace right) => left.CompareTo(right) >= 0;
}

/// <summary>Which page of a list that is read both ways.</summary>
/// <param name="IsUpwards">From older entries to newer ones; pages are shown newest first all the same.</param>
/// <param name="From">The page begins beside this one, without it; null for the end of the list.</param>
public sealed record AuditPosition(bool IsUpwards, AuditPlace? From)
{
    public static AuditPosition Newest { get; } = new(false, null);

    public static AuditPosition Oldest { get; } = new(true, null);

    public static AuditPosition OlderThan(AuditPlace place) => new(false, place);

    public static AuditPosition NewerThan(AuditPlace place) => new(true, place);
}
