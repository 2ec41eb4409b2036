using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using CsCheck;
using static ConsentPortal.Domain.Tests.Policy.Facts;

namespace ConsentPortal.Domain.Tests.Policy;

/// <summary>What counts by every clock on earth counts by each of them.</summary>
public sealed class EveryClockTests
{
    private static readonly Gen<string> Zones =
        Gen.OneOf("Asia/Tokyo", "America/New_York", "Europe/Berlin", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Asia/Kathmandu", "Australia/Lord_Howe", "America/St_Johns", "Etc/GMT+12");

    private static readonly Gen<DateTimeOffset> Moments = Gen.Int[0, 60 * 24 * 1200].Select(minutes => At("2025-12-20T00:00:00Z").AddMinutes(minutes));

    /// <summary>Minutes after the first text that counts; it is the first hours that clocks could differ about.</summary>
    private static readonly Gen<int> Later = Gen.OneOf(Gen.Int[0, 180], Gen.Int[0, 60 * 24 * 31]);

    [Fact]
    public void A_text_that_counts_for_a_month_by_every_clock_is_counted_by_the_promise_of_anybody() =>
        Gen.Select(Zones, Moments, Later).Sample((zone, now, later) =>
        {
            var sent = EveryClock.MonthBefore(now).AddMinutes(later);
            return sent > now || PromiseUse.At(FrequencyPromise.AMonth(1), [new RecentSend(sent, MessageClass.Marketing)], null, [zone], now).IsUsedUp;
        }, iter: 20_000);

    [Fact]
    public void A_month_by_every_clock_is_but_a_few_hours_short_of_a_month_within_one() =>
        Assert.InRange(At("2026-11-24T17:00:00Z") - EveryClock.MonthBefore(At("2026-11-24T17:00:00Z")), TimeSpan.FromDays(31) - TimeSpan.FromHours(4), TimeSpan.FromDays(31));

    [Fact]
    public void A_text_of_the_month_of_every_clock_is_of_the_month_of_anybody() =>
        Gen.Select(Zones, Moments, Later).Sample((id, now, later) =>
        {
            var (zone, sent) = (TimeZoneInfo.FindSystemTimeZoneById(id), EveryClock.MonthBegan(now).AddMinutes(later));
            var (then, today) = (TimeZoneInfo.ConvertTime(sent, zone), TimeZoneInfo.ConvertTime(now, zone));
            return sent > now || (then.Year, then.Month) == (today.Year, today.Month);
        }, iter: 20_000);

    [Fact]
    public void Within_a_month_it_began_at_noon_of_its_first_day() => Assert.Equal(At("2026-11-01T12:00:00Z"), EveryClock.MonthBegan(At("2026-11-24T17:00:00Z")));
}
