using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Which recipients of a campaign are listed, as the address says.</summary>
/// <param name="After">The last id of the page before; null for the first page.</param>
public sealed record RecipientFilter(MessageState? State = null, string? Reason = null, char? Variant = null, long? After = null)
{
    /// <summary>In the address: failed or expired.</summary>
    public const string Undelivered = "undelivered";

    private const int LongestCode = 40;

    /// <summary>All whose text failed or expired; <see cref="State"/> is null then.</summary>
    public bool IsUndelivered { get; init; }

    /// <summary>Whether only texts are listed that did not arrive, of which some have a code of the provider.</summary>
    public bool IsOfFailures => IsUndelivered || State is MessageState.Failed or MessageState.Expired;

    /// <summary>Which states are listed, as the address says it; null for all.</summary>
    public string? StateText => IsUndelivered ? Undelivered : State?.ToString().ToLowerInvariant();

    /// <summary>Of the words; null for all.</summary>
    public string? Language { get; init; }

    /// <summary>Whether what is listed can have such a reason: one of the ledger, or the provider's code of a text that failed.</summary>
    public bool CanHave(string reason) =>
        Enum.GetNames<SendReason>().Contains(reason, StringComparer.Ordinal)
        || (IsOfFailures && reason.Length <= LongestCode && reason.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'));

    /// <summary>Everybody in the states that an address names; all where it names none that exists.</summary>
    public static RecipientFilter InStates(string? text) =>
        string.Equals(text, Undelivered, StringComparison.OrdinalIgnoreCase) ? new RecipientFilter { IsUndelivered = true }
        : new RecipientFilter(Enum.TryParse<MessageState>(text, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : null);

    /// <returns>Null for anything that is no letter of a text.</returns>
    public static char? Letter(string? text) =>
        text is [var letter] && char.ToUpperInvariant(letter) is var upper && upper >= CampaignText.First && upper < CampaignText.First + CampaignText.Most ? upper : null;
}
