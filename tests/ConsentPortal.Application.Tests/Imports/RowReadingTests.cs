using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;

namespace ConsentPortal.Application.Tests.Imports;

public sealed class RowReadingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2025-11-03T10:15:00Z", "2025-11-03T10:15")]
    [InlineData("2025-11-03T10:15:00+02:00", "2025-11-03T08:15")]
    [InlineData("2026-01-15 08:00", "2026-01-15T08:00")]
    [InlineData("2024-02-29", "2024-02-29T00:00")]
    [InlineData("15/11/2025 10:15", "2025-11-15T10:15")]
    [InlineData("11/15/2025 10:15", "2025-11-15T10:15")]
    [InlineData("15.11.2025", "2025-11-15T00:00")]
    [InlineData("3 Nov 2025", "2025-11-03T00:00")]
    [InlineData("03/03/2025", "2025-03-03T00:00")]
    public void A_clear_date_is_read_without_a_word(string text, string expected)
    {
        var date = ConsentDate.Read(text, Now);

        Assert.Equal((DateTimeOffset.Parse(expected + "Z"), null), (date.At, date.Note));
    }

    [Fact]
    public void A_date_that_fits_two_ways_is_read_day_first_and_said_so()
    {
        var date = ConsentDate.Read("03/11/2025 10:15", Now);

        Assert.Equal(new DateTimeOffset(2025, 11, 3, 10, 15, 0, TimeSpan.Zero), date.At);
        Assert.Contains("day first", date.Note);
    }

    [Theory]
    [InlineData("31/31/2025")]
    [InlineData("2025-02-29")]
    [InlineData("last year")]
    [InlineData("2026-12-01")]
    [InlineData("1989-12-31")]
    [InlineData("45678")]
    public void A_date_that_proves_nothing_is_none_and_says_why(string text)
    {
        var date = ConsentDate.Read(text, Now);

        Assert.Null(date.At);
        Assert.NotNull(date.Note);
    }

    [Theory]
    [InlineData("yes", ConsentAnswer.Claimed)]
    [InlineData(" YES ", ConsentAnswer.Claimed)]
    [InlineData("1", ConsentAnswer.Claimed)]
    [InlineData("Opted-In", ConsentAnswer.Claimed)]
    [InlineData("opted_in", ConsentAnswer.Claimed)]
    [InlineData("Sí", ConsentAnswer.Claimed)]
    [InlineData("no", ConsentAnswer.Refused)]
    [InlineData("0", ConsentAnswer.Refused)]
    [InlineData("Unsubscribed", ConsentAnswer.Refused)]
    [InlineData("OPTED OUT", ConsentAnswer.Refused)]
    [InlineData("stop!", ConsentAnswer.Refused)]
    [InlineData("pending", ConsentAnswer.Unknown)]
    [InlineData("", ConsentAnswer.Unknown)]
    [InlineData("yes and no", ConsentAnswer.Unknown)]
    public void Consent_words_are_a_yes_a_no_or_neither(string text, ConsentAnswer expected) => Assert.Equal(expected, ConsentWords.Read(text));

    [Theory]
    [InlineData("Purchased list 2024", true)]
    [InlineData("bought-list", true)]
    [InlineData("data broker", true)]
    [InlineData("in store", false)]
    [InlineData("web form", false)]
    [InlineData("", false)]
    public void Bought_sources_are_recognised(string source, bool bought) => Assert.Equal(bought, ListSource.IsBought(source));

    [Theory]
    [InlineData("US", "US")]
    [InlineData("uk", "GB")]
    [InlineData("Germany", "DE")]
    [InlineData("Deutschland", "DE")]
    [InlineData("FRA", "FR")]
    [InlineData("Atlantis", null)]
    public void Countries_are_read_by_code_and_by_name(string text, string? region) => Assert.Equal(region, CountryWords.Region(text));

    [Fact]
    public void A_map_is_read_back_as_it_was_written()
    {
        var map = ColumnMap.Parse("phone=\"Mobile, private\", consentAt=Given at,attr:Shoe size=Size").Value;

        Assert.Equal("Mobile, private", map[ColumnMap.Phone]);
        Assert.Equal([("Shoe size", "Size")], map.Attributes);
        Assert.Equal(map.Columns, ColumnMap.Parse(map.ToString()).Value.Columns);
    }

    [Fact]
    public void A_map_says_of_what_type_a_new_attribute_is()
    {
        var map = ColumnMap.Parse("phone=Mobile,attr:Size=Size,Attr.List:Interests=Likes,attr.date:Renewal=Renews on").Value;

        Assert.Equal([("Size", null), ("Interests", AttributeType.List), ("Renewal", (AttributeType?)AttributeType.Date)], map.AttributeColumns.Select(a => (a.Attribute, a.Type)));
        Assert.Equal(map.Columns, ColumnMap.Parse(map.ToString()).Value.Columns);
    }

    [Theory]
    [InlineData("2026-12-01", "2026-12-01")]
    [InlineData("2026-12-01T23:30-05:00", "2026-12-01")]
    [InlineData("2026-12-01T00:30:00+13:00", "2026-12-01")]
    [InlineData("31.12.1985", "1985-12-31")]
    [InlineData("1899-12-31", null)]
    [InlineData("soon", null)]
    public void A_date_of_an_attribute_is_the_day_that_stands_there_in_every_zone(string text, string? day) =>
        Assert.Equal(day, AttributeText.Read(text, AttributeType.Date)?.Date?.UtcDateTime.ToString("yyyy-MM-dd"));

    [Theory]
    [InlineData("country=Country", typeof(PhoneColumnNeeded))]
    [InlineData("phone", typeof(MapEntryMalformed))]
    [InlineData("phone=", typeof(MapEntryMalformed))]
    [InlineData("phone=A,colour=B", typeof(MapEntryUnknown))]
    [InlineData("phone=A,phone=B", typeof(FieldMappedTwice))]
    [InlineData("phone=A,attr:Size=B,attr.number:size=C", typeof(FieldMappedTwice))]
    [InlineData("phone=A,attr.colour:Size=B", typeof(MapEntryUnknown))]
    [InlineData("phone=A,attr.list:=B", typeof(MapEntryUnknown))]
    [InlineData("", typeof(PhoneColumnNeeded))]
    public void A_map_that_can_not_be_used_is_refused(string text, Type failure) => Assert.IsType(failure, ColumnMap.Parse(text).Failure);

    [Fact]
    public void Columns_are_suggested_from_the_header()
    {
        var map = ColumnSuggestion.For(["Customer ID", "First name", "Mobile No.", "Country", "Language", "SMS consent", "Consent given at", "Source", "Lifetime spend", "Tags"]);

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["phone"] = "Mobile No.", ["externalId"] = "Customer ID", ["firstName"] = "First name", ["country"] = "Country", ["language"] = "Language",
                ["consent"] = "SMS consent", ["consentAt"] = "Consent given at", ["source"] = "Source",
            },
            map);
    }
}
