using System.Collections.Frozen;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// The words of seventeen languages and more (docs: the opt-out language of CTIA § 5.1.3 and 47 CFR 64.1200(a)(10), carrier
/// and provider defaults, and common words of each language). Every list holds for every text: nobody has to know in which
/// language a person will say stop.
/// </summary>
internal static class KeywordList
{
    /// <summary>Definitive by law, whatever the programme (US-12).</summary>
    public static FrozenSet<string> Definitive { get; } = Fold("stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe");

    /// <summary>The whole message is one of these: as clear in its language as STOP.</summary>
    public static FrozenSet<string> OptOut { get; } = Fold(
        "stop all", "remove", "unsub", "td",
        "arret", "arrete", "arreter", "arretez", "desabonner", "desabonnez", "desinscrire", "desinscription", "annuler", "fin",
        "alto", "parar", "pare", "detener", "cancelar", "baja", "dar de baja", "darme de baja", "no mas", "terminar",
        "sair", "remover", "nao quero",
        "stopp", "abmelden", "abbestellen", "beenden", "kuendigen", "kündigen", "abbrechen", "ende", "austragen",
        "ferma", "basta", "annulla", "cancella", "cancellami", "disiscrivi", "disiscrivimi",
        "afmelden", "uitschrijven", "stoppen", "einde", "opzeggen",
        "rezygnuje", "wypisz", "avsluta", "afmeld", "avmeld", "lopeta", "peru",
        "стоп", "отписаться", "відписатися", "dur", "iptal", "ret", "توقف", "الغاء", "إلغاء",
        "停止", "退订", "退訂", "取消", "t", "解除", "중지", "거부", "रोको", "बंद");

    public static FrozenSet<string> Help { get; } = Fold("help", "info", "aide", "ayuda", "ajuda", "hilfe", "aiuto", "hulp", "pomoc", "hjalp", "hjaelp", "hjælp", "hjelp", "apua", "помощь", "допомога", "帮助", "도움말");

    public static FrozenSet<string> OptIn { get; } = Fold(
        "start", "unstop", "join", "subscribe", "debut", "reprendre", "iniciar", "alta", "voltar", "anmelden", "inizia", "iscrivi", "aanmelden");

    public static FrozenSet<string> Confirm { get; } = Fold(
        "yes", "y", "yep", "yeah", "oui", "si", "sim", "ja", "tak", "kylla", "да", "так", "evet", "نعم", "是", "好", "はい", "예", "네", "हाँ", "हां");

    /// <summary>Words that change nothing beside a keyword: "please stop now", "stop all texts".</summary>
    public static FrozenSet<string> Filler { get; } = Fold(
        "please", "pls", "plz", "now", "all", "text", "texts", "message", "messages", "msg", "msgs", "sms", "me", "this", "it", "these",
        "thanks", "thank", "thx", "you", "immediately", "just", "my", "from", "your", "hi", "hello", "ok", "and",
        "bitte", "danke", "nachrichten", "alle", "favor", "por", "gracias", "mensajes", "todo", "todos", "svp", "merci", "messages", "prego", "grazie", "messaggi",
        "obrigado", "obrigada", "mensagens", "alsjeblieft", "berichten", "prosze");

    /// <summary>Keywords that mean little inside a longer text: "when does the sale end", "alto" in Italian and in maps.</summary>
    public static FrozenSet<string> MeaningfulOnlyAlone { get; } = Fold(
        "end", "fin", "alto", "pare", "basta", "td", "t", "ret", "dur", "peru", "ende", "einde", "terminar", "ferma", "remove", "remover", "sair", "arrete", "no mas", "nao quero");

    /// <summary>Ordinary words that are one letter away from a keyword.</summary>
    public static FrozenSet<string> NoMisspelling { get; } = Fold(
        "shop", "step", "slop", "swop", "stow", "stoop", "top", "sop", "atop", "strop", "stomp", "stock", "store", "story",
        "quiet", "quite", "quilt", "suit", "quid", "quip", "quiz", "quits", "cancer", "evoke", "invoke", "provoke", "stopover");

    /// <summary>Threats and the law: somebody who writes so expects an answer from a person.</summary>
    public static FrozenSet<string> Alarm { get; } = Fold(
        "lawyer", "attorney", "lawsuit", "sue", "suing", "tcpa", "gdpr", "fcc", "ftc", "bbb", "police", "harassment", "harassing", "illegal", "spam", "spamming", "scam", "complaint",
        "dsgvo", "anwalt", "rgpd", "avocat", "cnil", "abogado", "denuncia", "advogado", "avvocato", "advocaat", "fuck", "fucking", "asshole", "bastard", "bullshit");

    private static FrozenSet<string> Fold(params string[] words) => words.Select(w => FoldedText.Of(w).Joined).ToFrozenSet(StringComparer.Ordinal);
}
