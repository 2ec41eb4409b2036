using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Texts that have left, laid beside the hours of their place; each case was worked out by hand from the text of the rule and the clock of the place.</summary>
public sealed class SentHoursTests
{
    private const string OklahomaCity = "+14052361000";
    private const string Dubai = "+971501234567";

    [Theory]
    // Florida, 08:00 to 20:00: Tuesday 20:30, 19:59 and 08:00, in New York's time.
    [InlineData(Miami, MessageClass.Marketing, "2026-11-25T01:30:00Z", "ST-FL")]
    [InlineData(Miami, MessageClass.Marketing, "2026-11-25T00:59:00Z", "")]
    [InlineData(Miami, MessageClass.Marketing, "2026-11-24T13:00:00Z", "")]
    // Its law is about marketing; for information the federal hours end at 21:00.
    [InlineData(Miami, MessageClass.Informational, "2026-11-25T01:30:00Z", "")]
    [InlineData(Miami, MessageClass.Informational, "2026-11-25T02:00:00Z", "US-10")]
    // Oklahoma, 08:00 to 20:00: Tuesday 20:15, in Chicago's time.
    [InlineData(OklahomaCity, MessageClass.Marketing, "2026-11-25T02:15:00Z", "ST-OK")]
    // France: Sunday noon, Saturday noon, and noon of Armistice Day, a Wednesday.
    [InlineData(Paris, MessageClass.Marketing, "2026-11-22T11:00:00Z", "FR")]
    [InlineData(Paris, MessageClass.Marketing, "2026-11-21T11:00:00Z", "")]
    [InlineData(Paris, MessageClass.Informational, "2026-11-11T11:00:00Z", "FR")]
    // Canada, to 21:30 on weekdays and 18:00 on Saturdays: Tuesday 21:15, Saturday 18:30.
    [InlineData(Toronto, MessageClass.Marketing, "2026-11-25T02:15:00Z", "")]
    [InlineData(Toronto, MessageClass.Marketing, "2026-11-21T23:30:00Z", "CASL-10")]
    // The Emirates, from 07:00: half past seven.
    [InlineData(Dubai, MessageClass.Marketing, "2026-11-24T03:30:00Z", "")]
    // India has hours for marketing only: information is measured by 08:00 to 21:00. At 20:30, 21:30 and 07:59.
    [InlineData(Mumbai, MessageClass.Informational, "2026-11-24T15:00:00Z", "")]
    [InlineData(Mumbai, MessageClass.Informational, "2026-11-24T16:00:00Z", "no rule")]
    [InlineData(Mumbai, MessageClass.Informational, "2026-11-24T02:29:00Z", "no rule")]
    // Oregon's hours end at 20:00 since 1 January 2026: half past eight on the evening before, and on that day.
    [InlineData(Portland, MessageClass.Marketing, "2026-01-01T04:30:00Z", "")]
    [InlineData(Portland, MessageClass.Marketing, "2026-01-02T04:30:00Z", "ST-OR")]
    // What somebody waits for is bound by no hours.
    [InlineData(Miami, MessageClass.Transactional, "2026-11-24T08:00:00Z", "")]
    public void A_text_is_judged_by_the_hours_of_its_place_and_class(string to, MessageClass messageClass, string at, string broken)
    {
        var hours = SentHours.Of(Text(to, messageClass), Statute, At(at));

        Assert.Equal(broken, string.Join(' ', hours.Broken.Select(Id)));
        Assert.Equal(broken.Length == 0, hours.IsWithin);
        Assert.Equal(messageClass == MessageClass.Transactional, hours.Rules.Count == 0);
    }

    [Fact]
    public void The_policy_of_the_text_says_which_hours_these_were()
    {
        // Tuesday, 20:30 in New York: to 21:00 by statute, to 20:00 by the portal's preset, to noon by the house.
        var (text, at) = (Text(NewYork, MessageClass.Marketing), At("2026-11-25T01:30:00Z"));
        var house = Statute with { Countries = new Dictionary<string, CountryOverride> { ["US"] = new(To: new TimeOnly(12, 0)) } };

        Assert.True(SentHours.Of(text, Statute, at).IsWithin);
        Assert.Equal(["SAFE-US"], SentHours.Of(text, Statute with { Preset = PolicyPreset.SafeUs }, at).Broken.Select(Id));
        Assert.Single(SentHours.Of(text, house, at).Broken);
    }

    [Fact]
    public void The_margin_before_the_end_of_the_hours_is_the_senders_and_not_the_laws() =>
        Assert.True(SentHours.Of(Text(Miami, MessageClass.Marketing), Statute with { DispatchGuard = TimeSpan.FromMinutes(10) }, At("2026-11-25T00:55:00Z")).IsWithin);

    [Fact]
    public void Consent_lifts_the_hours_that_it_lifts_in_Utah_and_no_others()
    {
        // Sunday noon in Salt Lake City, and at 21:30.
        var (text, noon, night) = (Text(SaltLake, MessageClass.Marketing), At("2026-11-22T19:00:00Z"), At("2026-11-23T04:30:00Z"));

        Assert.Equal(["ST-UT"], SentHours.Of(text, Statute, noon).Broken.Select(Id));
        Assert.True(SentHours.Of(text with { Consent = Written }, Statute, noon).IsWithin);
        Assert.Equal(["US-09"], SentHours.Of(text with { Consent = Written }, Statute, night).Broken.Select(Id));
    }

    [Fact]
    public void Every_clock_under_which_the_phone_may_be_has_to_agree()
    {
        // The Panhandle's exchange is on Chicago's time or on New York's: 19:30 or 20:30.
        var hours = SentHours.Of(Text(FloridaPanhandle, MessageClass.Marketing), Statute, At("2026-11-25T01:30:00Z"));

        Assert.Equal((false, 2), (hours.IsWithin, hours.LocalTimes.Count));
        Assert.True(SentHours.Of(Text(FloridaPanhandle, MessageClass.Marketing) with { DeclaredZone = "America/Chicago" }, Statute, At("2026-11-25T01:30:00Z")).IsWithin);
    }

    [Fact]
    public void Nothing_is_said_of_a_number_of_no_place() =>
        Assert.Equal((null, 0), (SentHours.Of(Text("nowhere", MessageClass.Marketing), Statute, At("2026-11-25T01:30:00Z")).IsWithin, SentHours.Of(Text("nowhere", MessageClass.Marketing), Statute, At("2026-11-25T01:30:00Z")).LocalTimes.Count));

    private static SendFacts Text(string to, MessageClass messageClass) => new() { MessageClass = messageClass, To = Recipient.Of(to) };

    private static string Id(string words) => words.Split(':')[0];
}
