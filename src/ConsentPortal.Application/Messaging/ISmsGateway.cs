using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The one way out. It names no vendor, so that only the vendor's own folder knows the vendor's words.
/// </summary>
public interface ISmsGateway
{
    /// <summary>Whether the settings name an account; without one every call fails.</summary>
    bool HasAccount { get; }

    /// <summary>How many requests a second the provider takes from the whole account, whichever process they come from; 0 for no limit.</summary>
    int RequestsPerSecond { get; }

    /// <summary>What a code means that the send ledger keeps of a text.</summary>
    /// <returns>Null for a code that nobody has written down.</returns>
    ProviderErrorMeaning? Explain(string code, ProviderCodeSource source);

    /// <summary>Waits until the provider's limit lets one more text leave; call it before each text.</summary>
    /// <param name="isSpaced">The caller spaces its calls itself, in time that it has leased: then only a pause that the provider asked for is waited for.</param>
    /// <param name="atMost">Where it takes longer, this returns at once and the turn is not taken.</param>
    /// <returns>Zero when the turn has come; otherwise how long it will take.</returns>
    Task<TimeSpan> WaitForTurnAsync(bool isSpaced, TimeSpan atMost, CancellationToken cancellationToken);

    /// <summary>
    /// Sends once, without waiting for a turn. No failure of the network makes it send a second time; the only repetition is after an answer that says
    /// that the credential had expired and nothing was taken.
    /// </summary>
    /// <param name="text">Committed as Sending before the call.</param>
    /// <param name="cancellationToken">
    /// Before the request starts it throws; afterwards the outcome is <see cref="SendOutcome.Unconfirmed"/>, because the
    /// text may have left.
    /// </param>
    Task<SendOutcome> SendAsync(OutgoingText text, CancellationToken cancellationToken);

    /// <summary>
    /// What the provider's own records hold under a client reference: empty when it never took the text, several entries
    /// when it counts parts as messages. Records can lag by minutes, so an early empty answer proves nothing.
    /// </summary>
    /// <param name="to">The recipient, which narrows the search.</param>
    /// <param name="sentAt">When the call was made; records from 5 minutes before to 24 hours after are searched.</param>
    Task<Result<IReadOnlyList<ProviderRecord>>> FindByClientRefAsync(string clientRef, string to, DateTimeOffset sentAt, CancellationToken cancellationToken);

    /// <param name="providerMessageIds">1 to 20 ids.</param>
    Task<Result<IReadOnlyList<ProviderRecord>>> FindByIdAsync(IReadOnlyCollection<string> providerMessageIds, CancellationToken cancellationToken);

    /// <summary>
    /// Texts that the provider's own records hold as refused because it blocks their number, whoever sent them with this
    /// account. The question is not free.
    /// </summary>
    Task<Result<IReadOnlyList<ProviderRefusal>>> FindBlockedAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken);

    Task<Result<ProviderBalance>> GetBalanceAsync(CancellationToken cancellationToken);

    /// <summary>Asks the provider to overwrite the number and the words of one message in its records.</summary>
    Task<RedactionOutcome> RedactAsync(string providerMessageId, MessageDirection direction, CancellationToken cancellationToken);

    /// <summary>Asks the provider about a number: format, line type, carriers.</summary>
    Task<Result<LineInsight>> LookUpLineAsync(string number, CancellationToken cancellationToken);
}

public enum MessageDirection
{
    Outbound = 1,
    Inbound = 2,
}
