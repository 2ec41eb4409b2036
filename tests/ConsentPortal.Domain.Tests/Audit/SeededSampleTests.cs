using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class SeededSampleTests
{
    [Fact]
    public void The_sample_is_what_anybody_computes_from_the_seed()
    {
        var byHand = Enumerable.Range(1, 1_000).Select(id => (long)id)
            .OrderBy(id => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"audit 2026:{id}")))), StringComparer.Ordinal).Take(20);
        Assert.Equal(byHand, Draw("audit 2026", 20, Enumerable.Range(1, 1_000)).Drawn);
    }

    [Fact]
    public void The_order_in_which_records_come_makes_no_difference_and_the_seed_does()
    {
        var once = Draw("a", 5, Enumerable.Range(1, 300));
        Assert.Equal(once.Drawn, Draw("a", 5, Enumerable.Range(1, 300).Reverse()).Drawn);
        Assert.NotEqual(once.Drawn, Draw("b", 5, Enumerable.Range(1, 300)).Drawn);
        Assert.Equal(300, once.Population);
    }

    [Fact]
    public void Of_fewer_records_than_wanted_all_are_drawn() => Assert.Equal([1, 2, 3], Draw("a", 20, [1, 2, 3]).Drawn.Order());

    private static SeededSample Draw(string seed, int size, IEnumerable<int> ids)
    {
        var sample = new SeededSample(seed, size);
        foreach (var id in ids)
            sample.Offer(id);
        return sample;
    }
}
