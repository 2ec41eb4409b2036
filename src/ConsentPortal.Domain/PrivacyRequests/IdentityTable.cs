namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>How surely it is known who asks.</summary>
public enum IdentityLevel
{
    None = 0,

    /// <summary>One matching fact, such as a code texted to the number and read back.</summary>
    OneFact = 1,

    /// <summary>Two matching facts: the "reasonable degree" of 11 CCR § 7062.</summary>
    TwoFacts = 2,

    /// <summary>Three matching facts and a declaration signed under penalty of perjury: the "reasonably high degree", or the person's own account.</summary>
    ThreeFacts = 3,
}

/// <summary>One way in which a person is recognised; it says what was checked and nothing about the person.</summary>
/// <param name="NeedsCode">Counts only after a code that the portal texted was read back.</param>
/// <param name="NeedsNote">Rests on what a member of staff saw, so they say what.</param>
public sealed record IdentityWay(string Name, IdentityLevel Level, bool NeedsCode = false, bool NeedsNote = false);

/// <summary>
/// The lowest level by law and kind (CA-07: 11 CCR §§ 7060–7062). The European laws ask for proof only where there is reasonable
/// doubt (GDPR art. 12(6)): a code read back from the number that everything here hangs on removes it. A stop needs none anywhere.
/// </summary>
public static class IdentityTable
{
    public static IdentityWay ByCode { get; } = new("Code texted to the number and read back", IdentityLevel.OneFact, NeedsCode: true);

    public static IReadOnlyList<IdentityWay> Ways { get; } =
    [
        new("Three matching facts and a signed declaration", IdentityLevel.ThreeFacts),
        new("Code read back, two more matching facts and a signed declaration", IdentityLevel.ThreeFacts, NeedsCode: true),
        new("Signed in to their account", IdentityLevel.ThreeFacts),
        new("Two matching facts", IdentityLevel.TwoFacts),
        new("Code read back and one more matching fact", IdentityLevel.TwoFacts, NeedsCode: true),
        new("Identity document seen and not kept", IdentityLevel.TwoFacts, NeedsNote: true),
        new("Known authorised agent", IdentityLevel.TwoFacts, NeedsNote: true),
        new("Recognised by a member of staff", IdentityLevel.TwoFacts, NeedsNote: true),
        ByCode,
    ];

    public static IdentityLevel Lowest(PrivacyRegime regime, PrivacyRequestKind kind) => (regime, kind) switch
    {
        (_, PrivacyRequestKind.Objection or PrivacyRequestKind.OptOutOfSale or PrivacyRequestKind.Withdrawal) => IdentityLevel.None,
        // A limit on the use of sensitive data needs no proof there (11 CCR § 7027).
        (PrivacyRegime.Ccpa, PrivacyRequestKind.Restriction) => IdentityLevel.None,
        // The package holds specific pieces, not only categories.
        (PrivacyRegime.Ccpa, PrivacyRequestKind.Access or PrivacyRequestKind.Portability) => IdentityLevel.ThreeFacts,
        // A telephone number, consents and texts do not call for the higher degree.
        (PrivacyRegime.Ccpa, PrivacyRequestKind.Erasure or PrivacyRequestKind.Rectification) => IdentityLevel.TwoFacts,
        _ => IdentityLevel.OneFact,
    };

    /// <returns>Why the way does not do; null where it does.</returns>
    public static Failure? Refusal(PrivacyRegime regime, PrivacyRequestKind kind, IdentityWay way, bool isNumberProven)
    {
        var lowest = Lowest(regime, kind);
        return way.NeedsCode && !isNumberProven ? new CodeNotReadBack()
            : way.Level < lowest ? new IdentityTooWeak(lowest) : null;
    }

    /// <summary>
    /// What counts where no record has the number: there are no facts to match and no account, and no code leaves, because a text needs a person and a decision. So only what a
    /// member of staff saw. One fact is enough for every law: the answer hands nothing out but that there is nothing.
    /// </summary>
    public static IReadOnlyList<IdentityWay> WaysWithoutRecord { get; } = [.. Ways.Where(way => way is { NeedsNote: true, NeedsCode: false })];

    /// <returns>Why the way does not do for a number without a record; null where it does.</returns>
    public static Failure? RefusalWithoutRecord(IdentityWay way) => WaysWithoutRecord.Contains(way) ? null : new WitnessNeeded();

    /// <summary>In words for staff.</summary>
    public static string InWords(IdentityLevel level) => level switch
    {
        IdentityLevel.None => "no proof of who asks",
        IdentityLevel.OneFact => "one matching fact, such as a code read back",
        IdentityLevel.TwoFacts => "two matching facts",
        IdentityLevel.ThreeFacts => "three matching facts and a signed declaration, or the person's own account",
    };
}

public sealed record IdentityTooWeak(IdentityLevel Lowest)
    : Failure($"That is too little to know who asks: the law wants {IdentityTable.InWords(Lowest)} for this kind of request. Nothing was changed; ask the person for more.");

public sealed record CodeNotReadBack()
    : Failure("No code was read back for this request. Nothing was changed; text one to the number and type in what the person reads to you.");

public sealed record WitnessNeeded()
    : Failure("No record has this number, so there are no facts to match and no code can be texted. Nothing was changed; recognise the person yourself, and write what you saw.");
