using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Domain.Tests.Messaging;

public sealed class KeepQuestionTests
{
    private const string Confirmed = "Aurora: you are out and get no more texts.";

    private static readonly KeepOffer Visits = new("VISITS", "Appointment reminders");
    private static readonly KeepOffer Orders = new("ORDERS", "Order updates");

    [Theory]
    [InlineData("en", "Aurora: you are out and get no more texts. Reply VISITS to keep Appointment reminders or ORDERS to keep Order updates. Without an answer all stays stopped.")]
    [InlineData("es", "Aurora: you are out and get no more texts. Responda VISITS para conservar Appointment reminders o ORDERS para conservar Order updates. Sin respuesta, todo queda cancelado.")]
    [InlineData("fr", "Aurora: you are out and get no more texts. Répondez VISITS pour garder Appointment reminders ou ORDERS pour garder Order updates. Sans réponse, tout reste arrêté.")]
    [InlineData("de", "Aurora: you are out and get no more texts. Antworten Sie VISITS, um Appointment reminders zu behalten oder ORDERS, um Order updates zu behalten. Ohne Antwort bleibt alles gestoppt.")]
    public void The_confirmation_comes_first_and_silence_keeps_nothing(string language, string words) =>
        Assert.Equal(words, KeepQuestion.After(Confirmed, language, [Visits, Orders]));

    [Fact]
    public void At_most_three_purposes_are_named() =>
        Assert.DoesNotContain("FOUR", KeepQuestion.After(Confirmed, "en", [Visits, Orders, new KeepOffer("THREE", "Three"), new KeepOffer("FOUR", "Four")]), StringComparison.Ordinal);

    [Theory]
    [InlineData("VISITS", true)]
    [InlineData("visits", true)]
    [InlineData("ORDERS", false)]
    [InlineData("OUT", false)]
    public void Only_a_word_that_the_question_named_answers_it(string word, bool isOffered) =>
        Assert.Equal(isOffered, KeepQuestion.Offers(KeepQuestion.After(Confirmed, "en", [Visits]), Confirmed, word));

    [Fact]
    public void A_confirmation_that_asked_nothing_offers_nothing() => Assert.False(KeepQuestion.Offers(Confirmed, Confirmed, "VISITS"));
}
