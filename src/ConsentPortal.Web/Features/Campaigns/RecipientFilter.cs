using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Which recipients of a campaign are listed, as the address says.</summary>
/// <param name="After">The last id of the page before; null for the first page.</param>
public sealed record RecipientFilter(MessageState? State = null, string? Reason = null, char? Variant = null, long? After = null)
{
    /// <summary>Of the words; null for all.</summary>
    public string? Language { get; init; }

    /// <returns>Null for anything that is no letter of a text.</returns>
    public static char? Letter(string? text) =>
        text is [var letter] && char.ToUpperInvariant(letter) is var upper && upper >= CampaignText.First && upper < CampaignText.First + CampaignText.Most ? upper : null;
}
