namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>On what ground words are left out of the copy of a person's data. There is none for hiding that something was done with them.</summary>
public enum RedactionGround
{
    /// <summary>Somebody else is named or meant (GDPR art. 15(4), 20(4); Cal. Civ. Code § 1798.145(k)).</summary>
    RightsOfOthers = 1,

    /// <summary>What a lawyer was asked or said (UK DPA 2018 Sch. 2 para. 19; Cal. Civ. Code § 1798.145(b)).</summary>
    LegalAdvice = 2,

    /// <summary>Business secrets (GDPR recital 63; Cal. Civ. Code § 1798.100(f)).</summary>
    TradeSecret = 3,

    /// <summary>Numbers of accounts and identity papers, passwords and the like, which nobody sends (11 CCR § 7024(d); CA-10).</summary>
    NeverDisclosed = 4,
}

/// <summary>Grounds in words for the person, with the source in the law of their request.</summary>
public static class RedactionGrounds
{
    public static string InWords(RedactionGround ground, PrivacyRegime regime) => SourceOf(ground, regime) is { } source ? $"{Word(ground)}, {source}" : Word(ground);

    private static string Word(RedactionGround ground) => ground switch
    {
        RedactionGround.RightsOfOthers => "rights of others",
        RedactionGround.LegalAdvice => "legal advice",
        RedactionGround.TradeSecret => "trade secret",
        RedactionGround.NeverDisclosed => "too sensitive to be sent",
    };

    /// <returns>Null where the law of the request names none, or none is known here.</returns>
    private static string? SourceOf(RedactionGround ground, PrivacyRegime regime) => (ground, regime) switch
    {
        (RedactionGround.RightsOfOthers, PrivacyRegime.Gdpr) => "GDPR art. 15(4)",
        (RedactionGround.RightsOfOthers, PrivacyRegime.UkGdpr) => "UK GDPR art. 15(4)",
        (RedactionGround.RightsOfOthers, PrivacyRegime.Ccpa) => "Cal. Civ. Code § 1798.145(k)",
        (RedactionGround.LegalAdvice, PrivacyRegime.UkGdpr) => "DPA 2018 Sch. 2 para. 19",
        (RedactionGround.LegalAdvice, PrivacyRegime.Ccpa) => "Cal. Civ. Code § 1798.145(b)",
        (RedactionGround.TradeSecret, PrivacyRegime.Gdpr) => "GDPR recital 63",
        (RedactionGround.TradeSecret, PrivacyRegime.Ccpa) => "Cal. Civ. Code § 1798.100(f)",
        (RedactionGround.NeverDisclosed, PrivacyRegime.Ccpa) => "11 CCR § 7024(d)",
        _ => null,
    };
}
