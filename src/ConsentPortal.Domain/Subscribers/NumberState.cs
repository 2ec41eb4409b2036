namespace ConsentPortal.Domain.Subscribers;

/// <summary>What receipts and checks have taught about a number.</summary>
public enum NumberState
{
    Usable = 0,

    /// <summary>Several soft failures in a row: marketing is held until a text is delivered or somebody looks (P-06).</summary>
    Suspect = 1,

    /// <summary>The network says that nobody is there (receipt 1190, error 3).</summary>
    Invalid = 2,
    Reassigned = 3,
}
