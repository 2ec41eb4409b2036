using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ConsentPortal.Domain;

/// <summary>
/// Ids of version 7 that ascend even within one millisecond (RFC 9562 § 6.2, monotonic random): an import makes a million
/// people at one instant, and every index that begins with their id then grows at its end instead of everywhere.
/// </summary>
public static class AscendingIds
{
    // The last six bytes are what SQL Server compares first, so the ids ascend there too.
    private const long LargestTail = (1L << 48) - 1;
    private const int LargestStep = 1 << 16;
    private const int MostInstants = 1_000;

    private static readonly Lock Gate = new();

    // A long work makes its ids of the instant at which it began, while others make theirs of the present one.
    // Whatever was asked for lately is among the recent ones, so it outlives the next thousand.
    private static Dictionary<long, Guid> _recent = new(MostInstants);
    private static Dictionary<long, Guid> _former = [];

    /// <summary>
    /// An id of the instant's millisecond, later than the others that this process has made of the same millisecond; after a
    /// thousand other milliseconds it starts anew.
    /// </summary>
    public static Guid Next(DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        lock (Gate)
        {
            var isKnown = _recent.TryGetValue(at, out var last) || _former.TryGetValue(at, out last);
            if (_recent.Count >= MostInstants)
                (_recent, _former) = (new(MostInstants), _recent);
            return _recent[at] = isKnown && Following(last) is { } next ? next : Guid.CreateVersion7(now);
        }
    }

    /// <returns>Null once the counter is used up, about once in some billion ids; the next one then starts anew.</returns>
    private static Guid? Following(Guid last)
    {
        Span<byte> bytes = stackalloc byte[16];
        last.TryWriteBytes(bytes, bigEndian: true, out _);
        var tail = (BinaryPrimitives.ReadInt64BigEndian(bytes[8..]) & LargestTail) + 1 + RandomNumberGenerator.GetInt32(LargestStep);
        if (tail > LargestTail)
            return null;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)(tail >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(bytes[12..], (uint)tail);
        return new Guid(bytes, bigEndian: true);
    }
}
