using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using CsCheck;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>Promises count in a rolling window of their own unit (C-07).</summary>
public sealed class PromiseUseTests
{
    private const string Zone = "America/New_York";

    [Theory]
    [InlineData(PromiseUnit.Day, "2026-11-23T15:00:01Z", 1)]
    [InlineData(PromiseUnit.Day, "2026-11-23T15:00:00Z", 0)]
    [InlineData(PromiseUnit.Week, "2026-11-17T15:00:01Z", 1)]
    [InlineData(PromiseUnit.Week, "2026-11-17T15:00:00Z", 0)]
    [InlineData(PromiseUnit.Month, "2026-10-24T14:00:01Z", 1)]
    // The same hour of their day a month before: summer time has ended since.
    [InlineData(PromiseUnit.Month, "2026-10-24T14:00:00Z", 0)]
    public void A_text_counts_until_it_is_as_old_as_the_unit(PromiseUnit unit, string sent, int used) =>
        Assert.Equal(used, Use(new FrequencyPromise(1, unit), "2026-11-24T15:00:00Z", sent).Used);

    [Fact]
    public void The_next_text_fits_when_the_oldest_that_stands_in_the_way_has_grown_too_old()
    {
        var use = Use(new FrequencyPromise(2, PromiseUnit.Week), "2026-11-24T15:00:00Z", "2026-11-18T10:00:00Z", "2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z");

        Assert.Equal((3, true, At("2026-11-27T10:00:00Z")), (use.Used, use.IsUsedUp, use.RoomFrom));
    }

    [Fact]
    public void Whoever_texts_as_soon_as_there_is_room_breaks_no_promise_in_any_month_of_the_persons_calendar() =>
        Gen.Select(Gen.Int[1, 5], Gen.OneOf("Asia/Tokyo", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati"), Gen.Int[0, 60 * 24 * 365], Gen.Int[0, 3 * 24 * 60].Array[40]).Sample((count, zone, start, gaps) =>
        {
            var promise = FrequencyPromise.AMonth(count);
            var (sends, at) = (new List<RecentSend>(), At("2026-01-01T00:00:00Z").AddMinutes(start));
            foreach (var gap in gaps)
            {
                at = PromiseUse.At(promise, sends, null, [zone], at.AddMinutes(gap)).RoomFrom;
                sends.Add(new RecentSend(at, MessageClass.Marketing));
            }

            var info = TimeZoneInfo.FindSystemTimeZoneById(zone);
            Assert.All(sends.GroupBy(s => TimeZoneInfo.ConvertTime(s.At, info) is var local ? (local.Year, local.Month) : default), month => Assert.True(month.Count() <= count));
        });

    [Fact]
    public void A_promise_in_words_defers_a_text_that_the_purposes_own_number_would_let_through()
    {
        var facts = Marketing(NewYork) with
        {
            PromisedPerMonth = 8, PromisedInWords = new FrequencyPromise(1, PromiseUnit.Week), RecentSends = [new RecentSend(At("2026-11-20T18:00:00Z"), MessageClass.Marketing)],
        };

        var decision = Decide(facts, "2026-11-24T18:00:00Z");

        Assert.Equal((SendReason.PromisedFrequency, At("2026-11-27T18:00:00Z")), (decision.Reason, Assert.IsType<SendDecision.Defer>(decision).Until));
        Assert.Contains("Only 1 texts a week were promised", decision.Sentence, StringComparison.Ordinal);
        Assert.IsType<SendDecision.Allow>(Decide(facts with { PromisedInWords = null }, "2026-11-24T18:00:00Z"));
    }

    [Fact]
    public void Answers_and_other_sellers_texts_use_up_no_promise()
    {
        IReadOnlyList<RecentSend> sends =
        [
            new(At("2026-11-24T10:00:00Z"), MessageClass.Transactional), new(At("2026-11-24T11:00:00Z"), MessageClass.Marketing, Brand: "Borealis"), new(At("2026-11-24T12:00:00Z"), MessageClass.Informational),
        ];

        Assert.Equal(1, PromiseUse.At(FrequencyPromise.AMonth(4), sends, "Aurora", [Zone], At("2026-11-24T15:00:00Z")).Used);
    }

    private static PromiseUse Use(FrequencyPromise promise, string at, params string[] sent) =>
        PromiseUse.At(promise, [.. sent.Select(s => new RecentSend(At(s), MessageClass.Marketing))], null, [Zone], At(at));
}
