using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Domain.Segments;

/// <summary>
/// A share of all people, drawn once and for all: the same people for the same words on every database and every day, and
/// other people, independent of the first, for other words.
/// </summary>
/// <param name="Salt">The words of the draw, such as "spring test".</param>
/// <param name="From">Where the share begins, in percent; 0 to 99. Shares of one draw that do not overlap have nobody in common.</param>
/// <param name="Percent">How large it is; 1 to 100, and not beyond 100 from its beginning.</param>
[RuleKind("bucket")]
public sealed record InBucket(string Salt, int From, int Percent) : SegmentRule
{
    /// <summary>Lots count from zero to below this prime, 2³¹ − 1.</summary>
    public const long Lots = int.MaxValue;

    public override string Describe(RuleNames names) => From == 0
        ? $"are among {Words(Percent)} % of people drawn as \"{Salt}\""
        : $"are among the {Words(From)} to {Words(From + Percent)} % of people drawn as \"{Salt}\"";

    public override bool Holds(SegmentPerson person) => Draw() is var draw && draw.Place(person.Lot) is var place && place >= draw.From && place < draw.Before;

    internal override string Seen(SegmentPerson person) =>
        string.Create(CultureInfo.InvariantCulture, $"drawn at {100.0 * Draw().Place(person.Lot) / Lots:0.0} %");

    internal override IEnumerable<string> Problems()
    {
        if (Salt is not { Length: >= 1 and <= 60 } || Salt.Trim() != Salt)
            yield return "Give the draw a name of 1 to 60 characters.";
        if (From is < 0 or > 99 || Percent is < 1 or > 100 || From + Percent > 100)
            yield return "A share has 1 to 100 percent and ends at 100 at the latest.";
    }

    /// <summary>The draw as two numbers, with which any database can compute the place of a lot.</summary>
    public BucketDraw Draw()
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Salt));
        var factor = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (Lots - 1)) + 1;
        var shift = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash.AsSpan(8)) % Lots);
        return new BucketDraw(factor, shift, Lots * From / 100, Lots * (From + Percent) / 100);
    }

    private static string Words(int percent) => percent.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// Moves each lot to its place in one draw by a line modulo a prime, which 64 bits hold without overflow: every place is taken
/// by exactly one lot, and two draws are independent of each other (universal hashing after Carter and Wegman, 1979).
/// </summary>
public readonly record struct BucketDraw(long Factor, long Shift, long From, long Before)
{
    public long Place(int lot) => ((lot * Factor) + Shift) % InBucket.Lots;
}
