using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Staff;

/// <param name="Sentence">What a program with it may do.</param>
public sealed record ApiKeyScope(string Permission, string Sentence);

/// <summary>The permissions that a key can carry: those that the API asks for. No key reveals, exports or decides.</summary>
public static class ApiKeyScopes
{
    public static IReadOnlyList<ApiKeyScope> All { get; } =
    [
        new(Permissions.RecordConsent, "Hand in consents and withdrawals; people not known yet are added"),
        new(Permissions.SendServiceTexts, "Text single people about something of their own, and ask what became of it; never marketing"),
        new(Permissions.HandlePrivacyRequests, "Hand in what people ask about their data; staff make sure who asks, and answer"),
        new(Permissions.ViewSubscribers, "Ask where a number stands: consent per purpose, frequency, stops"),
        new(Permissions.ViewPolicy, "Ask whether a text with given facts may be sent, and by which rules"),
    ];

    /// <param name="stored">As a key holds them: separated by spaces.</param>
    public static IReadOnlyList<string> In(string stored) => stored.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
