namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>Sentences that a reasonable person would read as "stop" (US-13), and those that only look like it. On folded text.</summary>
internal static class OptOutPhrases
{
    private static readonly PhraseTree Stop = new(
        "stop (the|these|those|your|all the) (text|texts|message|messages|sms|spam)",
        "stop (texting|messaging|contacting|calling|sending|bothering|spamming|writing)",
        "(do not|dont) ever? (text|message|msg|sms|contact)",
        "(do not|dont) ever? (call|write|bother) (me|us) (again|anymore|any more|ever|$)",
        "(do not|dont) ever? (send|write) (me|us)? (any|anything|texts|messages|msgs|sms|spam|ads|offers|again|anymore|more)",
        "take me off", "remove (me|my number|my phone|my name)", "no more (text|texts|message|messages|sms|msg|msgs|spam|offers)", "leave me alone", "opt me out", "unsubscribe me",
        "i (want|would like|wish) to (stop|unsubscribe|opt out|cancel these texts|cancel these messages|cancel your texts|cancel your messages|cancel the texts|cancel the messages)",
        "not interested", "lose my number", "i? (did not|didnt|never) (sign|signed) up", "i never subscribed", "i never (agreed|asked) (to|for) (this|these|text|texts|messages|get|receive|be)",
        "keine (sms|nachrichten|werbung) mehr", "nicht mehr (schreiben|texten|anschreiben|kontaktieren)", "schreiben sie mir nicht mehr", "schreibt mir nicht mehr", "melden sie mich ab",
        "no (me|nos) (escriba|escriban|mande|manden|envie|envien|contacte|contacten|moleste|molesten)", "no mas (mensajes|sms|textos)", "no quiero (mas|recibir)", "no deseo (mas|recibir)",
        "ne (me|m) (envoyez|ecrivez|contactez|derangez) plus", "ne (menvoyez|mecrivez) plus", "^plus (de|aucun) (sms|message|messages)", "laissez moi tranquille", "desinscrivez moi", "desabonnez moi",
        "nao (me envie|me enviem|me mande|me mandem|envie mais|enviem mais|mande mais|mandem mais)", "nao quero (mais|receber)",
        "non (voglio|desidero) (piu|ricevere)", "non scrivetemi", "non scrivermi piu",
        "geen (sms|berichten) meer", "stuur me geen (sms|berichten)", "nie wysylajcie", "prosze? nie wysylac", "nie piszcie do mnie",
        "inga fler (sms|meddelanden)", "sluta (skicka|skriva|smsa)", "ikke flere (sms|beskeder|meldinger)", "(slutt|stop med) a (sende|skrive)", "stop med at (sende|skrive)", "alkaa enaa? (lahettako|tekstatko)",
        "больше? не (пишите|присылайте|отправляйте)", "отпишите меня", "прекратите (писать|присылать)", "більше? не (пишіть|надсилайте)", "припиніть (писати|надсилати)",
        "(mesaj|sms) (atmayin|gondermeyin|istemiyorum)", "لا (ترسل|ترسلوا|تراسلني)", "توقفوا عن", "(संदेश|मैसेज) (मत|बंद)");

    /// <summary>Whoever answers is not who was meant. What somebody was sent, given or charged wrongly is an order, not a person.</summary>
    private static readonly PhraseTree WrongNumber = new(
        "^(oh|no|nope|hi|hey|hello|sorry|ok|lol|um)? (sorry|but|i think|think)? wrong phone? (number|person)", "^wrong phone $", "sorry wrong phone? (number|person)",
        "(you have|you have got|you got|youve|youve got|u have|u got) (the|a)? wrong phone? (number|person|one|guy|girl|man|woman|lady)",
        "(texting|texted|reached|reaching|calling|called|messaging|messaged|dialed|dialled|contacted|contacting) (the|a)? wrong phone? (number|person|phone|one|guy|girl|man|woman|lady)",
        "(its|it is|thats|that is|this is|u are at|you are at|youre at) (the|a)? wrong phone? (number|person)", "wrong phone? (number|person) (sorry|pal|buddy|bro|dude|mate|again|lol)",
        "falsche nummer", "numero equivocado", "mauvais numero", "numero errado", "numero sbagliato",
        "verkeerd nummer", "zly numer", "fel nummer", "forkert nummer", "feil nummer", "vaara numero", "не тот номер", "yanlis numara", "not my name", "number (was|is) reassigned");

