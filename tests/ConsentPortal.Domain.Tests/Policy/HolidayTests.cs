using System.Globalization;
using ConsentPortal.Domain.Policy.Holidays;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Public holidays of the next years against the calendars that the governments publish; days and their substitutes both count.</summary>
public sealed class HolidayTests
{
    private const string EveryGerman2026 = "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26";

    [Theory]
    [InlineData("US", 2025, "01-01 01-20 02-17 05-26 06-19 07-04 09-01 10-13 11-11 11-27 12-25")]
    [InlineData("US", 2026, "01-01 01-19 02-16 05-25 06-19 07-03 07-04 09-07 10-12 11-11 11-26 12-25")]
    [InlineData("US", 2027, "01-01 01-18 02-15 05-31 06-18 06-19 07-04 07-05 09-06 10-11 11-11 11-25 12-24 12-25 12-31")]
    [InlineData("US", 2028, "01-01 01-17 02-21 05-29 06-19 07-04 09-04 10-09 11-10 11-11 11-23 12-25")]
    [InlineData("US", 2029, "01-01 01-15 02-19 05-28 06-19 07-04 09-03 10-08 11-11 11-12 11-22 12-25")]
    [InlineData("US", 2030, "01-01 01-21 02-18 05-27 06-19 07-04 09-02 10-14 11-11 11-28 12-25")]
    [InlineData("FR", 2025, "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR", 2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR", 2027, "01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR", 2028, "01-01 04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR", 2029, "01-01 04-02 05-01 05-08 05-10 05-21 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("FR", 2030, "01-01 04-22 05-01 05-08 05-30 06-10 07-14 08-15 11-01 11-11 12-25")]
    [InlineData("DE-HH", 2025, "01-01 04-18 04-21 05-01 05-29 06-09 10-03 10-31 12-25 12-26")]
    [InlineData("DE-HH", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 10-03 10-31 12-25 12-26")]
    [InlineData("DE-HH", 2027, "01-01 03-26 03-29 05-01 05-06 05-17 10-03 10-31 12-25 12-26")]
    [InlineData("DE-HH", 2028, "01-01 04-14 04-17 05-01 05-25 06-05 10-03 10-31 12-25 12-26")]
    [InlineData("DE-HH", 2029, "01-01 03-30 04-02 05-01 05-10 05-21 10-03 10-31 12-25 12-26")]
    [InlineData("DE-HH", 2030, "01-01 04-19 04-22 05-01 05-30 06-10 10-03 10-31 12-25 12-26")]
    [InlineData("AT", 2025, "01-01 01-06 04-21 05-01 05-29 06-09 06-19 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("AT", 2026, "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("AT", 2027, "01-01 01-06 03-29 05-01 05-06 05-17 05-27 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("AT", 2028, "01-01 01-06 04-17 05-01 05-25 06-05 06-15 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("AT", 2029, "01-01 01-06 04-02 05-01 05-10 05-21 05-31 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("AT", 2030, "01-01 01-06 04-22 05-01 05-30 06-10 06-20 08-15 10-26 11-01 12-08 12-25 12-26")]
    [InlineData("GB-ENG", 2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26")]
    [InlineData("GB-ENG", 2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28")]
    [InlineData("GB-ENG", 2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-25 12-26 12-27 12-28")]
    [InlineData("GB-ENG", 2028, "01-01 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26")]
    [InlineData("GB-ENG", 2029, "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26")]
    [InlineData("GB-ENG", 2030, "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26")]
    [InlineData("GB-SCT", 2025, "01-01 01-02 04-18 05-05 05-26 08-04 11-30 12-01 12-25 12-26")]
    [InlineData("GB-SCT", 2026, "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-26 12-28")]
    [InlineData("GB-SCT", 2027, "01-01 01-02 01-04 03-26 05-03 05-31 08-02 11-30 12-25 12-26 12-27 12-28")]
    [InlineData("GB-SCT", 2028, "01-01 01-02 01-03 01-04 04-14 05-01 05-29 08-07 11-30 12-25 12-26")]
    [InlineData("GB-SCT", 2029, "01-01 01-02 03-30 05-07 05-28 08-06 11-30 12-25 12-26")]
    [InlineData("GB-SCT", 2030, "01-01 01-02 04-19 05-06 05-27 08-05 11-30 12-02 12-25 12-26")]
    [InlineData("GB-NIR", 2025, "01-01 03-17 04-18 04-21 05-05 05-26 07-12 07-14 08-25 12-25 12-26")]
    [InlineData("GB-NIR", 2026, "01-01 03-17 04-03 04-06 05-04 05-25 07-12 07-13 08-31 12-25 12-26 12-28")]
    [InlineData("GB-NIR", 2027, "01-01 03-17 03-26 03-29 05-03 05-31 07-12 08-30 12-25 12-26 12-27 12-28")]
    [InlineData("GB-NIR", 2028, "01-01 01-03 03-17 04-14 04-17 05-01 05-29 07-12 08-28 12-25 12-26")]
    [InlineData("GB-NIR", 2029, "01-01 03-17 03-19 03-30 04-02 05-07 05-28 07-12 08-27 12-25 12-26")]
    [InlineData("GB-NIR", 2030, "01-01 03-17 03-18 04-19 04-22 05-06 05-27 07-12 08-26 12-25 12-26")]
    [InlineData("CA", 2025, "01-01 04-18 05-19 07-01 09-01 09-30 10-13 11-11 12-25 12-26")]
    [InlineData("CA", 2026, "01-01 04-03 05-18 07-01 09-07 09-30 10-12 11-11 12-25 12-26 12-28")]
    [InlineData("CA", 2027, "01-01 03-26 05-24 07-01 09-06 09-30 10-11 11-11 12-25 12-26 12-27 12-28")]
    [InlineData("CA", 2028, "01-01 01-03 04-14 05-22 07-01 07-03 09-04 09-30 10-02 10-09 11-11 11-13 12-25 12-26")]
    [InlineData("CA", 2029, "01-01 03-30 05-21 07-01 07-02 09-03 09-30 10-01 10-08 11-11 11-12 12-25 12-26")]
    [InlineData("CA", 2030, "01-01 04-19 05-20 07-01 09-02 09-30 10-14 11-11 12-25 12-26")]
    [InlineData("AU", 2025, "01-01 01-26 01-27 04-18 04-21 04-25 12-25 12-26")]
    [InlineData("AU", 2026, "01-01 01-26 04-03 04-06 04-25 12-25 12-26 12-28")]
    [InlineData("AU", 2027, "01-01 01-26 03-26 03-29 04-25 12-25 12-26 12-27 12-28")]
    [InlineData("AU", 2028, "01-01 01-03 01-26 04-14 04-17 04-25 12-25 12-26")]
    [InlineData("AU", 2029, "01-01 01-26 03-30 04-02 04-25 12-25 12-26")]
    [InlineData("AU", 2030, "01-01 01-26 01-28 04-19 04-22 04-25 12-25 12-26")]
    public void Holidays_of_a_year(string place, int year, string days) => Assert.Equal(days, Text(Of(place).Days(year)));

    [Theory]
    [InlineData("US-AL", 2025, "03-04 04-28 06-02")]
    [InlineData("US-AL", 2026, "02-17 04-27 06-01")]
    [InlineData("US-AL", 2027, "02-09 04-26 06-07")]
    [InlineData("US-AL", 2028, "02-29 04-24 06-05")]
    [InlineData("US-AL", 2029, "02-13 04-23 06-04")]
    [InlineData("US-AL", 2030, "03-05 04-22 06-03")]
    [InlineData("US-LA", 2025, "03-04 04-18 11-01")]
    [InlineData("US-LA", 2026, "02-17 04-03 11-01")]
    [InlineData("US-LA", 2027, "02-09 03-26 11-01")]
    [InlineData("US-LA", 2028, "02-29 04-14 11-01")]
    [InlineData("US-LA", 2029, "02-13 03-30 11-01")]
    [InlineData("US-LA", 2030, "03-05 04-19 11-01")]
    [InlineData("US-RI", 2025, "08-11")]
    [InlineData("US-RI", 2026, "08-10")]
    [InlineData("US-RI", 2027, "08-09")]
    [InlineData("US-RI", 2028, "08-14")]
    [InlineData("US-RI", 2029, "08-13")]
    [InlineData("US-RI", 2030, "08-12")]
    public void Days_that_a_state_adds_to_the_federal_ones(string state, int year, string days) => Assert.Equal(days, Text(Of(state).Days(year).Except(Of("US").Days(year))));

    [Theory]
    [InlineData("BW", "01-06 06-04 11-01")]
    [InlineData("BY", "01-06 06-04 08-15 11-01")]
    [InlineData("BE", "03-08")]
    [InlineData("BB", "04-05 05-24 10-31")]
    [InlineData("HB", "10-31")]
    [InlineData("HH", "10-31")]
    [InlineData("HE", "06-04")]
    [InlineData("MV", "03-08 10-31")]
    [InlineData("NI", "10-31")]
    [InlineData("NW", "06-04 11-01")]
    [InlineData("RP", "06-04 11-01")]
    [InlineData("SL", "06-04 08-15 11-01")]
    [InlineData("SN", "06-04 10-31 11-18")]
    [InlineData("ST", "01-06 10-31")]
    [InlineData("SH", "10-31")]
    [InlineData("TH", "06-04 09-20 10-31")]
    public void Days_that_a_Land_adds_to_those_of_all_Germany(string land, string days)
    {
        var all = Of($"DE-{land}").Days(2026).Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(days, string.Join(' ', all.Except(EveryGerman2026.Split(' '))));
        Assert.Empty(EveryGerman2026.Split(' ').Except(all));
    }

    [Theory]
    [InlineData("DE-SN", 2025, "06-19 11-19")]
    [InlineData("DE-SN", 2027, "05-27 11-17")]
    [InlineData("DE-SN", 2028, "06-15 11-22")]
    [InlineData("DE-SN", 2029, "05-31 11-21")]
    [InlineData("DE-SN", 2030, "06-20 11-20")]
    [InlineData("DE-BE", 2025, "03-08 05-08")]
    [InlineData("DE-BE", 2027, "03-08")]
    [InlineData("DE-BE", 2028, "03-08 06-17")]
    [InlineData("FR-57", 2026, "04-03 12-26")]
    [InlineData("RE", 2026, "12-20")]
    [InlineData("GP", 2026, "05-27")]
    [InlineData("MQ", 2026, "05-22")]
    [InlineData("GF", 2026, "06-10")]
    [InlineData("YT", 2026, "04-27")]
    [InlineData("CA-QC", 2026, "04-06 06-24")]
    [InlineData("CA-ON", 2026, "02-16 08-03")]
    [InlineData("AU-VIC", 2026, "03-09 04-04 06-08 11-03")]
    [InlineData("AU-NSW", 2026, "04-04 06-08 10-05")]
    [InlineData("AU-ACT", 2026, "03-09 04-04 06-01 06-08 10-05")]
    [InlineData("AU-SA", 2026, "03-09 04-04 06-08 10-05")]
    public void Days_that_part_of_a_country_has_for_itself(string place, int year, string days)
    {
        var country = place.StartsWith("DE", StringComparison.Ordinal) ? Of("DE-HH") : place.StartsWith("CA", StringComparison.Ordinal) ? Of("CA") : place.StartsWith("AU", StringComparison.Ordinal) ? Of("AU") : Of("FR");
        Assert.Equal(days, Text(Of(place).Days(year).Except(country.Days(year))));
    }

    [Fact]
    public void Where_the_part_is_not_known_the_days_of_every_part_count()
    {
        Assert.Superset(Of("DE-SN").Days(2026).ToHashSet(), GermanHolidays.Of(null).Days(2026).ToHashSet());
        Assert.Superset(Of("GB-SCT").Days(2026).ToHashSet(), BritishHolidays.Of(null).Days(2026).ToHashSet());
        Assert.Superset(Of("US-LA").Days(2026).ToHashSet(), UsHolidays.AnyState.Days(2026).ToHashSet());
        Assert.Superset(Of("CA-QC").Days(2026).ToHashSet(), CanadianHolidays.Of(null).Days(2026).ToHashSet());
    }

    private static HolidayCalendar Of(string place) => place.Split('-') switch
    {
        ["US"] => UsHolidays.Federal,
        ["US", var state] => UsHolidays.Of(state),
        ["DE", var land] => GermanHolidays.Of(land),
        ["AT"] => AustrianHolidays.National,
        ["GB", var nation] => BritishHolidays.Of(nation),
        ["CA"] => CanadianHolidays.Federal,
        ["CA", var province] => CanadianHolidays.Of(province),
        ["AU"] => AustralianHolidays.National,
        ["AU", var state] => AustralianHolidays.Of(state),
        [var region, .. var department] => FrenchHolidays.Of(region, department is [var number] ? number : null),
        _ => throw new ArgumentOutOfRangeException(nameof(place), place, "No calendar."),
    };

    private static string Text(IEnumerable<DateOnly> days) => string.Join(' ', days.Select(d => d.ToString("MM-dd", CultureInfo.InvariantCulture)));
}
