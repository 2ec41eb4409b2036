using ConsentPortal.Domain.Messaging.Keywords;

namespace ConsentPortal.Domain.Messaging;

/// <param name="Word">The word that brings the purpose back.</param>
/// <param name="Purpose">Its name, as staff gave it.</param>
public sealed record KeepOffer(string Word, string Purpose);

/// <summary>
/// The question that the one confirmation of a stop may ask: whether the person meant all texts. It names what can be kept
/// and says that silence keeps nothing (47 CFR 64.1200(a)(12); US-17).
/// </summary>
public static class KeepQuestion
{
    /// <summary>More would make a list of wares of a confirmation.</summary>
    public const int MostOffers = 3;

    /// <param name="confirmation">The words that confirm the stop; they come first, whatever is asked.</param>
    /// <param name="language">ISO 639-1 of the confirmation.</param>
    public static string After(string confirmation, string language, IReadOnlyList<KeepOffer> offers)
    {
        var (first, more, or, silence) = Words(language);
        var asked = offers.Take(MostOffers).Select((offer, i) => string.Format(null, i == 0 ? first : more, offer.Word, offer.Purpose));
        return $"{confirmation} {string.Join(or, asked)}. {silence}";
    }

    /// <summary>Whether a text that was sent asked about the purpose that a word stands for.</summary>
    /// <param name="confirmation">As for <see cref="After"/>.</param>
    public static bool Offers(string sent, string confirmation, string word) =>
        sent.StartsWith(confirmation, StringComparison.Ordinal)
        && sent[confirmation.Length..].Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries)
            .Any(part => FoldedText.Of(part).Joined.SequenceEqual(FoldedText.Of(word).Joined));

    private static (string First, string More, string Or, string Silence) Words(string language) => language switch
    {
        "es" => ("Responda {0} para conservar {1}", "{0} para conservar {1}", " o ", "Sin respuesta, todo queda cancelado."),
        "fr" => ("Répondez {0} pour garder {1}", "{0} pour garder {1}", " ou ", "Sans réponse, tout reste arrêté."),
        "de" => ("Antworten Sie {0}, um {1} zu behalten", "{0}, um {1} zu behalten", " oder ", "Ohne Antwort bleibt alles gestoppt."),
        _ => ("Reply {0} to keep {1}", "{0} to keep {1}", " or ", "Without an answer all stays stopped."),
    };
}
