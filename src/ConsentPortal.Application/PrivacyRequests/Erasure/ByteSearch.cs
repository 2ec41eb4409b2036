using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Finds any of some dozens of byte strings in one pass, 32 places at a time. Each string belongs to one of eight groups; for the halves of
/// the first three bytes a table says which groups have them there, so that six look-ups and their AND leave the groups of which a string
/// may begin at each place. Only there are whole strings compared.
/// </summary>
internal sealed class ByteSearch
{
    /// <summary>No string may be shorter.</summary>
    public const int Fewest = 3;

    private const int Groups = 8;
    private const int Halves = 16;
    private const byte Half = 15;

    private readonly byte[][][] _groups;

    // Of the lower and the upper half of each of the first bytes: a bit for each group that has it there.
    private readonly byte[] _lower = new byte[Fewest * Halves];
    private readonly byte[] _upper = new byte[Fewest * Halves];
    private readonly int _width;

    /// <param name="width">How many places are looked at together at most: as many as this processor can, unless a test says otherwise.</param>
    public ByteSearch(IReadOnlyCollection<byte[]> strings, int width = 32)
    {
        if (strings.Count == 0 || strings.Any(s => s.Length < Fewest))
            throw new ArgumentException($"There has to be a string, and none may be shorter than {Fewest} bytes.", nameof(strings));
        (Longest, _width) = (strings.Max(s => s.Length), width);
        // Strings that begin alike share a group: they set the same bits, and the others fewer.
        var beginnings = strings.GroupBy(s => Convert.ToHexString(s.AsSpan(0, Fewest))).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        _groups = [.. Enumerable.Range(0, Groups).Select(group => beginnings.Where((_, i) => i * Groups / beginnings.Count == group).SelectMany(g => g).ToArray())];
        for (var group = 0; group < Groups; group++)
        {
            foreach (var one in _groups[group])
                Enter(one, (byte)(1 << group));
        }
    }

    public int Longest { get; }

    /// <summary>The first place at or after another where a string begins; -1 where none does.</summary>
    public int Next(ReadOnlySpan<byte> text, int from)
    {
        var at = ~from;
        if (_width >= Vector256<byte>.Count && Avx2.IsSupported)
            at = NextOf32(text, ~at);
        if (at < 0 && _width >= Vector128<byte>.Count && Vector128.IsHardwareAccelerated)
            at = NextOf16(text, ~at);
        return at >= 0 ? at : NextOf1(text, ~at);
    }

    /// <summary>The length of the longest string that begins at a place; 0 where none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int LengthAt(ReadOnlySpan<byte> text, int at)
    {
        var longest = 0;
        if (at + Fewest > text.Length)
            return longest;
        for (uint groups = Candidates(text, at); groups != 0; groups &= groups - 1)
        {
            foreach (var one in _groups[BitOperations.TrailingZeroCount(groups)])
            {
                if (one.Length > longest && text[at..].StartsWith(one))
                    longest = one.Length;
            }
        }

        return longest;
    }

    private void Enter(byte[] one, byte bit)
    {
        for (var i = 0; i < Fewest; i++)
        {
            _lower[i * Halves + (one[i] & Half)] |= bit;
            _upper[i * Halves + (one[i] >> 4)] |= bit;
        }
    }

    private byte Candidates(ReadOnlySpan<byte> text, int at)
    {
        var groups = byte.MaxValue;
        for (var i = 0; i < Fewest; i++)
            groups &= (byte)(_lower[i * Halves + (text[at + i] & Half)] & _upper[i * Halves + (text[at + i] >> 4)]);
        return groups;
    }

    // Each returns the place, or the complement of where it stopped because less than its width was left. Compiled at their best at once:
    // the first search would be over before the runtime knew that this is where it spends its time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NextOf32(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var (lower0, lower1, lower2) = (Twice(_lower, 0), Twice(_lower, 1), Twice(_lower, 2));
        var (upper0, upper1, upper2) = (Twice(_upper, 0), Twice(_upper, 1), Twice(_upper, 2));
        var at = from;
        for (; at <= text.Length - Vector256<byte>.Count - (Fewest - 1); at += Vector256<byte>.Count)
        {
            var groups = Of(Vector256.LoadUnsafe(ref start, (nuint)at), lower0, upper0)
                & Of(Vector256.LoadUnsafe(ref start, (nuint)at + 1), lower1, upper1)
                & Of(Vector256.LoadUnsafe(ref start, (nuint)at + 2), lower2, upper2);
            if (groups == Vector256<byte>.Zero)
                continue;
            var found = First(text, at, ~Vector256.Equals(groups, Vector256<byte>.Zero).ExtractMostSignificantBits());
            if (found >= 0)
                return found;
        }

        return ~at;

        static Vector256<byte> Twice(byte[] table, int i) =>
            Vector256.Create(Vector128.Create<byte>(table.AsSpan(i * Halves, Halves)), Vector128.Create<byte>(table.AsSpan(i * Halves, Halves)));

        static Vector256<byte> Of(Vector256<byte> bytes, Vector256<byte> lower, Vector256<byte> upper) =>
            Avx2.Shuffle(lower, bytes & Vector256.Create(Half)) & Avx2.Shuffle(upper, (bytes.AsUInt16() >> 4).AsByte() & Vector256.Create(Half));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NextOf16(ReadOnlySpan<byte> text, int from)
    {
        ref var start = ref MemoryMarshal.GetReference(text);
        var (lower0, lower1, lower2) = (Table(_lower, 0), Table(_lower, 1), Table(_lower, 2));
        var (upper0, upper1, upper2) = (Table(_upper, 0), Table(_upper, 1), Table(_upper, 2));
        var at = from;
        for (; at <= text.Length - Vector128<byte>.Count - (Fewest - 1); at += Vector128<byte>.Count)
        {
            var groups = Of(Vector128.LoadUnsafe(ref start, (nuint)at), lower0, upper0)
                & Of(Vector128.LoadUnsafe(ref start, (nuint)at + 1), lower1, upper1)
                & Of(Vector128.LoadUnsafe(ref start, (nuint)at + 2), lower2, upper2);
            if (groups == Vector128<byte>.Zero)
                continue;
            var found = First(text, at, ~Vector128.Equals(groups, Vector128<byte>.Zero).ExtractMostSignificantBits() & ushort.MaxValue);
            if (found >= 0)
                return found;
        }

        return ~at;

        static Vector128<byte> Table(byte[] table, int i) => Vector128.Create<byte>(table.AsSpan(i * Halves, Halves));

        static Vector128<byte> Of(Vector128<byte> bytes, Vector128<byte> lower, Vector128<byte> upper) =>
            Vector128.Shuffle(lower, bytes & Vector128.Create(Half)) & Vector128.Shuffle(upper, (bytes.AsUInt16() >> 4).AsByte() & Vector128.Create(Half));
    }

    private int NextOf1(ReadOnlySpan<byte> text, int from)
    {
        for (var at = from; at <= text.Length - Fewest; at++)
        {
            if (LengthAt(text, at) > 0)
                return at;
        }

        return -1;
    }

    private int First(ReadOnlySpan<byte> text, int at, uint places)
    {
        for (; places != 0; places &= places - 1)
        {
            var place = at + BitOperations.TrailingZeroCount(places);
            if (LengthAt(text, place) > 0)
                return place;
        }

        return -1;
    }
}
