using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>The words under which pages show texts and what they were taken for.</summary>
internal static class MessageWords
{
    public static string Of(MessageKind kind) => kind switch
    {
        MessageKind.Campaign => "Campaign",
        MessageKind.DoubleOptInPrompt => "Asked to confirm",
        MessageKind.OptInConfirmation => "Welcome",
        MessageKind.OptOutConfirmation => "Stop confirmed",
        MessageKind.HelpReply => "Help",
        MessageKind.Transactional => "Transactional",
        MessageKind.OneTimeCode => "Code",
    };

    /// <param name="taken">As the ledger has it: optOut, optIn, confirm, help, review, none.</param>
    public static string Taken(string taken) => taken switch
    {
        "optOut" => "Taken as a stop",
        "optIn" => "Taken as joining",
        "confirm" => "Taken as a yes",
        "help" => "Taken as a question",
        "review" => "Needs a person",
        _ => "No action",
    };

    public static (Meaning Meaning, string Word) Of(ReviewState review) => review switch
    {
        ReviewState.NotNeeded => (Meaning.Neutral, "Needed no decision"),
        ReviewState.Waiting => (Meaning.Pending, "Waiting"),
        ReviewState.TakenAsOptOut => (Meaning.Withdrawn, "Taken as opt-out"),
        ReviewState.NoAction => (Meaning.Granted, "No action"),
        ReviewState.ToCheck => (Meaning.Pending, "Acted, please check"),
        ReviewState.ReadRightly => (Meaning.Withdrawn, "Read correctly"),
        ReviewState.Misread => (Meaning.Neutral, "Not an opt-out"),
    };

    /// <summary>An action of the audit trail in words: "subscriber.changed" is "Subscriber changed".</summary>
    public static string Action(string action)
    {
        var words = action.Replace('.', ' ').Aggregate("", (text, c) => char.IsUpper(c) ? $"{text} {char.ToLowerInvariant(c)}" : text + c);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
