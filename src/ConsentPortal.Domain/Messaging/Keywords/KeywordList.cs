using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

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
        "停止", "退订", "退訂", "取消", "t", "解除", "중지", "거부", "수신거부", "수신 중지", "配信停止", "停止发送", "रोको", "बंद");

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
        "obrigado", "obrigada", "mensagens", "alsjeblieft", "berichten", "prosze", "пожалуйста", "будь", "ласка", "lutfen", "tack", "takk", "kiitos", "من فضلك", "请", "請", "कृपया");

    /// <summary>Keywords that mean little inside a longer text: "when does the sale end", "alto" in Italian and in maps.</summary>
    public static FrozenSet<string> MeaningfulOnlyAlone { get; } = Fold(
        "end", "fin", "alto", "pare", "basta", "td", "t", "ret", "dur", "peru", "ende", "einde", "terminar", "ferma", "remove", "remover", "sair", "arrete", "no mas", "nao quero");

    /// <summary>Ordinary words that are one letter away from a keyword.</summary>
    public static FrozenSet<string> NoMisspelling { get; } = Fold(
        "shop", "step", "slop", "swop", "stow", "stoop", "top", "sop", "atop", "strop", "stomp", "stock", "store", "story",
        "stor", "stof", "stom", "stok", "stol", "stod", "stot", "stoi", "sto", "stoppt", "shoppen", "stoffen", "stappen", "stippen", "stopped", "stopper",
        "quiet", "quite", "quilt", "suit", "quid", "quip", "quiz", "quits", "qui", "quitt", "quint", "cancer", "evoke", "invoke", "provoke", "stopover", "remote", "removed",
        "terminal", "termina", "cancello", "cancelli", "anmeld", "anmelde", "wpisz", "auftragen", "blenden");

    /// <summary>Threats and the law: somebody who writes so expects an answer from a person.</summary>
    public static FrozenSet<string> Alarm { get; } = Fold(
        "lawyer", "attorney", "lawsuit", "sue", "suing", "tcpa", "gdpr", "fcc", "ftc", "bbb", "police", "harassment", "harassing", "illegal", "spam", "spamming", "scam", "complaint",
        "dsgvo", "anwalt", "rgpd", "avocat", "cnil", "abogado", "denuncia", "advogado", "avvocato", "advocaat", "fuck", "fucking", "asshole", "bastard", "bullshit");

    /// <summary>Words of scripts without spaces, which are found inside a longer run of letters too.</summary>
    public static IReadOnlyList<string> Wide { get; } = [.. Fold("停止", "退订", "退訂", "取消", "解除", "중지", "거부").Order(StringComparer.Ordinal)];

    private static readonly FrozenDictionary<string, Keyword> Words = All();

    private static readonly FrozenDictionary<string, Keyword>.AlternateLookup<ReadOnlySpan<char>> Look = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Longer runs of letters are no keyword.</summary>
    public static int Longest { get; } = Words.Keys.Max(word => word.Length);

    /// <summary>All that the lists know about a word, in one look-up; nothing for a word that they don't know.</summary>
    public static Keyword Find(ReadOnlySpan<char> word) => word.Length <= Longest && Look.TryGetValue(word, out var known) ? known : default;

    public static string Hash()
    {
        var lines = Words.Values.OrderBy(w => w.Word, StringComparer.Ordinal).Select(w => $"{w.Word} {(int)w.Uses}")
            .Concat(NoMisspelling.Order(StringComparer.Ordinal)).Concat(OptOutPhrases.All);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private static FrozenDictionary<string, Keyword> All()
    {
        var uses = new Dictionary<string, WordUse>(StringComparer.Ordinal);
        Add(Definitive, WordUse.OptOut | WordUse.Definitive);
        Add(OptOut, WordUse.OptOut);
        Add(MeaningfulOnlyAlone, WordUse.OnlyAlone);
        Add(Help, WordUse.Help);
        Add(OptIn, WordUse.OptIn);
        Add(Confirm, WordUse.Confirm);
        Add(Filler, WordUse.Filler);
        Add(Alarm, WordUse.Alarm);
        Add(OptOutPhrases.Beginnings, WordUse.Phrase);
        return uses.ToFrozenDictionary(pair => pair.Key, pair => new Keyword(pair.Key, pair.Value), StringComparer.Ordinal);

        void Add(IEnumerable<string> words, WordUse use)
        {
            foreach (var word in words)
                uses[word] = uses.GetValueOrDefault(word) | use;
        }
    }

    private static FrozenSet<string> Fold(params string[] words) => words.Select(w => FoldedText.Of(w).Joined.ToString()).ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>A word of the lists and what it is used for; the default value is a word that no list knows.</summary>
internal readonly record struct Keyword(string? Word, WordUse Uses)
{
    public bool Is(WordUse use) => (Uses & use) != 0;
}

[Flags]
internal enum WordUse
{
    None = 0,
    OptOut = 1,

    /// <summary>One of the seven.</summary>
    Definitive = 2,

    /// <summary>Means little inside a longer text.</summary>
    OnlyAlone = 4,
    Help = 8,
    OptIn = 16,
    Confirm = 32,
    Filler = 64,
    Alarm = 128,

    /// <summary>A phrase may begin with it.</summary>
    Phrase = 256,
}
