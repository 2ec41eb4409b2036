namespace ConsentPortal.Domain.Messaging;

/// <summary>
/// Where one text stands in the send ledger. The row is committed as <see cref="Sending"/> before the provider is called;
/// a crash after that leaves <see cref="Unconfirmed"/>, which no job ever sends again.
/// </summary>
public enum MessageState
{
    Planned = 1,
    Deferred = 2,
    Sending = 3,
    Accepted = 4,
    Delivered = 5,
    Failed = 6,
    Expired = 7,
    Skipped = 8,
    Unconfirmed = 9,
}

/// <summary>Why the portal writes to somebody.</summary>
public enum MessageKind
{
    Campaign = 1,
    DoubleOptInPrompt = 2,
    OptInConfirmation = 3,
    OptOutConfirmation = 4,
    HelpReply = 5,
    Transactional = 6,

    /// <summary>Shows that whoever asked for it holds the number.</summary>
    OneTimeCode = 8,
}
