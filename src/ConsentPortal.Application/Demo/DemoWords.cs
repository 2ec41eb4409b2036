using System.Globalization;

namespace ConsentPortal.Application.Demo;

/// <summary>The demo business's wordings in one language; {0} brand, {1} topic, {2} frequency.</summary>
internal sealed record DemoWords(
    string Language, string Disclosure, string Prompt, string Confirmation, string Help, string Stop, string UpTo, string AsNeeded, IReadOnlyDictionary<string, string> Topics)
{
    public static IReadOnlyList<DemoWords> All { get; } =
    [
        new("en",
            "I agree that {0} may send me recurring automated texts about {1} to this number ({2}). Consent is not a condition of any purchase. Message and data rates may apply. Reply HELP for help or STOP to end. Terms and privacy: aurora.example/texts",
            "{0}: reply YES to confirm that you want texts about {1} ({2}). Msg & data rates may apply. HELP for help, STOP to end.",
            "{0}: you are in for texts about {1}, {2}. Msg & data rates may apply. Reply HELP for help, STOP to end.",
            "{0}: texts about {1}, {2}. Help: help@aurora.example or +1 202 555 0147. Msg & data rates may apply. Reply STOP to end.",
            "{0}: you are unsubscribed and will get no more texts about {1}. Help: help@aurora.example",
            "up to {0} texts a month", "a text for each step of an order",
            new Dictionary<string, string> { ["Offers"] = "offers and news", ["Store events"] = "events in our stores", ["Appointment reminders"] = "your appointments", ["Order updates"] = "your orders" }),
        new("es",
            "Acepto que {0} me envíe mensajes automáticos recurrentes sobre {1} a este número ({2}). El consentimiento no es condición de compra. Pueden aplicarse tarifas de mensajes y datos. Responda AYUDA para ayuda o STOP para cancelar. Condiciones y privacidad: aurora.example/texts",
            "{0}: responda SI para confirmar que quiere mensajes sobre {1} ({2}). Pueden aplicarse tarifas. AYUDA o STOP.",
            "{0}: recibirá mensajes sobre {1}, {2}. Pueden aplicarse tarifas de mensajes y datos. AYUDA para ayuda, STOP para cancelar.",
            "{0}: mensajes sobre {1}, {2}. Ayuda: help@aurora.example. Pueden aplicarse tarifas. STOP para cancelar.",
            "{0}: se ha dado de baja y no recibirá más mensajes sobre {1}. Ayuda: help@aurora.example",
            "hasta {0} mensajes al mes", "un mensaje por cada paso del pedido",
            new Dictionary<string, string> { ["Offers"] = "ofertas y novedades", ["Store events"] = "eventos en tiendas", ["Appointment reminders"] = "sus citas", ["Order updates"] = "sus pedidos" }),
        new("fr",
            "J'accepte que {0} m'envoie des SMS automatiques sur {1} à ce numéro ({2}). Ce consentement n'est pas une condition d'achat. Répondez AIDE pour de l'aide ou STOP pour arrêter. Conditions et confidentialité : aurora.example/texts",
            "{0} : répondez OUI pour confirmer que vous voulez des SMS sur {1} ({2}). AIDE pour de l'aide, STOP pour arrêter.",
            "{0} : vous recevrez des SMS sur {1}, {2}. Des frais peuvent s'appliquer. AIDE pour de l'aide, STOP pour arrêter.",
            "{0} : SMS sur {1}, {2}. Aide : help@aurora.example. Des frais peuvent s'appliquer. STOP pour arrêter.",
            "{0} : vous êtes désinscrit et ne recevrez plus de SMS sur {1}. Aide : help@aurora.example",
            "jusqu'à {0} SMS par mois", "un SMS à chaque étape d'une commande",
            new Dictionary<string, string> { ["Offers"] = "nos offres", ["Store events"] = "nos événements", ["Appointment reminders"] = "vos rendez-vous", ["Order updates"] = "vos commandes" }),
        new("de",
            "Ich willige ein, dass {0} mir an diese Nummer SMS zu {1} schickt ({2}). Die Einwilligung ist keine Bedingung für einen Kauf und jederzeit widerruflich: antworten Sie STOP. HILFE für Hilfe. Bedingungen und Datenschutz: aurora.example/texts",
            "{0}: Antworten Sie JA, um SMS zu {1} zu bestätigen ({2}). HILFE für Hilfe, STOP zum Beenden.",
            "{0}: Sie erhalten SMS zu {1}, {2}. Es können Kosten anfallen. HILFE für Hilfe, STOP zum Beenden.",
            "{0}: SMS zu {1}, {2}. Hilfe: help@aurora.example. Es können Kosten anfallen. STOP zum Beenden.",
            "{0}: Sie sind abgemeldet und erhalten keine SMS mehr zu {1}. Hilfe: help@aurora.example",
            "bis zu {0} SMS im Monat", "eine SMS je Schritt einer Bestellung",
            new Dictionary<string, string> { ["Offers"] = "Angeboten und Neuheiten", ["Store events"] = "Veranstaltungen", ["Appointment reminders"] = "Ihren Terminen", ["Order updates"] = "Ihren Bestellungen" }),
    ];

    public string Topic(string purpose) => Topics[purpose];

    public string Frequency(int? perMonth) => perMonth is { } count ? string.Format(CultureInfo.InvariantCulture, UpTo, count) : AsNeeded;

    public string Fill(string template, string brand, string topic, string frequency) => string.Format(CultureInfo.InvariantCulture, template, brand, topic, frequency);
}
