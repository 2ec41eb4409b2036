namespace ConsentPortal.Domain.Consent;

/// <summary>
/// What people agree to: one programme of one brand from one sender. Consent to a purpose covers nothing else (CT-07).
/// </summary>
public sealed class Purpose
{
    public required PurposeId Id { get; init; }

    public required string Name { get; set; }

    /// <summary>The seller or organisation as consent wordings name it (US-02).</summary>
    public required string Brand { get; set; }

    public required MessageClass MessageClass { get; init; }

    public required LegalBasis Basis { get; set; }

    /// <summary>The number, short code or name that texts come from.</summary>
    public required string Sender { get; set; }

    /// <summary>False for names and no-reply senders: then each text must say how else to stop (US-18).</summary>
    public required bool SenderCanReceive { get; set; }

    /// <summary>The most texts a month that the wordings promise; null where none is promised.</summary>
    public int? PromisedPerMonth { get; set; }

    public required bool NeedsDoubleOptIn { get; set; }

    /// <summary>The word that joins by text, upper case, unique per sender.</summary>
    public string? JoinKeyword { get; set; }

    /// <summary>ISO 3166 codes, comma-separated: where people may join. Null where the purpose is open to all countries.</summary>
    public string? Countries { get; set; }

    /// <summary>Months for which proof of consent is kept after the last text; null for the policy's own period (O-10).</summary>
    public int? RetentionMonths { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>
    /// Whether numbers of a country may join, whichever way they come: form, text, preference page, list, program or staff.
    /// Whoever has agreed already stays.
    /// </summary>
    /// <param name="region">ISO 3166 of the number; a number of no country joins only what is open to all.</param>
    public bool IsOpenTo(string? region) =>
        Countries is not { } countries || countries.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(region, StringComparer.OrdinalIgnoreCase);
}
