using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Tests.Consent;

public sealed class FrequencyPromiseTests
{
    [Theory]
    [InlineData("up to 4 texts a month", 4, PromiseUnit.Month)]
    [InlineData("4 msgs/mo", 4, PromiseUnit.Month)]
    [InlineData("2 per week", 2, PromiseUnit.Week)]
    [InlineData("At most 1 text a day", 1, PromiseUnit.Day)]
    [InlineData("2-4 messages weekly", 4, PromiseUnit.Week)]
    [InlineData("2 to 6 texts monthly", 6, PromiseUnit.Month)]
    [InlineData("hasta 4 mensajes al mes", 4, PromiseUnit.Month)]
    [InlineData("máximo 2 mensajes por semana", 2, PromiseUnit.Week)]
    [InlineData("1 mensaje al día", 1, PromiseUnit.Day)]
    [InlineData("jusqu'à 4 messages par mois", 4, PromiseUnit.Month)]
    [InlineData("2 SMS par semaine", 2, PromiseUnit.Week)]
    [InlineData("bis zu 4 SMS im Monat", 4, PromiseUnit.Month)]
    [InlineData("höchstens 2 SMS pro Woche", 2, PromiseUnit.Week)]
    [InlineData("3 Nachrichten täglich", 3, PromiseUnit.Day)]
    public void A_number_a_unit_is_read_in_four_languages(string words, int count, PromiseUnit unit) => Assert.Equal(new FrequencyPromise(count, unit), FrequencyPromise.Read(words));

    [Theory]
    [InlineData(null)]
    [InlineData("with each order")]
    [InlineData("monthly")]
    [InlineData("1 text every 2 weeks")]
    [InlineData("1 SMS alle 2 Wochen")]
    [InlineData("0 texts a month")]
    [InlineData("for 2,000 people a month")]
    public void Words_without_a_number_a_unit_promise_none(string? words) => Assert.Null(FrequencyPromise.Read(words));

    [Fact]
    public void Of_two_promises_for_a_month_the_lower_binds_and_two_units_bind_both()
    {
        Assert.Equal((FrequencyPromise.AMonth(3), null), FrequencyPromise.Of(3, FrequencyPromise.AMonth(4)));
        Assert.Equal((FrequencyPromise.AMonth(3), null), FrequencyPromise.Of(4, FrequencyPromise.AMonth(3)));
        var weekly = new FrequencyPromise(1, PromiseUnit.Week);
        Assert.Equal((weekly, FrequencyPromise.AMonth(4)), FrequencyPromise.Of(4, weekly));
    }
}
