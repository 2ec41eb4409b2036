using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Subscribers;

public sealed class PhoneNumberTests
{
    [Theory]
    [InlineData("+1 415 265 0100", null, "+14152650100", "US")]
    [InlineData(" +65 9545 6774 ", null, "+6595456774", "SG")]
    [InlineData("(503) 241-7741", "US", "+15032417741", "US")]
    [InlineData("(503) 241-7741", " us ", "+15032417741", "US")]
    [InlineData("15032417741", "US", "+15032417741", "US")]
    [InlineData("07 75 01 97 14", "FR", "+33775019714", "FR")]
    [InlineData("07708 181695", "GB", "+447708181695", "GB")]
    [InlineData("07708 181695", "UK", "+447708181695", "GB")]
    [InlineData("+44 (0)7708 181695", null, "+447708181695", "GB")]
    [InlineData("0033610671578", "FR", "+33610671578", "FR")]
    [InlineData("0033610671578", "US", "+33610671578", "FR")]
    [InlineData("0033610671578", null, "+33610671578", "FR")]
    [InlineData("006595456774", "SG", "+6595456774", "SG")]
    [InlineData("00 33 6 10 67 15 78", "DE", "+33610671578", "FR")]
    [InlineData("0011 44 7708 181695", "AU", "+447708181695", "GB")]
    [InlineData("011 44 7708 181695", "US", "+447708181695", "GB")]
    [InlineData("(11) 95097-4358", "BR", "+5511950974358", "BR")]
    [InlineData("098885 04897", "IN", "+919888504897", "IN")]
    [InlineData("tel:+44-7718-799954", null, "+447718799954", "GB")]
    [InlineData("TEL:+44-7718-799954;ext=12", null, "+447718799954", "GB")]
    [InlineData("sms:+447718799954", null, "+447718799954", "GB")]
    [InlineData("+３１６５３３５７３１８", null, "+31653357318", "NL")]
    [InlineData("＋６５９６９４３９０７", "SG", "+6596943907", "SG")]
    [InlineData("٠٥٠١٢٣٤٥٦٧", "AE", "+971501234567", "AE")]
    [InlineData("+۹۸۹۱۲۳۴۵۶۷۸۹", null, "+989123456789", "IR")]
    [InlineData("+९१ ९८८८५ ०४८९७", null, "+919888504897", "IN")]
    [InlineData("\u202a+1\u00a0415\u2011265\u20110100\u202c", null, "+14152650100", "US")]
    [InlineData("\ufeff+14152650100\u200b", null, "+14152650100", "US")]
    [InlineData("=\"+14152650100\"", null, "+14152650100", "US")]
    [InlineData("'+14152650100", null, "+14152650100", "US")]
    [InlineData("14152650100.0", "US", "+14152650100", "US")]
    [InlineData("+1 415 265 0100 ext. 12", null, "+14152650100", "US")]
    [InlineData("+1 415 265 0100 x12", null, "+14152650100", "US")]
    [InlineData("+1 415 265 0100 (mobile)", null, "+14152650100", "US")]
    [InlineData("Mobile: 0171 6178140", "DE", "+491716178140", "DE")]
    public void A_number_is_read_as_people_write_it(string text, string? region, string e164, string numberRegion)
    {
        var number = PhoneNumber.Parse(text, region).Value;

        Assert.Equal((e164, numberRegion), (number.E164, number.Region));
    }

    [Theory]
    [InlineData("+14166649314", "CA")]
    [InlineData("+17872345678", "PR")]
    [InlineData("+447624300000", "IM")]
    [InlineData("+447797712345", "JE")]
    [InlineData("+77010001234", "KZ")]
    [InlineData("+262692123456", "RE")]
    [InlineData("+590690001234", "GP")]
    [InlineData("+12423591234", "BS")]
    public void The_region_is_the_numbering_plans_and_not_the_calling_codes(string text, string region) =>
        Assert.Equal(region, PhoneNumber.Parse(text, null).Value.Region);