    /// <summary>Texts in which a phrase above says something else.</summary>
    private static readonly PhraseTree Opposite = new(
        "(dont|do not) ever? stop (the|these|those|your|all the)? (text|texts|message|messages|sms|texting|messaging|sending|writing|calling)?",
        "(dont|do not|never) (text|message) (and|while) *",
        "(get|getting|receive|receiving|got|received) no more (text|texts|message|messages|sms|msgs|offers)",
        "(bekomme|erhalte|kriege|bekam) keine (sms|nachrichten|werbung) mehr", "(krijg|ontvang) geen (sms|berichten) meer");

    /// <summary>May be about texts, or about a parcel or a call: somebody reads it.</summary>
    private static readonly PhraseTree Unclear = new("(do not|dont) ever? (call|write|bother|send)", "to (the|a) wrong phone? (number|person)");

    /// <summary>Words after which a wrong number is one of socks, on an invoice or in a form.</summary>
    private static readonly PhraseTree OfSomething = new(
        "(of|on|in|listed|printed|shown|written|plate|plates|delivered|came|got)", "(auf|von|de|del|di|da|du|des|sur|en|na|no|op|van|av|af|w)");

    private static readonly PhraseTree Innocent = new(
        "(dont|do not|cant|cannot|wont|never|didnt|non|bus|pit|one|full|rest|truck|first|last|next|whistle|train|metro) ever? (stop|stops|stopped|stopping)",
        "(nonstop|unstop|unstoppable)", "(stop|stops|stopped|stopping) (by|in|over|at|and say|at the)", "(by the|the|at|until)? end of (the|this|next)? *",
        "(week|year|month|front|back|high|low|dead|book|rear) end", "quit (smoking|my job|drinking|coffee)");

    /// <summary>Every phrase as it is written above.</summary>
    public static IEnumerable<string> All => Stop.Phrases.Concat(WrongNumber.Phrases).Concat(Opposite.Phrases).Concat(Unclear.Phrases).Concat(OfSomething.Phrases).Concat(Innocent.Phrases);

    /// <summary>Every word with which one of the phrases begins: a text without any of them has no phrase.</summary>
    public static IEnumerable<string> Beginnings => Stop.Beginnings.Concat(WrongNumber.Beginnings).Concat(Unclear.Beginnings).Concat(Innocent.Beginnings);

    /// <returns>The phrase that says stop, or null.</returns>
    public static string? Find(FoldedText text)
    {
        for (var first = 0; first < text.Count; first++)
        {
            if (Opposite.LengthAt(text, first) is var meant and > 0)
                first += meant - 1;
            else if (Stop.LengthAt(text, first) is var count and > 0)
                return text.Spaced(first, count);
        }

        return null;
    }

    /// <returns>The phrase that says that the number is not the one of the person who agreed, or null.</returns>
    public static string? FindWrongNumber(FoldedText text)
    {
        for (var first = 0; first < text.Count; first++)
        {
            if (WrongNumber.LengthAt(text, first) is var count and > 0 && (first + count == text.Count || OfSomething.LengthAt(text, first + count) == 0))
                return text.Spaced(first, count);
        }

        return null;
    }

    /// <returns>The phrase that a person has to read, or null.</returns>
    public static string? FindUnclear(FoldedText text) => Phrase(Unclear, text);

    /// <returns>How many words from here on mean something else than the keyword in them: "don't stop", "bus stop", "end of month".</returns>
    public static int InnocentAt(FoldedText text, int first) => Innocent.LengthAt(text, first);

    private static string? Phrase(PhraseTree tree, FoldedText text) => tree.Find(text) is var (first, count) && count > 0 ? text.Spaced(first, count) : null;
}
