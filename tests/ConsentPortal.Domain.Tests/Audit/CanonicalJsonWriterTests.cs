using System.Text;
using System.Text.Json;
using ConsentPortal.Domain.Audit;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class CanonicalJsonWriterTests
{
    [Fact]
    public void What_is_written_straight_away_is_what_sorting_and_parsing_gives() =>
        Gen.Select(Gen.String[Gen.OneOf(Gen.Char['\0', '\u00ff'], Gen.Char['\u2000', '\u2060'], Gen.Const('"'), Gen.Const('\\')), 0, 30], Gen.Long, Gen.Double.Where(double.IsFinite), Gen.Bool)
            .Sample((text, whole, real, flag) =>
            {
                var written = Write(text, whole, real, flag);
                Assert.Equal(
                    Encoding.UTF8.GetString(CanonicalJson.Canonicalize(JsonSerializer.Serialize(new { flag, list = (string[])[text, "b"], nothing = (string?)null, real, text, whole, inner = new { } }))),
                    Encoding.UTF8.GetString(written));
                Assert.Null(CanonicalJson.FindFlaw(written));
            });

    [Fact]
    public void Ids_and_bytes_are_written_as_the_text_that_they_stand_for() =>
        Gen.Select(Gen.Guid, Gen.Byte.Array[0, 900]).Sample((id, bytes) =>
        {
            var json = new CanonicalJsonWriter();
            json.StartArray();
            json.String(id);
            json.Base64("sealed:"u8, bytes);
            json.EndArray();
            Assert.Equal($"[\"{id}\",\"sealed:{Convert.ToBase64String(bytes)}\"]", Encoding.UTF8.GetString(json.ToArray()));
        });

    [Fact]
    public void Half_a_surrogate_pair_is_refused() => Assert.Throws<EncoderFallbackException>(() => new CanonicalJsonWriter().String("\ud800"));

    private static byte[] Write(string text, long whole, double real, bool flag)
    {
        var json = new CanonicalJsonWriter();
        json.StartObject();
        json.Name("flag");
        json.Boolean(flag);
        json.Name("inner");
        json.StartObject();
        json.EndObject();
        json.Name("list");
        json.StartArray();
        json.String(text);
        json.String("b");
        json.EndArray();
        json.Name("nothing");
        json.Null();
        json.Name("real");
        json.Number(real);
        json.Name("text");
        json.String(text);
        json.Name("whole");
        json.Number(whole);
        json.EndObject();
        return json.ToArray();
    }
}
