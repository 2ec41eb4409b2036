namespace ConsentPortal.Domain.Consent;

/// <summary>Which of two standings of one person forbids more, for two records that turn out to be one person.</summary>
internal static class StrictestConsent
{
    /// <summary>
    /// How much a standing forbids. Somebody who never had to do with a purpose has said nothing about it, so that silence
    /// decides nothing; among the others whoever said no outweighs whoever said yes.
    /// </summary>
    public static int StrictnessOf(ConsentStatus status) => status switch
    {
        ConsentStatus.None => 0,
        ConsentStatus.Granted => 1,
        ConsentStatus.Pending => 2,
        ConsentStatus.Expired => 3,
        ConsentStatus.Voided => 4,
        ConsentStatus.Withdrawn => 5,
    };

    public static ConsentState Of(ConsentState a, ConsentState b)
    {
        var order = StrictnessOf(a.Status).CompareTo(StrictnessOf(b.Status));
        if (order != 0)
            return order > 0 ? a : b;
        var (first, second) = Compare(a, b) <= 0 ? (a, b) : (b, a);
        return first.Status switch
        {
            ConsentStatus.Granted => first with { ExpiresAt = Earlier(first.ExpiresAt, second.ExpiresAt), DoubleOptInBy = Weaker(first.DoubleOptInBy, second.DoubleOptInBy) },
            // Whoever comes back must come back after the later of the two ends.
            ConsentStatus.Withdrawn or ConsentStatus.Voided or ConsentStatus.Expired => first with { Since = Later(first.Since, second.Since) },
            ConsentStatus.Pending => first with { ExpiresAt = Earlier(first.ExpiresAt, second.ExpiresAt) },
            ConsentStatus.None => first,
        };
    }

    // The weaker consent comes first; what follows only makes the answer the same whichever record is named first.
    private static int Compare(ConsentState a, ConsentState b) =>
        Key(a).CompareTo(Key(b)) is var order && order != 0 ? order : Rest(a).CompareTo(Rest(b));

    private static (ConsentLevel, DateTimeOffset, DoubleOptIn, DateTimeOffset) Key(ConsentState state) =>
        (state.Level, state.ExpiresAt ?? DateTimeOffset.MaxValue, state.DoubleOptInBy, state.GrantedAt ?? DateTimeOffset.MinValue);

    private static (DateTimeOffset, LegalBasis, ConsentChannel, Guid, long) Rest(ConsentState state) =>
        (state.Since ?? DateTimeOffset.MinValue, state.Basis, state.Channel, state.WordingId?.Value ?? Guid.Empty, state.GrantEventId ?? 0);

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a > b ? a : b;

    private static DoubleOptIn Weaker(DoubleOptIn a, DoubleOptIn b) => a < b ? a : b;
}
