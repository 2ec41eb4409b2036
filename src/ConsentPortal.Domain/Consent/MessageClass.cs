namespace ConsentPortal.Domain.Consent;

/// <summary>
/// What a text is, from least to most restricted (C-02). Any promotional element makes the whole message
/// <see cref="Marketing"/> (CTIA Messaging Principles, Exhibit II).
/// </summary>
public enum MessageClass
{
    Emergency = 1,
    Transactional = 2,
    Informational = 3,
    Marketing = 4,
}
