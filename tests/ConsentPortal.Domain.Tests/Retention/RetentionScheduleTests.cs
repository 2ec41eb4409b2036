using ConsentPortal.Domain.Retention;

namespace ConsentPortal.Domain.Tests.Retention;

public sealed class RetentionScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [Trait("Rule", "O-10")]
    [InlineData(RecordClass.SentWords, 12, 24)]
    [InlineData(RecordClass.ReceivedWords, 12, 24)]
    [InlineData(RecordClass.Receipts, 13, 60)]
    [InlineData(RecordClass.ImportRows, 2, 36)]
    [InlineData(RecordClass.PrivacyRequests, 24, 120)]
    [InlineData(RecordClass.EvidenceDocuments, 60, 120)]
    [InlineData(RecordClass.People, 36, 120)]
    [InlineData(RecordClass.KeptReports, 1, 120)]
    public void A_time_can_be_chosen_up_to_its_ends_and_not_beyond(RecordClass records, int least, int most)
    {
        foreach (var months in new[] { least, most })
            Assert.Equal(months, RetentionSchedule.Usual.With(records, months).Value!.MonthsOf(records));
        foreach (var months in new[] { least - 1, most + 1 })
            Assert.IsType<RetentionRefused>(RetentionSchedule.Usual.With(records, months).Failure);
    }

    [Theory]
    [Trait("Rule", "O-10")]
    [InlineData(RecordClass.PrivacyRequests, 72)]
    [InlineData(RecordClass.EvidenceDocuments, 60)]
    [InlineData(RecordClass.People, 60)]
    [InlineData(RecordClass.KeptReports, 36)]
    public void Until_somebody_chooses_the_usual_time_counts(RecordClass records, int months) => Assert.Equal(months, RetentionSchedule.Usual.MonthsOf(records));

    [Theory]
    [InlineData(RecordClass.ApiAnswers, 0)]
    [InlineData(RecordClass.OneTimeCodes, 1)]
    public void What_is_fixed_can_t_be_chosen_even_as_it_is(RecordClass records, int months) =>
        Assert.Contains("can't be chosen", RetentionSchedule.Usual.With(records, months).Failure!.Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(6, 12)]
    [InlineData(18, 18)]
    [InlineData(60, 24)]
    public void A_choice_that_is_no_longer_allowed_counts_as_the_nearest_that_is(int chosen, int counts) =>
        Assert.Equal(counts, new RetentionSchedule(new Dictionary<RecordClass, int> { [RecordClass.SentWords] = chosen }).MonthsOf(RecordClass.SentWords));

    [Fact]
    public void A_choice_for_one_class_leaves_the_others_as_they_were()
    {
        var schedule = RetentionSchedule.Usual.With(RecordClass.SentWords, 12).Value!.With(RecordClass.Receipts, 13).Value!;

        Assert.Equal((12, 13, 72), (schedule.MonthsOf(RecordClass.SentWords), schedule.MonthsOf(RecordClass.Receipts), schedule.MonthsOf(RecordClass.PrivacyRequests)));
    }

    [Fact]
    public void Records_go_by_calendar_months_and_answers_for_programs_after_a_day()
    {
        Assert.Equal(new DateTimeOffset(2020, 11, 24, 9, 0, 0, TimeSpan.Zero), RetentionSchedule.Usual.CutOff(RecordClass.PrivacyRequests, Now));
        Assert.Equal(Now.AddHours(-24), RetentionSchedule.Usual.CutOff(RecordClass.ApiAnswers, Now));
    }
}
