namespace ConsentPortal.Domain.Consent;

/// <summary>
/// Another word by which people join a purpose by text, beside <see cref="Purpose.JoinKeyword"/>: one for each poster, shop or
/// season. Unique among the words in use of a sender.
/// </summary>
public sealed class PurposeKeyword
{
    public long Id { get; init; }

    public required PurposeId PurposeId { get; init; }

    /// <summary>The number or short code that the word is texted to.</summary>
    public required string Sender { get; init; }

    /// <summary>Upper case.</summary>
    public required string Word { get; init; }

    /// <summary>The language of those who are told this word (ISO 639-1); null where the person's own is taken.</summary>
    public string? Language { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; set; }
}
