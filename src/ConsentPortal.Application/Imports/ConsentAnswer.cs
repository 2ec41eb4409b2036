using ConsentPortal.Application.Database.Encryption;

namespace ConsentPortal.Application.Imports;

/// <summary>What a list says a person answered; the order is from least to most strict.</summary>
public enum ConsentAnswer
{
    /// <summary>The person agreed, says the list. Without proof it stays a claim.</summary>
    Claimed = 1,

    /// <summary>No answer, or words that are neither a yes nor a no, such as "pending".</summary>
    Unknown = 2,

    /// <summary>The person said no or has left.</summary>
    Refused = 3,
}

/// <summary>Reads the words that stand in consent columns of shops, newsletters and customer databases.</summary>
internal static class ConsentWords
{
    private static readonly HashSet<string> Yes = new(StringComparer.Ordinal)
    {
        "yes", "y", "1", "true", "t", "x", "on", "ok", "agreed", "accepted", "granted", "consented", "subscribed", "subscribe", "active", "opt in",
        "opted in", "optin", "in", "si", "sim", "oui", "ja", "j",
    };

    private static readonly HashSet<string> No = new(StringComparer.Ordinal)
    {
        "no", "n", "0", "false", "f", "off", "none", "never", "denied", "declined", "refused", "rejected", "unsubscribed", "unsubscribe", "cancelled",
        "canceled", "opt out", "opted out", "optout", "out", "stop", "stopped", "withdrawn", "revoked", "blocked", "suppressed", "do not contact",
        "do not text", "dnc", "do not call", "bounced", "complained", "complaint", "non", "nein", "nao",
    };

    public static ConsentAnswer Read(string text)
    {
        var words = string.Join(' ', LookupHash.Fold(text).Split([' ', '-', '_', '.', '!'], StringSplitOptions.RemoveEmptyEntries));
        return No.Contains(words) ? ConsentAnswer.Refused : Yes.Contains(words) ? ConsentAnswer.Claimed : ConsentAnswer.Unknown;
    }
}
