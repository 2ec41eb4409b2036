using System.Buffers.Binary;

namespace ConsentPortal.Domain.Subscribers;

/// <summary>Compared so that people can be read in batches by id; a database has its own order of ids, and batches follow that one.</summary>
public readonly record struct SubscriberId(Guid Value) : IStrongId<SubscriberId>, IComparable<SubscriberId>
{
    public static SubscriberId From(Guid value) => new(value);

    public static SubscriberId New(DateTimeOffset now) => new(AscendingIds.Next(now));

    /// <summary>
    /// The person's lot in every draw, from 0 to below 2³¹ − 1: the last four bytes of the id, which are random. Kept beside the id,
    /// because databases can't compute with it.
    /// </summary>
    public int Lot
    {
        get
        {
            Span<byte> bytes = stackalloc byte[16];
            Value.TryWriteBytes(bytes, bigEndian: true, out _);
            return (int)((BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) & int.MaxValue) % int.MaxValue);
        }
    }

    public int CompareTo(SubscriberId other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString();

    public static bool operator <(SubscriberId left, SubscriberId right) => left.CompareTo(right) < 0;

    public static bool operator >(SubscriberId left, SubscriberId right) => left.CompareTo(right) > 0;

    public static bool operator <=(SubscriberId left, SubscriberId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SubscriberId left, SubscriberId right) => left.CompareTo(right) >= 0;
}
