namespace ConsentPortal.Domain.Tests;

public sealed class AscendingIdsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Ids_of_one_instant_are_of_version_7_and_ascend_byte_by_byte()
    {
        var ids = Enumerable.Range(0, 50_000).Select(_ => AscendingIds.Next(Noon)).ToList();

        Assert.All(ids, id => Assert.Equal((7, Noon.ToUnixTimeMilliseconds()), (id.Version, Milliseconds(id))));
        Assert.True(ids.Zip(ids.Skip(1)).All(pair => Bytes(pair.First).AsSpan().SequenceCompareTo(Bytes(pair.Second)) < 0));
    }

    [Fact]
    public void Ids_of_one_instant_ascend_while_others_are_made_of_other_instants()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 2_500; i++)
        {
            ids.Add(AscendingIds.Next(Noon.AddMinutes(1)));
            AscendingIds.Next(Noon.AddMinutes(2).AddMilliseconds(i));
            AscendingIds.Next(Noon.AddMinutes(3).AddMilliseconds(i));
        }

        Assert.Equal(ids.OrderBy(id => Convert.ToHexString(Bytes(id)), StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task Threads_that_make_ids_at_one_instant_never_make_the_same()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 10_000).Select(_ => AscendingIds.Next(Noon)).ToList())));

        Assert.Equal(40_000, made.SelectMany(ids => ids).Distinct().Count());
    }

    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static long Milliseconds(Guid id) => (long)(new System.Numerics.BigInteger(Bytes(id).AsSpan(0, 6), isUnsigned: true, isBigEndian: true));
}
