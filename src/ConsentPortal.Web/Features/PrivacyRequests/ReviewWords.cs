using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The parts of a package in words for whoever looks through it.</summary>
internal static class ReviewWords
{
    /// <summary>At the beginning of a line; in a marker it stands within one.</summary>
    public static string Of(RedactionGround ground, PrivacyRegime regime) => Upper(RedactionGrounds.InWords(ground, regime));

    /// <summary>Within a sentence.</summary>
    public static string Lower(string words) => char.ToLowerInvariant(words[0]) + words[1..];

    private static string Upper(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    public static string Of(PackageSection section) => section switch
    {
        PackageSection.Profile => "Profile",
        PackageSection.Consents => "Consents, with their wording",
        PackageSection.FromPerson => "Texts from the person",
        PackageSection.ToPerson => "Texts to the person",
        PackageSection.Decisions => "Decisions about texts",
        PackageSection.Behaviour => "Purchases, clicks and replies",
        PackageSection.Lists => "Lists they were put into",
        PackageSection.Stops => "Stops",
        PackageSection.Provider => "What the provider says",
        PackageSection.Requests => "Requests, letters and messages",
        PackageSection.Comments => "Comments of staff and auditors",
        PackageSection.Looks => "Who looked at the data",
        PackageSection.Staff => "Staff who are named",
        PackageSection.Recipients => "Recipients",
        PackageSection.Documents => "Signed papers",
        PackageSection.Holds => "Legal holds",
        PackageSection.Earlier => "Merged records",
    };
}
