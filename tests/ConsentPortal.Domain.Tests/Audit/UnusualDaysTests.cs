using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class UnusualDaysTests
{
    private static readonly DateOnly Day = new(2026, 11, 24);

    [Fact]
    public void Ten_at_least_and_more_than_three_times_the_own_median_stand_out()
    {
        Assert.Equal(13, Assert.Single(Found(13, 4, 4, 4)).Count);
        Assert.Empty(Found(12, 4, 4, 4));
        Assert.Empty(Found(9, 1, 1, 1));
        Assert.Single(Found(10, 1, 1, 1));
    }

    [Fact]
    public void The_median_of_an_even_number_of_days_lies_between_the_middle_two() =>
        Assert.Equal(3.5, Assert.Single(Found(11, 1, 3, 4, 9)).Median);

    [Fact]
    public void Whoever_never_looked_before_is_measured_by_the_least_number()
    {
        Assert.Null(Assert.Single(Found(10)).Median);
        Assert.Empty(Found(9));
    }

    [Fact]
    public void Only_the_ninety_days_before_count_and_never_the_days_after()
    {
        var counts = new Dictionary<DateOnly, int> { [Day] = 12, [Day.AddDays(-91)] = 100, [Day.AddDays(-90)] = 3, [Day.AddDays(1)] = 3 };
        Assert.Equal(new UnusualDay(Day, 12, 3), UnusualDays.In(counts, UnusualDays.LeastReveals).Single(day => day.Day == Day));
        counts[Day.AddDays(-90)] = 4;
        Assert.DoesNotContain(UnusualDays.In(counts, UnusualDays.LeastReveals), day => day.Day == Day);
    }

    private static IReadOnlyList<UnusualDay> Found(int today, params int[] before) =>
        UnusualDays.In(before.Select((count, i) => (Day: Day.AddDays(-1 - i), count)).Append((Day, today)).ToDictionary(d => d.Item1, d => d.Item2), UnusualDays.LeastReveals);
}
