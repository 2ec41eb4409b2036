using ConsentPortal.Application.PrivacyRequests.Erasure;
using CsCheck;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class ByteSearchTests
{
    // So few that strings begin alike, lie in one another and almost match everywhere.
    private static readonly byte[] Letters = [0, (byte)'A', (byte)'a', (byte)'Q', 0xFF];
    private static readonly Gen<byte> Letter = Gen.Int[0, 4].Select(i => Letters[i]);

    [Theory]
    [InlineData(32)]
    [InlineData(16)]
    [InlineData(1)]
    public void It_finds_what_comparing_every_string_at_every_place_finds(int width) =>
        Gen.Select(Letter.Array[0, 150], Letter.Array[3, 7].Array[1, 40]).Sample(
            (text, strings) =>
            {
                var search = new ByteSearch(strings, width);
                var expected = Enumerable.Range(0, text.Length).Where(at => strings.Any(s => text.AsSpan(at).StartsWith(s))).ToList();
                var found = new List<int>();
                for (var at = search.Next(text, 0); at >= 0; at = search.Next(text, at + 1))
                    found.Add(at);

                Assert.Equal(expected, found);
                Assert.All(found, at => Assert.Equal(strings.Where(s => text.AsSpan(at).StartsWith(s)).Max(s => s.Length), search.LengthAt(text, at)));
            },
            iter: 2_000);

    [Theory]
    [InlineData(32)]
    [InlineData(16)]
    [InlineData(1)]
    public void A_string_is_found_at_every_place_of_a_text(int width)
    {
        var search = new ByteSearch(["Ada Okafor"u8.ToArray(), "+12125552368"u8.ToArray()], width);
        for (var at = 0; at < 120; at++)
        {
            var text = new byte[at + 10 + at % 7];
            "Ada Okafor"u8.CopyTo(text.AsSpan(at));

            Assert.Equal(at, search.Next(text, 0));
            Assert.Equal(-1, search.Next(text.AsSpan(0, at + 9), 0));
        }
    }
}
