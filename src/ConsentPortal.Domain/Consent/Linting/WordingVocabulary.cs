using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Consent.Linting;

/// <summary>How the required parts of a wording are said in one language. They find that something is said, not that it is said well.</summary>
internal sealed class WordingVocabulary
{
    private static readonly FrozenDictionary<string, WordingVocabulary> Known = new Dictionary<string, WordingVocabulary>(StringComparer.Ordinal)
    {
        ["en"] = new()
        {
            Frequency = Of(@"\b(month|week|day|daily|weekly|monthly|recurring|frequency|per order|per purchase|per appointment|each (order|appointment|visit))\b"),
            Rates = Of(@"\b(msg|message|messages|text|carrier)s?\b[^.]*\brates?\b"),
            NotACondition = Of(@"\bnot (a )?(condition|required|a requirement)\b|\bnot conditioned\b|\bwithout (agreeing|consenting)\b"),
            Automated = Of(@"\b(auto-?dialed|autodialled|automated|automatic|automatically|recurring)\b"),
            Withdrawable = Of(@"\b(stop|unsubscribe|opt out|withdraw|cancel)\b"),
            Help = Of(@"\bhelp\b"), Yes = Of(@"\b(yes|y)\b"), Privacy = Of(@"\bprivacy\b"),
            Ended = Of(@"\b(unsubscribed|no more|no longer|opted out|stopped|not (receive|get|send|text)|won'?t (receive|get|send|text))\b"),
            Bundled = Of(@"\b(accept|agree to)\b[^.]{0,60}\bterms\b[^.]{0,40}\band\b"),
            Luring = Of(@"\b(miss(ed)? you|come back|changed? your mind|before you go|sorry to see)\b"),
        },
        ["es"] = new()
        {
            Frequency = Of(@"\b(mes|mensual|semana|semanal|día|dia|diario|frecuencia|recurrentes?|por pedido|cada (pedido|cita))\b"),
            Rates = Of(@"\btarifas?\b"),
            NotACondition = Of(@"\bno es (una )?(condición|condicion|requisito|obligatorio)\b|\bsin (obligación|obligacion)\b"),
            Automated = Of(@"\b(automátic|automatic|automatizad|recurrente)\w*"),
            Withdrawable = Of(@"\b(stop|alto|baja|cancelar|retirar)\b"),
            Help = Of(@"\b(ayuda|help)\b"), Yes = Of(@"\b(sí|si|yes)\b"), Privacy = Of(@"\bprivacidad\b"),
            Ended = Of(@"\b(baja|no (recibirás|recibirá|recibiras|recibira|enviaremos)|no más|no mas|ya no)\b"),
            Bundled = Of(@"\bacepto\b[^.]{0,60}\b(términos|terminos|condiciones)\b[^.]{0,40}\by\b"),
            Luring = Of(@"\b(te echamos de menos|te extrañamos|vuelve)\b"),
        },
        ["fr"] = new()
        {
            Frequency = Of(@"\b(mois|mensuel|semaine|hebdomadaire|jour|fréquence|frequence|récurrents?|recurrents?|par commande|chaque (commande|rendez-vous))\b"),
            Rates = Of(@"\b(tarifs?|frais)\b"),
            NotACondition = Of(@"\bn'est pas (une )?(condition|obligatoire|requis)|\bsans obligation\b"),
            Automated = Of(@"\b(automatisé|automatique|automatise|récurrent|recurrent)\w*"),
            Withdrawable = Of(@"\b(stop|arret|arrêt|désabonn\w*|desabonn\w*|retirer)\b"),
            Help = Of(@"\b(aide|help)\b"), Yes = Of(@"\b(oui|yes)\b"), Privacy = Of(@"\b(confidentialité|confidentialite|vie privée|données personnelles)\b"),
            Ended = Of(@"\b(désabonn\w*|desabonn\w*|désinscri\w*|plus (de|aucun)|ne recevrez plus|ne recevras plus|n'enverrons plus)\b"),
            Bundled = Of(@"\baccepte\b[^.]{0,60}\bconditions\b[^.]{0,40}\bet\b"),
            Luring = Of(@"\b(vous nous manquez|revenez)\b"),
        },
        ["de"] = new()
        {
            Frequency = Of(@"\b(monat|monatlich|im monat|woche|wöchentlich|tag|täglich|häufigkeit|wiederkehrend\w*|pro bestellung|je (bestellung|termin))\b"),
            Rates = Of(@"\b(kosten|gebühren|tarif\w*)\b"),
            NotACondition = Of(@"\b(keine|nicht) (voraussetzung|bedingung|erforderlich|notwendig)\b|\bfreiwillig\b"),
            Automated = Of(@"\b(automatisch|automatisiert|wiederkehrend)\w*"),
            Withdrawable = Of(@"\b(stop|stopp|abmelden|widerruf\w*|widerrufen)\b"),
            Help = Of(@"\b(hilfe|help)\b"), Yes = Of(@"\b(ja|yes)\b"), Privacy = Of(@"\b(datenschutz\w*)\b"),
            Ended = Of(@"\b(abgemeldet|keine (weiteren )?(sms|nachrichten|texte)|nicht mehr)\b"),
            Bundled = Of(@"\bakzeptiere\b[^.]{0,60}\b(agb|geschäftsbedingungen)\b[^.]{0,40}\bund\b"),
            Luring = Of(@"\b(vermissen (dich|sie)|komm zurück|kommen sie zurück)\b"),
        },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public required Regex Frequency { get; init; }

    /// <summary>"Message and data rates may apply."</summary>
    public required Regex Rates { get; init; }

    public required Regex NotACondition { get; init; }

    public required Regex Automated { get; init; }

    public required Regex Withdrawable { get; init; }

    public required Regex Help { get; init; }

    public required Regex Yes { get; init; }

    public required Regex Privacy { get; init; }

    /// <summary>That no more texts will come.</summary>
    public required Regex Ended { get; init; }

    /// <summary>Consent tied to the acceptance of terms.</summary>
    public required Regex Bundled { get; init; }

    /// <summary>Words that try to keep somebody who leaves.</summary>
    public required Regex Luring { get; init; }

    /// <returns>Null for a language whose words are not known here.</returns>
    public static WordingVocabulary? In(string language) => Known.GetValueOrDefault(language);

    private static Regex Of(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
}
