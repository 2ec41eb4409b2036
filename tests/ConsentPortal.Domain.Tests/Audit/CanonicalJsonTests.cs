using System.Text;
using System.Text.Json;
using ConsentPortal.Domain.Audit;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class CanonicalJsonTests
{
    [Fact]
    public void Example_of_RFC_8785_section_3_2_comes_out_as_printed_there()
    {
        const string Input = """
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
              "literals": [null, true, false]
            }
            """;
        const string Expected = """{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}""";
        Assert.Equal(Expected, Canonical(Input));
    }

    [Fact]
    public void Names_are_sorted_by_UTF_16_units_as_in_RFC_8785_section_3_2_3()
    {
        const string Input = """{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}""";
        var names = JsonDocument.Parse(Canonical(Input)).RootElement.EnumerateObject().Select(member => member.Value.GetString()!.Split(' ')[0]);
        Assert.Equal(["Carriage", "One", "Control", "Latin", "Euro", "Emoji:", "Hebrew"], names);
    }

    [Theory]
    [InlineData("0000000000000000", "0")]
    [InlineData("8000000000000000", "0")]
    [InlineData("0000000000000001", "5e-324")]
    [InlineData("8000000000000001", "-5e-324")]
    [InlineData("7fefffffffffffff", "1.7976931348623157e+308")]
    [InlineData("ffefffffffffffff", "-1.7976931348623157e+308")]
    [InlineData("4340000000000000", "9007199254740992")]
    [InlineData("c340000000000000", "-9007199254740992")]
    [InlineData("4430000000000000", "295147905179352830000")]
    [InlineData("44b52d02c7e14af5", "9.999999999999997e+22")]
    [InlineData("44b52d02c7e14af6", "1e+23")]
    [InlineData("44b52d02c7e14af7", "1.0000000000000001e+23")]
    [InlineData("444b1ae4d6e2ef4e", "999999999999999700000")]
    [InlineData("444b1ae4d6e2ef4f", "999999999999999900000")]
    [InlineData("444b1ae4d6e2ef50", "1e+21")]
    [InlineData("3eb0c6f7a0b5ed8c", "9.999999999999997e-7")]
    [InlineData("3eb0c6f7a0b5ed8d", "0.000001")]
    [InlineData("41b3de4355555553", "333333333.3333332")]
    [InlineData("41b3de4355555554", "333333333.33333325")]
    [InlineData("41b3de4355555555", "333333333.3333333")]
    [InlineData("41b3de4355555556", "333333333.3333334")]
    [InlineData("41b3de4355555557", "333333333.33333343")]
    [InlineData("becbf647612f3696", "-0.0000033333333333333333")]
    [InlineData("43143ff3c1cb0959", "1424953923781206.2")]
    public void Number_of_RFC_8785_appendix_B_is_printed_as_there(string bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(Convert.ToUInt64(bits, 16));
        Assert.Equal(expected, CanonicalNumber.Format(value));
        Assert.Null(CanonicalJson.FindFlaw(Encoding.UTF8.GetBytes(expected)));
    }

    [Theory]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("""["\ud800"]""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("[1e400]")]
    [InlineData("[1,]")]
    [InlineData("")]
    public void What_has_no_canonical_form_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => Canonical(json));

    [Theory]
    [InlineData("""{"a":1, "b":2}""", "white space")]
    [InlineData("""{"a": 1}""", "white space")]
    [InlineData(""" {"a":1}""", "white space")]
    [InlineData("{\"a\":1}\r", "follows")]
    [InlineData("""{"b":1,"a":2}""", "order")]
    [InlineData("""{"a":1,"a":2}""", "order")]
    [InlineData("""{"\ufb33":1,"😀":2}""", "character")]
    [InlineData("{\"\ufb33\":1,\"😀\":2}", "order")]
    [InlineData("""["\u0041"]""", "character")]
    [InlineData("""["\u000A"]""", "character")]
    [InlineData("""["\u000a"]""", "character")]
    [InlineData("""["\u001F"]""", "character")]
    [InlineData("""["\/"]""", "character")]
    [InlineData("[\"\t\"]", "character")]
    [InlineData("[1.0]", "number")]
    [InlineData("[01]", "number")]
    [InlineData("[-0]", "number")]
    [InlineData("[1E3]", "number")]
    [InlineData("[9007199254740993]", "number")]
    [InlineData("[1e400]", "number")]
    [InlineData("[-]", "number")]
    [InlineData("[1", "missing")]
    [InlineData("""{"a":"b""", "does not end")]
    [InlineData("""{"a"}""", "missing")]
    [InlineData("nul", "no JSON value")]
    [InlineData("", "no JSON value")]
    [InlineData("{}{}", "follows")]
    [InlineData("{,}", "no name")]
    [InlineData("[1,]", "no JSON value")]
    public void Flaw_is_found_and_named(string json, string expected) =>
        Assert.Contains(expected, CanonicalJson.FindFlaw(Encoding.UTF8.GetBytes(json)), StringComparison.Ordinal);

    [Fact]
    public void A_name_given_twice_is_refused_however_the_value_was_read()
    {
        using var read = JsonDocument.Parse("""{"a":1,"b":{"c":1,"c":2}}""");

        Assert.Throws<JsonException>(() => CanonicalJson.Canonicalize(read.RootElement));
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_a_flaw() =>
        Assert.Equal("it is not UTF-8", CanonicalJson.FindFlaw([(byte)'"', 0xff, (byte)'"']));

    [Fact]
    public void Nesting_without_end_is_refused_without_harm() =>
        Assert.Contains("deeply", CanonicalJson.FindFlaw(Encoding.ASCII.GetBytes(new string('[', 1_000_000))), StringComparison.Ordinal);

    [Fact]
    public void Every_canonicalised_value_is_found_canonical_and_stays_as_it_is() =>
        Values(3).Sample(json =>
        {
            var once = CanonicalJson.Canonicalize(json);
            return CanonicalJson.FindFlaw(once) is null && CanonicalJson.Canonicalize(once).AsSpan().SequenceEqual(once);
        });

    [Fact]
    public void The_check_agrees_with_canonicalising_and_comparing() =>
        Gen.Select(Values(2), Gen.Int[0, 1000], Gen.Char["{}[]\",:\\u0018bfnrtA \n-.eE+é"]).Sample((json, at, mark) =>
        {
            var text = Canonical(json);
            var damaged = Encoding.UTF8.GetBytes(text.Remove(at % text.Length, 1).Insert(at % text.Length, mark.ToString()));
            return (CanonicalJson.FindFlaw(damaged) is null) == IsCanonicalByComparison(damaged);
        }, iter: 3_000);

    [Fact]
    public void Serialised_record_is_canonical()
    {
        var bytes = CanonicalJson.Serialize(new { Zone = "Europe/Paris", Amount = 1.50m, At = 3 }, new JsonSerializerOptions(JsonSerializerDefaults.Web));
        Assert.Equal("""{"amount":1.5,"at":3,"zone":"Europe/Paris"}""", Encoding.UTF8.GetString(bytes));
    }

    private static string Canonical(string json) => Encoding.UTF8.GetString(CanonicalJson.Canonicalize(json));

    private static bool IsCanonicalByComparison(byte[] text)
    {
        try
        {
            return CanonicalJson.Canonicalize(text).AsSpan().SequenceEqual(text);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static Gen<string> Values(int depth)
    {
        var text = Gen.String[Gen.OneOf(Gen.Char['\0', '\x7f'], Gen.Char["éß€\ufb33\u2028\uffff"]), 0, 6];
        var leaf = Gen.OneOf(
            text.Select(value => JsonSerializer.Serialize(value)),
            Gen.Double.Where(double.IsFinite).Select(value => JsonSerializer.Serialize(value)),
            Gen.Int.Select(value => value.ToString()),
            Gen.OneOf("true", "false", "null", "\"😀\"", "1e21", "100000000000000000000", "1e-7"));
        if (depth == 0)
            return leaf;
        var inner = Values(depth - 1);
        return Gen.OneOf(
            leaf,
            inner.List[0, 4].Select(items => $"[{string.Join(", ", items)}]"),
            Gen.Select(text, inner).List[0, 4].Select(members =>
                $"{{{string.Join(", ", members.DistinctBy(member => member.Item1).Select(member => $"{JsonSerializer.Serialize(member.Item1)} : {member.Item2}"))}}}"));
    }
}
