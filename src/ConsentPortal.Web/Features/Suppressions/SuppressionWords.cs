using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Where an entry of the do-not-text list comes from, in words.</summary>
internal static class SuppressionWords
{
    public static string Of(SuppressionSource source) => source switch
    {
        SuppressionSource.Keyword => "A text",
        SuppressionSource.PreferenceCentre => "Preference centre",
        SuppressionSource.Staff => "Staff",
        SuppressionSource.Import => "A list",
        SuppressionSource.Api => "API",
        SuppressionSource.Carrier => "Carrier",
        SuppressionSource.Complaint => "Complaint",
        SuppressionSource.Erasure => "Erasure",
        SuppressionSource.Reassigned => "New owner",
        SuppressionSource.InboxReview => "Inbox",
        SuppressionSource.WebForm => "Web form",
    };
}
