using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Domain.Tests.Breaches;

public sealed class BreachTests
{
    private static readonly DateTimeOffset Aware = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Case_62_the_authority_is_due_72_clock_hours_after_awareness()
    {
        var breach = Of(BreachRisk.Risk);
        breach.AwareAt = new DateTimeOffset(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateTimeOffset(2026, 11, 26, 9, 0, 0, TimeSpan.Zero), breach.AuthorityDue);
    }

    [Fact]
    public void A_weekend_does_not_stop_the_clock() => Assert.Equal(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), Of(BreachRisk.Risk).AuthorityDue);

    [Fact]
    public void A_risk_is_not_closed_before_the_authority_was_told()
    {
        var breach = Of(BreachRisk.Risk, "Grounds that are long enough");

        Assert.NotNull(breach.Close([], "Ben", Aware.AddDays(1)).Failure);
        Assert.Null(breach.Close([Told(NoticeKind.Authority, 72)], "Ben", Aware.AddDays(4)).Failure);
    }

    [Theory]
    [InlineData(BreachRisk.Risk, 73)]
    [InlineData(BreachRisk.High, 10)]
    public void Being_late_or_silent_towards_the_people_needs_grounds(BreachRisk risk, int hours)
    {
        Assert.NotNull(Of(risk).Close([Told(NoticeKind.Authority, hours)], "Ben", Aware.AddDays(9)).Failure);
        Assert.Null(Of(risk, "The log files came late").Close([Told(NoticeKind.Authority, hours)], "Ben", Aware.AddDays(9)).Failure);
    }

    [Theory]
    [Trait("Rule", "EU-20")]
    [InlineData(-1, false)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_second_after_the_72_hours_needs_grounds(int second, bool needsGrounds)
    {
        var told = Told(NoticeKind.Authority, 72);
        var notice = new BreachNotice
        {
            BreachId = told.BreachId, Kind = told.Kind, Whom = told.Whom, How = told.How, ToldAt = told.ToldAt.AddSeconds(second), RecordedAt = told.RecordedAt, RecordedBy = told.RecordedBy,
        };

        Assert.Equal(needsGrounds, Of(BreachRisk.Risk).Close([notice], "Ben", Aware.AddDays(9)).Failure is not null);
    }

    [Fact]
    public void A_high_risk_that_the_people_were_told_of_needs_no_grounds() =>
        Assert.Null(Of(BreachRisk.High).Close([Told(NoticeKind.Authority, 1), Told(NoticeKind.People, 2)], "Ben", Aware.AddDays(9)).Failure);

    [Fact]
    public void An_unlikely_risk_needs_grounds_where_nobody_was_told()
    {
        Assert.NotNull(Of(BreachRisk.Unlikely).Close([], "Ben", Aware).Failure);
        Assert.Null(Of(BreachRisk.Unlikely, "The envelope came back sealed").Close([], "Ben", Aware).Failure);
    }

    private static Breach Of(BreachRisk risk, string? grounds = null) => new()
    {
        Id = Guid.NewGuid(), Number = 1, RecordedAt = Aware, RecordedBy = "Carla", AwareAt = Aware, Title = "List lost", WhatHappened = "A list was lost.", Data = "Numbers", Risk = risk,
        Consequences = "", Measures = "", Grounds = grounds,
    };

    private static BreachNotice Told(NoticeKind kind, int hours) => new()
    {
        BreachId = Guid.Empty, Kind = kind, Whom = "ICO", How = "Form", ToldAt = Aware.AddHours(hours), RecordedAt = Aware.AddHours(hours), RecordedBy = "Carla",
    };
}
