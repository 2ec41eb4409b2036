using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>Sentences that a reasonable person would read as "stop" (US-13), and those that only look like it. On folded text.</summary>
internal static partial class OptOutPhrases
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    /// <returns>The phrase that says stop, or null.</returns>
    public static string? Find(FoldedText text) => Stop().Match(text.Spaced) is { Success: true } found ? found.Value.Trim() : null;

    /// <returns>The phrase that says that the number is not the one of the person who agreed, or null.</returns>
    public static string? FindWrongNumber(FoldedText text) => WrongNumber().Match(text.Spaced) is { Success: true } found ? found.Value.Trim() : null;

    /// <summary>The text without the phrases in which a keyword means something else: "don't stop", "bus stop", "end of month".</summary>
    public static string WithoutInnocent(FoldedText text) => Innocent().Replace(text.Spaced, " ");

    [GeneratedRegex(
        @" (stop (the|these|those|your|all the) (texts?|messages?|sms|spam)|stop (texting|messaging|contacting|calling|sending|bothering|spamming|writing)|(do not|dont) (ever )?(text|message|msg|sms|contact|call|write|bother|send)|take me off|remove (me|my (number|phone|name))"
        + @"|no more (texts?|messages?|sms|msgs?|spam|offers)|leave me alone|opt me out|unsubscribe me|i (want|would like|wish) to (stop|unsubscribe|opt out|cancel (these|your|the) (texts|messages))|not interested|lose my number"
        + @"|(i )?(did not|didnt|never) (sign|signed) up|i never (subscribed|agreed|asked)"
        + @"|keine (sms|nachrichten|werbung) mehr|nicht mehr (schreiben|texten|anschreiben|kontaktieren)|no (me|nos) (escriban?|manden?|envien?|contacten?|molesten?)|no mas (mensajes|sms|textos)|no quiero (mas|recibir)|no deseo (mas|recibir)"
        + @"|ne (me|m) (envoyez|ecrivez|contactez|derangez) plus|ne menvoyez plus|plus (de|aucun) (sms|messages?)|laissez moi tranquille|nao (me )?(envie|enviem|mande|mandem)|nao quero (mais|receber)|non (voglio|desidero) (piu|ricevere)|non scrivetemi|geen (sms|berichten) meer|nie wysylajcie|inga fler (sms|meddelanden)) ",
        Options, 1000)]
    private static partial Regex Stop();

    [GeneratedRegex(@" (wrong (number|person|phone)|(you have|youve got|u got) the wrong|falsche nummer|numero equivocado|mauvais numero|numero errado|numero sbagliato|verkeerd nummer|not my name|number (was|is) reassigned) ", Options, 1000)]
    private static partial Regex WrongNumber();

    [GeneratedRegex(
        @" (dont|do not|cant|cannot|wont|never|didnt|non|bus|pit|one|full|rest|truck|first|last|next|whistle|train|metro) (ever )?stop(s|ped|ping)?(?= )| (nonstop|unstop|unstoppable)(?= )| stop(ped|ping|s)? (by|in|over|at|and say|at the)(?= )"
        + @"| (by the |the |at |until )?end of (the |this |next )?\w+(?= )| (week|year|month|front|back|high|low|dead|book|rear) end(?= )| quit (smoking|my job|drinking|coffee)(?= )",
        Options, 1000)]
    private static partial Regex Innocent();
}
