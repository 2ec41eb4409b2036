using System.Globalization;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Tests.Consent;

public sealed class OptOutDeadlineTests
{
    [Fact]
    public void Case_32_a_stop_before_Thanksgiving_is_due_a_day_later_by_law_than_by_the_calendar() =>
        Assert.Equal(new OptOutDeadline(Day("2026-12-07"), Day("2026-12-08")), OptOutDeadline.For("US", Day("2026-11-23")));

    [Fact]
    public void Case_33_in_Australia_the_day_of_the_request_is_the_first_of_five() =>
        Assert.Equal(new OptOutDeadline(Day("2026-11-27"), Day("2026-11-27")), OptOutDeadline.For("AU", Day("2026-11-23")));

    [Theory]
    [InlineData("CA", "2026-12-21", "2027-01-04", "2027-01-07")]
    [InlineData("DE", "2026-11-23", "2026-11-23", "2026-11-23")]
    [InlineData(null, "2026-11-23", "2026-11-23", "2026-11-23")]
    public void Other_places_have_their_own_days(string? region, string said, string conservative, string statutory) =>
        Assert.Equal(new OptOutDeadline(Day(conservative), Day(statutory)), OptOutDeadline.For(region, Day(said)));

    [Theory]
    [Trait("Rule", "N-02")]
    [Trait("Rule", "C-06")]
    [InlineData("US", "AU", "2026-11-27")]
    [InlineData("AU", "US", "2026-11-27")]
    [InlineData("US", "DE", "2026-11-23")]
    [InlineData("DE", "US", "2026-11-23")]
    [InlineData("US", null, "2026-12-08")]
    [InlineData(null, "US", "2026-11-23")]
    public void Of_two_places_the_earlier_day_counts(string? region, string? declared, string statutory) =>
        Assert.Equal(Day(statutory), OptOutDeadline.For(region, declared, Day("2026-11-23")).Statutory);

    private static DateOnly Day(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}
