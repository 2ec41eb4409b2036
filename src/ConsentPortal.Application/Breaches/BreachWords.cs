using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Application.Breaches;

/// <summary>Breaches in words for people, the same on pages, in letters and in files.</summary>
public static class BreachWords
{
    public static string Of(BreachRisk risk) => risk switch
    {
        BreachRisk.Unlikely => "Risk unlikely",
        BreachRisk.Risk => "Risk",
        BreachRisk.High => "High risk",
    };

    /// <summary>What follows from it, with its source.</summary>
    public static string DutyOf(BreachRisk risk) => risk switch
    {
        BreachRisk.Unlikely => "On record only (GDPR art. 33(1), (5)). Closing it needs the grounds.",
        BreachRisk.Risk => "The authority is told within 72 hours (GDPR art. 33(1)).",
        BreachRisk.High => "The authority is told within 72 hours, and the people without undue delay (GDPR art. 33(1), 34(1)).",
    };

    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.Authority => "Authority",
        NoticeKind.People => "People concerned",
        NoticeKind.Other => "Somebody else",
    };
}
