using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;

namespace ConsentPortal.Domain.Policy;

/// <summary>
/// Everything that <see cref="SendPolicy.Evaluate"/> may look at, as of the instant of the question. Null means "not
/// known", and what is not known never helps a text through a gate that asks for it. All instants are UTC.
/// </summary>
public sealed record SendFacts
{
    /// <summary>The class that the sender claims; a promotional element in <see cref="Body"/> makes it marketing (C-02).</summary>
    public required MessageClass MessageClass { get; init; }

    public required Recipient To { get; init; }

    /// <summary>The last texts to the number failed one after the other, and nothing has shown since that it works.</summary>
    public bool IsNumberSuspect { get; init; }

    public PurposeId? Purpose { get; init; }

    /// <summary>The seller in whose name the text is sent, as the wording named it.</summary>
    public string? Brand { get; init; }

    /// <summary>ISO 3166-1 alpha-2 country of the person's address.</summary>
    public string? DeclaredCountry { get; init; }

    /// <summary>State, province, Land or nation of the address: "FL" or "Florida", "BY", "SCT".</summary>
    public string? DeclaredState { get; init; }

    /// <summary>IANA zone that the person confirmed; it takes the place of all candidate zones, not of the rule sets (N-04).</summary>
    public string? DeclaredZone { get; init; }

    /// <summary>Country of the SIM, from a carrier look-up.</summary>
    public string? SimCountry { get; init; }

    public SendConsent? Consent { get; init; }

    /// <summary>How far the stop reaches that leaves the least of this purpose's and sender's texts; null when there is none.</summary>
    public SuppressionScope? Suppression { get; init; }

    public FrequencyPreference Frequency { get; init; }

    /// <summary>The person asked for silence until then.</summary>
    public DateTimeOffset? PausedUntil { get; init; }

    /// <summary>Processing is restricted (GDPR art. 18) or frozen by a legal hold: nothing but storage is allowed.</summary>
    public bool IsRestricted { get; init; }

    /// <summary>The most texts that the purpose promises in a month, however its days fall (<see cref="PromiseUse"/>).</summary>
    public int? PromisedPerMonth { get; init; }

    /// <summary>What the words that the person read promise; null where they give no number.</summary>
    public FrequencyPromise? PromisedInWords { get; init; }

    /// <summary>What the text is about: some caps count per subject. An unknown subject counts as the same.</summary>
    public string? Subject { get; init; }

    /// <summary>Texts of this seller to this person over all their numbers and all senders, for at least 32 days back.</summary>
    public IReadOnlyList<RecentSend> RecentSends { get; init; } = [];

    /// <summary>The person's latest purchase from this seller.</summary>
    public DateTimeOffset? PurchaseAt { get; init; }

    /// <summary>The text as this person would read it.</summary>
    public MessageBody? Body { get; init; }

    public SenderFacts? Sender { get; init; }

    public DncCheck? Dnc { get; init; }

    public ReassignedCheck? Reassigned { get; init; }

    /// <summary>Overrides the preset of the policy version for this question; null uses the policy's.</summary>
    public PolicyPreset? Preset { get; init; }

    /// <summary>Set when the text answers something that the person did a moment ago: such texts know no hours (C-12).</summary>
    public InboundAnswer? Answers { get; init; }

    /// <summary>What the campaign wants of the person's clock; null where it wants nothing, and for every other text.</summary>
    public SendTiming? Timing { get; init; }

    /// <summary>Age of the person in whole years.</summary>
    public int? AgeYears { get; init; }

    /// <summary>True when everybody in the audience passed an age gate with a full date of birth (CT-15).</summary>
    public bool IsAgeGated { get; init; }
}
