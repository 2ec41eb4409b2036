using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Imports;

/// <summary>What the importer vouches for: that the people on the list agreed to this purpose and were shown this wording.</summary>
/// <param name="AsksForDoubleOptIn">Whether those who need to confirm, or claim consent without proof, are texted the prompt.</param>
internal sealed record ImportTerms(Purpose? Purpose, Wording? Wording, bool AsksForDoubleOptIn)
{
    /// <summary>No consent is recorded.</summary>
    public static ImportTerms None { get; } = new(null, null, false);

    public bool NeedsDoubleOptIn(string? region, string? declaredRegion) =>
        Purpose is null or { MessageClass: MessageClass.Marketing or MessageClass.Informational }
        && (Purpose is { NeedsDoubleOptIn: true } || RecordConsent.IsDoubleOptInForced(region, declaredRegion));

    /// <summary>Whether a stop reaches the texts that this import is for; without a purpose those are marketing.</summary>
    public bool IsReachedBy(Suppression stop) => stop.Scope switch
    {
        SuppressionScope.All => true,
        SuppressionScope.Marketing => Purpose is null or { MessageClass: MessageClass.Marketing },
        SuppressionScope.Purpose => Purpose is not null && stop.PurposeId == Purpose.Id,
        SuppressionScope.Sender => Purpose is null || stop.Sender == Purpose.Sender,
    };
}
