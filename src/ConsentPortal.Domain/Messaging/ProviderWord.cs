namespace ConsentPortal.Domain.Messaging;

/// <summary>What the provider last said about one number and one of our senders.</summary>
public enum ProviderWord
{
    /// <summary>No text from the sender reaches the number.</summary>
    Blocked = 1,

    /// <summary>Texts reach it.</summary>
    Accepts = 2,
}

/// <summary>How the provider said so.</summary>
public enum ProviderEvidence
{
    /// <summary>The receipt of a text of ours: the person has opted out there.</summary>
    OptedOut = 1,

    /// <summary>A receipt or an answer: the number is barred.</summary>
    Barred = 2,

    /// <summary>The provider's own records of texts, also of those that other programs have sent.</summary>
    Records = 3,

    /// <summary>A list of blocked numbers that somebody got from the provider.</summary>
    List = 4,

    /// <summary>A text of ours was delivered.</summary>
    Delivered = 5,

    /// <summary>The number was missing on a complete list of blocked numbers.</summary>
    NotOnList = 6,
}

/// <summary>Where what the provider says and what is recorded here don't agree.</summary>
public enum ProviderDifference
{
    None = 0,

    /// <summary>Blocked there, and here somebody's consent would let a text leave.</summary>
    BlockedThere = 1,

    /// <summary>Stopped here, and there texts get through.</summary>
    StoppedHere = 2,
}
