using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Tests.Campaigns;

public sealed class CampaignContentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);
    private static readonly SegmentId Left = new(Guid.Parse("01936000-0000-7000-8000-000000000011"));
    private static readonly SegmentId Through = new(Guid.Parse("01936000-0000-7000-8000-000000000012"));
    private static readonly Recurrence Weekly = new(RepeatEvery.Week, WeekDays.Monday, "Europe/Berlin", new DateOnly(2027, 3, 31), 12, 25);
    private static readonly Reengagement Asks = new(180, 14, SilenceOutcome.EndConsent);

    private static readonly Dictionary<string, Action<Signed>> Changes = new()
    {
        ["the text"] = s => s.Campaign.Body = "Aurora: come in now.",
        ["the subject"] = s => s.Campaign.Subject = "kettles",
        ["no subject"] = s => s.Campaign.Subject = null,
        ["the purpose"] = s => s.Purpose = Purpose(id: "01936000-0000-7000-8000-000000000099"),
        ["the brand of the purpose"] = s => s.Purpose.Brand = "Borealis",
        ["the sender of the purpose"] = s => s.Purpose.Sender = "18005550199",
        ["the class of the purpose"] = s => s.Purpose = Purpose(messageClass: MessageClass.Informational),
        ["the segment"] = s => s.Campaign.SegmentId = Through,
        ["the version of the segment"] = s => s.Campaign.SegmentVersion++,
        ["the start"] = s => s.Campaign.StartAt = Noon.AddTicks(1),
        ["the last moment"] = s => s.Campaign.NotAfter = Noon.AddHours(9),
        ["no last moment"] = s => s.Campaign.NotAfter = null,
        ["nobody left out"] = s => s.Campaign.Exclude(new Dictionary<SegmentId, int>()),
        ["others left out"] = s => s.Campaign.Exclude(new Dictionary<SegmentId, int> { [Through] = 4 }),
        ["the version of those left out"] = s => s.Campaign.Exclude(new Dictionary<SegmentId, int> { [Left] = 5 }),
        ["the most people"] = s => s.Campaign.AtMost = 501,
        ["no most people"] = s => s.Campaign.AtMost = null,
        ["the held-out share"] = s => s.Campaign.HoldoutPercent = 11,
        ["no held-out share"] = s => s.Campaign.HoldoutPercent = 0,
        ["another segment reached"] = s => s.Reached = [new SegmentAt(Left, 7)],
        ["the version of a segment reached"] = s => s.Reached = [new SegmentAt(Through, 8)],
        ["no segment reached"] = s => s.Reached = [],
        ["the other text"] = s => s.Campaign.Write([("Aurora: come in.", 3), ("Aurora: visit me.", 1)]),
        ["a text more"] = s => s.Campaign.Write([("Aurora: come in.", 3), ("Aurora: visit us.", 1), ("Aurora: here we are.", 1)]),
        ["a text less"] = s => s.Campaign.Write([("Aurora: come in.", 3)]),
        ["the weight of the first text"] = s => s.Campaign.Weight = 2,
        ["the weight of the other text"] = s => s.Campaign.OtherTexts[0].Weight = 2,
        ["the usual language"] = s => s.Campaign.Translate("fr", [new TranslatedText('A', "de", "Aurora: kommen Sie.")]),
        ["the words of a language"] = s => s.Campaign.Translate("en", [new TranslatedText('A', "de", "Aurora: kommen Sie nicht.")]),
        ["the language of words"] = s => s.Campaign.Translate("en", [new TranslatedText('A', "nl", "Aurora: kommen Sie.")]),
        ["which text is translated"] = s => s.Campaign.Translate("en", [new TranslatedText('B', "de", "Aurora: kommen Sie.")]),
        ["no further language"] = s => s.Campaign.Translate(null, []),
        ["the pace"] = s => s.Campaign.TextsPerMinute = 61,
        ["no pace"] = s => s.Campaign.TextsPerMinute = null,
        ["the limit of opt-outs"] = s => s.Campaign.OptOutLimit = 2.51m,
        ["the limit of failures"] = s => s.Campaign.FailureLimit = null,
        ["from where limits count"] = s => s.Campaign.LimitsFrom = 99,
        ["the clock that it starts by"] = s => s.Campaign.Time(startsLocally: false, new SendingHours(9, 18)),
        ["the first hour"] = s => s.Campaign.Time(startsLocally: true, new SendingHours(8, 18)),
        ["the last hour"] = s => s.Campaign.Time(startsLocally: true, new SendingHours(9, 19)),
        ["no hours"] = s => s.Campaign.Time(startsLocally: true, null),
        ["whether clicks are counted"] = s => s.Campaign.CountsClicks = false,
        ["how often it repeats"] = s => s.Campaign.Repeat(Weekly with { Every = RepeatEvery.Month }),
        ["on which days it repeats"] = s => s.Campaign.Repeat(Weekly with { Days = WeekDays.Tuesday }),
        ["the zone in which it repeats"] = s => s.Campaign.Repeat(Weekly with { Zone = "Europe/Paris" }),
        ["until when it repeats"] = s => s.Campaign.Repeat(Weekly with { Until = new DateOnly(2027, 4, 1) }),
        ["how many times it repeats"] = s => s.Campaign.Repeat(Weekly with { Times = 13 }),
        ["how far its audience may drift"] = s => s.Campaign.Repeat(Weekly with { DriftPercent = 26 }),
        ["that it repeats"] = s => s.Campaign.Repeat(null),
        ["how long people were silent"] = s => s.Campaign.Reengage(Asks with { IdleDays = 181 }),
        ["how long people have to answer"] = s => s.Campaign.Reengage(Asks with { AnswerDays = 15 }),
        ["what becomes of the silent"] = s => s.Campaign.Reengage(Asks with { Outcome = SilenceOutcome.TextSeldom }),
        ["that it asks people to come back"] = s => s.Campaign.Reengage(null),
    };

    public static TheoryData<string> EachChange => [.. Changes.Keys];

    [Theory]
    [MemberData(nameof(EachChange))]
    public void Whatever_an_approver_signs_changes_what_is_signed(string what)
    {
        var (before, after) = (new Signed(), new Signed());
        Assert.Equal(before.Hash, after.Hash);

        Changes[what](after);

        Assert.NotEqual(before.Hash, after.Hash);
        Assert.NotEqual(before.HashWithoutDryRun, after.HashWithoutDryRun);
    }

    [Fact]
    public void Another_dry_run_is_another_approval_and_the_same_content()
    {
        var (before, after) = (new Signed(), new Signed());

        after.Campaign.DryRunId = Guid.Parse("01936000-0000-7000-8000-000000000022");

        Assert.NotEqual(before.Hash, after.Hash);
        Assert.Equal(before.HashWithoutDryRun, after.HashWithoutDryRun);
    }

    [Fact]
    public void No_two_changes_come_to_the_same() => Assert.Equal(
        Changes.Count, Changes.Values.Select(change =>
        {
            var signed = new Signed();
            change(signed);
            return signed.Hash;
        }).Distinct().Count());

    [Fact]
    public void The_name_is_not_signed()
    {
        var (before, after) = (new Signed(), new Signed());

        after.Campaign.Name = "A better name";

        Assert.Equal(before.Hash, after.Hash);
    }

    [Fact]
    public void What_the_audience_reaches_through_other_segments_is_signed_in_any_order() => Assert.Equal(
        new Signed { Reached = [new SegmentAt(Left, 2), new SegmentAt(Through, 7)] }.Hash, new Signed { Reached = [new SegmentAt(Through, 7), new SegmentAt(Left, 2)] }.Hash);

    [Fact]
    public void Words_that_move_from_one_field_to_its_neighbour_are_other_content()
    {
        var (before, after) = (new Signed(), new Signed());

        (before.Campaign.Body, before.Campaign.Subject) = ("Aurora: come in. Kettles", "news");
        (after.Campaign.Body, after.Campaign.Subject) = ("Aurora: come in.", " Kettlesnews");

        Assert.NotEqual(before.Hash, after.Hash);
    }

    [Fact]
    public void An_approval_from_before_there_were_variants_still_holds() => Assert.Equal(
        "65d4de6373f46b2fb1ea82dca6a95db8ad3fe936dbbe022ac73fd213a8850e9d", CampaignContent.HashWithoutDryRun(CampaignLotsTests.Campaign(), CampaignLotsTests.Purpose(), []));

    private static Purpose Purpose(string id = "01936000-0000-7000-8000-000000000002", MessageClass messageClass = MessageClass.Marketing) => new()
    {
        Id = new PurposeId(Guid.Parse(id)), Name = "Offers", Brand = "Aurora", MessageClass = messageClass, Basis = LegalBasis.Consent, Sender = "18005550100", SenderCanReceive = true, NeedsDoubleOptIn = false,
    };

    /// <summary>A campaign that uses everything there is, with the purpose and the segments that are signed with it.</summary>
    private sealed class Signed
    {
        public Signed()
        {
            Campaign.Write([("Aurora: come in.", 3), ("Aurora: visit us.", 1)]);
            Campaign.Exclude(new Dictionary<SegmentId, int> { [Left] = 4 });
            Campaign.Translate("en", [new TranslatedText('A', "de", "Aurora: kommen Sie.")]);
            Campaign.Time(startsLocally: true, new SendingHours(9, 18));
            Campaign.Repeat(Weekly);
            Campaign.Reengage(Asks);
        }

        public Campaign Campaign { get; } = new()
        {
            Id = new CampaignId(Guid.Parse("01936000-0000-7000-8000-000000000001")), Name = "News", PurposeId = Purpose().Id, SegmentId = new SegmentId(Guid.Parse("01936000-0000-7000-8000-000000000010")), SegmentVersion = 3,
            Body = "", Subject = "coffee", StartAt = Noon, NotAfter = Noon.AddHours(8), AtMost = 500, HoldoutPercent = 10, TextsPerMinute = 60, OptOutLimit = 2.5m, FailureLimit = 10, LimitsFrom = 100,
            CountsClicks = true, AuthorId = Guid.Empty, CreatedAt = Noon, DryRunId = Guid.Parse("01936000-0000-7000-8000-000000000021"),
        };

        public Purpose Purpose { get; set; } = Purpose();

        public IReadOnlyList<SegmentAt> Reached { get; set; } = [new SegmentAt(Through, 7)];

        public string Hash => CampaignContent.HashOf(Campaign, Purpose, Reached);

        public string HashWithoutDryRun => CampaignContent.HashWithoutDryRun(Campaign, Purpose, Reached);
    }
}
