namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>What a letter to the person is for.</summary>
public enum LetterKind
{
    /// <summary>The request came in, and what happens next.</summary>
    Acknowledgement = 1,

    /// <summary>Asks the person to show who they are.</summary>
    IdentityQuestion = 2,

    /// <summary>Asks which data or which use the person means.</summary>
    ClarityQuestion = 3,

    /// <summary>The answer takes longer, and why.</summary>
    Extension = 4,

    /// <summary>The request is refused, why, and where to complain.</summary>
    Denial = 5,

    /// <summary>What was done.</summary>
    Completion = 6,
}

/// <summary>What a letter changed on the day on which it left.</summary>
public enum LetterEffect
{
    None = 0,

    /// <summary>The last lawful day moved: the person was told in time.</summary>
    Extended = 1,

    /// <summary>The clock stands since that day.</summary>
    Paused = 2,
    Denied = 3,
    Completed = 4,

    /// <summary>It left after the last lawful day, so that the day did not move.</summary>
    TooLate = 5,
}
