using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Domain.Segments;

/// <summary>Where the person stands for a purpose at the moment of the question; a grant that has run out is expired.</summary>
[RuleKind("consent")]
public sealed record ConsentIs(PurposeId Purpose, ConsentStatus Status) : SegmentRule
{
    public override string Describe(RuleNames names) => Status switch
    {
        ConsentStatus.None => $"were never asked about {names.Purpose(Purpose)}",
        ConsentStatus.Pending => $"have not confirmed {names.Purpose(Purpose)} yet",
        ConsentStatus.Granted => $"agreed to {names.Purpose(Purpose)}",
        ConsentStatus.Withdrawn => $"withdrew from {names.Purpose(Purpose)}",
        ConsentStatus.Expired => $"let their consent to {names.Purpose(Purpose)} run out",
        ConsentStatus.Voided => $"took over a number that had agreed to {names.Purpose(Purpose)}",
    };

    public override bool Holds(SegmentPerson person) => person.Standing(Purpose) == Status;

    internal override string Seen(SegmentPerson person) => !person.Consents.TryGetValue(Purpose, out var consent) || consent.State.Status == ConsentStatus.None
        ? "nothing recorded"
        : person.Standing(Purpose) is ConsentStatus.Expired && consent.State.ExpiresAt is { } end ? $"expired {person.Dated(end)}"
        : $"{person.Standing(Purpose).ToString().ToLowerInvariant()}{(consent.State.Since is { } since ? $" since {person.Dated(since)}" : "")}";

    internal override IEnumerable<string> Problems()
    {
        if (Purpose.Value == Guid.Empty)
            yield return "Choose the purpose of the consent.";
        if (!Enum.IsDefined(Status))
            yield return "Choose where people stand: granted, withdrawn, pending, expired, none.";
    }
}
