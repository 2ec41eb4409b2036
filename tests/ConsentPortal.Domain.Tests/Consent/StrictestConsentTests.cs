using ConsentPortal.Domain.Consent;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Consent;

public sealed class StrictestConsentTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Few values each, so that ties and near ties come often.
    private static readonly Gen<DateTimeOffset?> Instant = Gen.Int[0, 3].Select(days => days == 0 ? (DateTimeOffset?)null : Start.AddDays(days));

    private static readonly Gen<WordingId?> Words = Gen.Int[0, 2].Select(n => n == 0 ? (WordingId?)null : new WordingId(new Guid(n, 0, 0, new byte[8])));

    private static readonly Gen<ConsentState> State =
        from status in Gen.Enum<ConsentStatus>()
        from level in Gen.Enum<ConsentLevel>()
        from confirmed in Gen.Enum<DoubleOptIn>()
        from wording in Words
        from granted in Instant
        from expires in Instant
        from since in Instant
        from id in Gen.Long[1, 2]
        select new ConsentState(status, level, LegalBasis.Consent, ConsentChannel.WebForm, confirmed, wording, granted, expires, since, id);

    [Fact]
    public void It_makes_no_difference_which_record_is_named_first() =>
        Gen.Select(State, State).Sample((a, b) => Assert.Equal(ConsentState.Strictest(a, b), ConsentState.Strictest(b, a)));

    [Fact]
    public void A_record_is_as_strict_as_itself() => State.Sample(a => Assert.Equal(a, ConsentState.Strictest(a, a)));

    [Fact]
    public void The_result_is_never_less_strict_than_either_record() => Gen.Select(State, State).Sample((a, b) =>
    {
        var strictest = ConsentState.Strictest(a, b);
        foreach (var one in new[] { a, b })
        {
            Assert.True(Forbids(strictest, one), $"{one} was loosened to {strictest}");
            if (strictest.Status == ConsentStatus.Granted && one.Status == ConsentStatus.Granted)
            {
                Assert.True(strictest.Level <= one.Level);
                Assert.True(strictest.DoubleOptInBy <= one.DoubleOptInBy);
                Assert.True(one.ExpiresAt is null || strictest.ExpiresAt <= one.ExpiresAt);
            }
        }
    });

    [Fact]
    public void Whoever_may_return_after_a_merge_might_have_returned_in_both_records() => Gen.Select(State, State, Gen.Int[0, 4]).Sample((a, b, day) =>
    {
        var (at, strictest) = (Start.AddDays(day), ConsentState.Strictest(a, b));
        if (strictest.Status == a.Status && strictest.Status == b.Status && strictest.MayReturnBy(isActOfPerson: true, at))
            Assert.True(a.MayReturnBy(isActOfPerson: true, at) && b.MayReturnBy(isActOfPerson: true, at));
    });

    [Theory]
    [InlineData(ConsentStatus.Granted, ConsentStatus.Withdrawn, ConsentStatus.Withdrawn)]
    [InlineData(ConsentStatus.Granted, ConsentStatus.Voided, ConsentStatus.Voided)]
    [InlineData(ConsentStatus.Granted, ConsentStatus.Pending, ConsentStatus.Pending)]
    [InlineData(ConsentStatus.Granted, ConsentStatus.Expired, ConsentStatus.Expired)]
    [InlineData(ConsentStatus.Granted, ConsentStatus.None, ConsentStatus.Granted)]
    [InlineData(ConsentStatus.Voided, ConsentStatus.Withdrawn, ConsentStatus.Withdrawn)]
    public void A_no_outweighs_a_yes_and_silence_says_nothing(ConsentStatus one, ConsentStatus other, ConsentStatus expected) =>
        Assert.Equal(expected, ConsentState.Strictest(ConsentState.None with { Status = one }, ConsentState.None with { Status = other }).Status);

    /// <summary>An order of its own: what each standing lets happen, from most to least.</summary>
    private static bool Forbids(ConsentState result, ConsentState one)
    {
        ConsentStatus[] order = [ConsentStatus.Granted, ConsentStatus.Pending, ConsentStatus.Expired, ConsentStatus.Voided, ConsentStatus.Withdrawn];
        return one.Status == ConsentStatus.None || Array.IndexOf(order, result.Status) >= Array.IndexOf(order, one.Status);
    }
}
