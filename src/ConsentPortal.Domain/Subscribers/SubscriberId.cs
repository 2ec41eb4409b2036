namespace ConsentPortal.Domain.Subscribers;

/// <summary>Compared so that people can be read in batches by id; a database has its own order of ids, and batches follow that one.</summary>
public readonly record struct SubscriberId(Guid Value) : IStrongId<SubscriberId>, IComparable<SubscriberId>
{
    public static SubscriberId From(Guid value) => new(value);

    public static SubscriberId New(DateTimeOffset now) => new(AscendingIds.Next(now));

    public int CompareTo(SubscriberId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public static bool operator <(SubscriberId left, SubscriberId right) => left.CompareTo(right) < 0;

    public static bool operator >(SubscriberId left, SubscriberId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SubscriberId left, SubscriberId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SubscriberId left, SubscriberId right) => left.CompareTo(right) >= 0;
}
