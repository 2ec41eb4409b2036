using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging.Keywords;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Inbox;

/// <summary>What a text is taken for, in words and with the colour that it has everywhere.</summary>
internal static class InboundWords
{
    public static IReadOnlyList<TextAction> Actions { get; } = Enum.GetValues<TextAction>();

    public static (Meaning Meaning, string Word) Of(TextAction action) => action switch
    {
        TextAction.OptOut => (Meaning.Withdrawn, "Opt-out"),
        TextAction.OptIn => (Meaning.Granted, "Joins"),
        TextAction.Confirm => (Meaning.Granted, "Yes"),
        TextAction.Help => (Meaning.Neutral, "Help"),
        TextAction.Review => (Meaning.Pending, "A person reads it"),
        TextAction.None => (Meaning.Neutral, "Conversation"),
    };

    /// <param name="name">As a case keeps it: optOut, optIn, confirm, help, review, none.</param>
    public static string Named(string name) => Actions.Where(a => KeywordCases.NameOf(a) == name).Select(a => Of(a).Word).FirstOrDefault() ?? name;

    public static string Tier(string tier) => tier switch
    {
        "T1" => "T1: one of the seven definitive words",
        "T2" => "T2: the word of another language or carrier",
        "T3" => "T3: a keyword and only filler",
        "T4" => "T4: a sentence that a reasonable person reads as stop",
        "T5" => "T5: one letter from a keyword",
        "T6" => "T6: a keyword inside another text, a threat, the law",
        "T7" => "T7: only looks like a stop",
        _ => tier,
    };
}
