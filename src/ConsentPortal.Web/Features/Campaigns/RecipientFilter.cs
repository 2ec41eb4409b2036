using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Which recipients of a campaign are listed, as the address says.</summary>
/// <param name="After">The last id of the page before; null for the first page.</param>
public sealed record RecipientFilter(MessageState? State = null, string? Reason = null, char? Variant = null, long? After = null)
{
    private const int LongestCode = 40;

    /// <summary>Of the words; null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Whether texts in a state can have such a reason: one of the ledger, or the provider's code of one that failed.</summary>
    public static bool IsReason(MessageState? state, string reason) =>
        Enum.GetNames<SendReason>().Contains(reason, StringComparer.Ordinal)
        || (state is MessageState.Failed or MessageState.Expired && reason.Length <= LongestCode && reason.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));

    /// <returns>Null for anything that is no letter of a text.</returns>
    public static char? Letter(string? text) =>
        text is [var letter] && char.ToUpperInvariant(letter) is var upper && upper >= CampaignText.First && upper < CampaignText.First + CampaignText.Most ? upper : null;
}
