using ConsentPortal.Domain.Messaging;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Messaging;

public sealed class SmsMeasureTests
{
    [Theory]
    [Trait("Rule", "O-06")]
    [InlineData(159, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    [InlineData(459, 3)]
    [InlineData(460, 4)]
    public void Seven_bit_texts_hold_160_units_alone_and_153_in_each_of_several_parts(int letters, int parts) =>
        Is(new string('a', letters), SmsEncoding.Gsm7, letters, parts);

    [Theory]
    [Trait("Rule", "O-06")]
    [InlineData("^")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("\\")]
    [InlineData("[")]
    [InlineData("~")]
    [InlineData("]")]
    [InlineData("|")]
    [InlineData("€")]
    [InlineData("\f")]
    public void An_escaped_character_takes_two_units(string character)
    {
        Is(character, SmsEncoding.Gsm7, 2, 1);
        Is(new string('a', 158) + character, SmsEncoding.Gsm7, 160, 1);
        Is(new string('a', 159) + character, SmsEncoding.Gsm7, 161, 2);
    }

    [Fact]
    [Trait("Rule", "O-06")]
    public void An_escaped_character_is_never_split_between_parts()
    {
        var split = new string('a', 152) + "€" + new string('a', 152);

        Is(split, SmsEncoding.Gsm7, 306, 3);
        Is(new string('a', 151) + "€" + new string('a', 153), SmsEncoding.Gsm7, 306, 2);
    }

    [Theory]
    [Trait("Rule", "O-07")]
    [InlineData(69, 1)]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Other_texts_hold_70_units_alone_and_67_in_each_of_several_parts(int letters, int parts) =>
        Is(new string('ж', letters), SmsEncoding.Ucs2, letters, parts);

    [Fact]
    [Trait("Rule", "O-07")]
    public void An_emoji_takes_two_units_and_is_never_split()
    {
        Is(new string('ж', 68) + "😀", SmsEncoding.Ucs2, 70, 1);
        Is(new string('ж', 66) + "😀" + new string('ж', 66), SmsEncoding.Ucs2, 134, 3);
        Is(new string('ж', 65) + "😀" + new string('ж', 67), SmsEncoding.Ucs2, 134, 2);
    }

    [Theory]
    [Trait("Rule", "O-07")]
    [InlineData("’")]
    [InlineData("“")]
    [InlineData("–")]
    [InlineData("…")]
    [InlineData("á")]
    [InlineData("í")]
    [InlineData("ó")]
    [InlineData("ú")]
    [InlineData("ç")]
    [InlineData("`")]
    public void A_character_outside_the_alphabet_turns_the_whole_text_and_is_named(string character)
    {
        var measure = SmsMeasure.Of($"it{character}s");

        Assert.Equal((SmsEncoding.Ucs2, 4), (measure.Encoding, measure.Units));
        Assert.Equal([character], measure.ForcedBy);
    }

    [Fact]
    [Trait("Rule", "O-07")]
    public void The_letters_of_the_alphabet_turn_nothing() => Assert.Equal(SmsEncoding.Gsm7, SmsMeasure.Of("àèéìòùñÑäöüßÇÅåÆØ€@£¥§¿¡").Encoding);

    [Fact]
    public void Parts_hold_whole_characters_and_no_fewer_of_them_would_do() => Gen.OneOf("a", "€", "ж", "😀").Array[0, 400].Sample(pieces =>
    {
        var measure = SmsMeasure.Of(string.Concat(pieces));
        var (alone, each) = measure.Encoding == SmsEncoding.Gsm7 ? (160, 153) : (70, 67);

        Assert.Equal(measure.Units <= alone, measure.Parts == 1);
        // A character that does not fit any more leaves one unit of a part empty, never two.
        if (measure.Parts > 1)
            Assert.InRange(measure.Parts, (measure.Units + each - 1) / each, (measure.Units + each - 2) / (each - 1));
    });

    private static void Is(string text, SmsEncoding encoding, int units, int parts)
    {
        var measure = SmsMeasure.Of(text);
        Assert.Equal((encoding, units, parts), (measure.Encoding, measure.Units, measure.Parts));
    }
}