    [Theory]
    [InlineData(null, null, typeof(NumberIsEmpty))]
    [InlineData("", "US", typeof(NumberIsEmpty))]
    [InlineData(" \t\u00a0", "US", typeof(NumberIsEmpty))]
    [InlineData("=\"\"", "US", typeof(NumberIsEmpty))]
    [InlineData("n/a", "US", typeof(NotANumber))]
    [InlineData("1.23E+11", "US", typeof(NotANumber))]
    [InlineData("1,23E+11", "FR", typeof(NotANumber))]
    [InlineData("\ud800", "US", typeof(NotANumber))]
    [InlineData("0171 6178140 Anna", "DE", typeof(NotANumber))]
    [InlineData("+999 123 456 789", "US", typeof(CountryIsInvalid))]
    [InlineData("00999 123 456 789", null, typeof(CountryIsInvalid))]
    [InlineData("07708 181695", null, typeof(CountryIsInvalid))]
    [InlineData("07708 181695", "XX", typeof(CountryIsInvalid))]
    [InlineData("12345", "GB", typeof(NumberIsTooShort))]
    [InlineData("+1 212 555", null, typeof(NumberIsTooShort))]
    [InlineData("+1 212 555 1234 5678 99", "GB", typeof(NumberIsTooLong))]
    [InlineData("(000) 000-0000", "US", typeof(NumberIsInvalid))]
    [InlineData("(000) 000-0000", "GB", typeof(NumberIsInvalid))]
    [InlineData("+44 7700 900123", "GB", typeof(NumberIsInvalid))]
    [InlineData("+1 800 555 0199", "US", typeof(LineTypeCannotReceive))]
    [InlineData("+1 900 234 5678", "US", typeof(LineTypeCannotReceive))]
    [InlineData("+44 871 234 5678", null, typeof(LineTypeCannotReceive))]
    [InlineData("+1 500 555 0006", null, typeof(LineTypeCannotReceive))]
    [InlineData("+1 202 555 0123", "US", typeof(NumberIsReserved))]
    [InlineData("+44 20 7946 0123", null, typeof(NumberIsReserved))]
    public void A_text_that_cannot_be_texted_is_refused_with_its_reason(string? text, string? region, Type refusal) =>
        Assert.IsType(refusal, PhoneNumber.Parse(text!, region).Failure);

    [Fact]
    public void A_text_of_ten_thousand_characters_is_refused_without_reading_it_all()
    {
        Assert.IsType<NumberIsTooLong>(PhoneNumber.Parse(new string('7', 10_000), "GB").Failure);
        Assert.IsType<NotANumber>(PhoneNumber.Parse(new string('x', 10_000), "GB").Failure);
    }

    [Theory]
    [InlineData("+14152650100", LineType.FixedLineOrMobile)]
    [InlineData("+447708181695", LineType.Mobile)]
    [InlineData("+442072193000", LineType.FixedLine)]
    [InlineData("+445600123456", LineType.Voip)]
    public void The_kind_of_line_comes_with_the_number(string text, LineType line) =>
        Assert.Equal(line, PhoneNumber.Parse(text, null).Value.LineType);

    [Theory]
    [InlineData("+14152650100", LineType.FixedLineOrMobile)]
    [InlineData("+447708181695", LineType.Mobile)]
    [InlineData("+442072193000", LineType.FixedLine)]
    [InlineData("+445600123456", LineType.Voip)]
    [InlineData("+18002345678", LineType.TollFree)]
    [InlineData("+449012345678", LineType.PremiumRate)]
    [InlineData("+491803012345", LineType.SharedCost)]
    [InlineData("+447012345678", LineType.PersonalNumber)]
    [InlineData("+447640123456", LineType.Pager)]
    [InlineData("+445512345678", LineType.Uan)]
    public void A_recipient_has_the_kind_of_line_of_their_number(string e164, LineType line) => Assert.Equal(line, Recipient.Of(e164).LineType);

    [Theory]
    [InlineData("+14152650100", "+1 415 ••• 0100")]
    [InlineData("+447708181695", "+44 ••• 1695")]
    [InlineData("+33610671578", "+33 6 ••• 1578")]
    [InlineData("+6595456774", "+65 ••• 6774")]
    [InlineData("+34642233784", "+34 ••• 3784")]
    [InlineData("+290123", "+290 •••")]
    [InlineData("hello", "•••")]
    [InlineData(null, "•••")]
    public void A_masked_number_shows_country_first_group_and_last_four(string? e164, string masked) =>
        Assert.Equal(masked, PhoneNumber.Mask(e164));

    [Fact]
    public void A_number_in_a_log_is_masked() =>
        Assert.Equal("+1 415 ••• 0100", $"{PhoneNumber.Parse("+14152650100", null).Value}");

    [Fact]
    public void Two_numbers_are_the_same_when_their_e164_is() =>
        Assert.Equal(new PhoneNumber("+14152650100", "US"), PhoneNumber.Parse("415-265-0100", "US").Value);

    [Fact]
    public void A_parsed_number_parses_to_itself_and_its_mask_hides_at_least_three_digits() =>
        Gen.Select(Gen.Int[1, 99], Gen.Long[1_000_000, 99_999_999_999], (code, rest) => $"+{code}{rest}").Sample(text =>
        {
            if (!PhoneNumber.Parse(text, null).TryGet(out var number, out _))
                return;
            Assert.Equal(number, PhoneNumber.Parse(number.E164, null).Value);
            Assert.True(number.ToString().Count(char.IsAsciiDigit) <= number.E164.Length - 1 - 3);
        }, iter: 3000);
}
