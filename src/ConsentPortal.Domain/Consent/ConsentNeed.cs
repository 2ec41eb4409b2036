namespace ConsentPortal.Domain.Consent;

/// <summary>Whether a text may leave only where somebody has agreed to it, as far as its class alone says (C-02).</summary>
public enum ConsentNeed
{
    /// <summary>What warns of danger goes to everybody (US-27).</summary>
    Never = 1,

    /// <summary>Facts about an order go to whoever ordered, but for the countries whose rules ask for consent to them, too (US-06).</summary>
    WhereTheLawAsks = 2,

    /// <summary>What comes again and again.</summary>
    Always = 3,
}

public static class ConsentNeeds
{
    public static ConsentNeed Of(MessageClass messageClass) => messageClass switch
    {
        MessageClass.Emergency => ConsentNeed.Never,
        MessageClass.Transactional => ConsentNeed.WhereTheLawAsks,
        MessageClass.Informational or MessageClass.Marketing => ConsentNeed.Always,
    };
}
