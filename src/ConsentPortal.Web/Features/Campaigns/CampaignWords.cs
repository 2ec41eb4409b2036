using System.Text;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>The words and colours under which pages show campaigns and their texts.</summary>
internal static class CampaignWords
{
    public static (Meaning Meaning, string Word) Of(CampaignStatus status) => status switch
    {
        CampaignStatus.Draft => (Meaning.Neutral, "Draft"),
        CampaignStatus.InReview => (Meaning.Pending, "In review"),
        CampaignStatus.ChangesRequested => (Meaning.Blocked, "Changes requested"),
        CampaignStatus.Approved => (Meaning.Granted, "Approved"),
        CampaignStatus.Scheduled => (Meaning.Deferred, "Scheduled"),
        CampaignStatus.Preparing => (Meaning.Pending, "Preparing"),
        CampaignStatus.Sending => (Meaning.Granted, "Sending"),
        CampaignStatus.Paused => (Meaning.Deferred, "Paused"),
        CampaignStatus.Repeating => (Meaning.Granted, "Repeating"),
        CampaignStatus.Finished => (Meaning.Neutral, "Finished"),
        CampaignStatus.Cancelled => (Meaning.Withdrawn, "Cancelled"),
    };

    public static (Meaning Meaning, string Word) Of(MessageState state) => state switch
    {
        MessageState.Planned => (Meaning.Neutral, "Planned"),
        MessageState.Deferred => (Meaning.Deferred, "Deferred"),
        MessageState.Sending => (Meaning.Pending, "Sending"),
        MessageState.Accepted => (Meaning.Pending, "Accepted"),
        MessageState.Delivered => (Meaning.Granted, "Delivered"),
        MessageState.Failed => (Meaning.Blocked, "Failed"),
        MessageState.Expired => (Meaning.Blocked, "Expired"),
        MessageState.Skipped => (Meaning.Withdrawn, "Skipped"),
        MessageState.Unconfirmed => (Meaning.Pending, "Unconfirmed"),
    };

    /// <summary>A code of the ledger in words: "QuietHours" is "Quiet hours". Numbers of the provider stay as they are.</summary>
    public static string Reason(string code) => code switch
    {
        nameof(SendReason.DncListed) => "On a do-not-call register",
        nameof(SendReason.DncStale) => "Do-not-call register not asked lately",
        nameof(SendReason.NoSmsDoubleOptIn) => "Not confirmed by text",
        nameof(SendReason.SuspectNumber) => "Number fails again and again",
        nameof(SendReason.ExcludedSegment) => "In a segment that is left out",
        nameof(SendReason.Holdout) => "Held out",
        nameof(SendReason.AudienceCap) => "Above the number of people",
        nameof(SendReason.NoPlaceYet) => "No place among the number of people yet",
        nameof(SendReason.SenderLimit) => "Limit of the sender or its carrier reached",
        nameof(SendReason.PastNotAfter) => "Too late for this campaign",
        nameof(SendReason.SettledAsSent) => "A person says that it left",
        nameof(SendReason.SettledAsNotSent) => "A person says that it did not leave",
        _ => Spaced(code),
    };

    /// <summary>Why a text failed: a reason of the ledger in words, or the provider's code, which means different things from one of its answers to another.</summary>
    /// <param name="error">What the code means; null where that is not known.</param>
    public static string Failure(string code, ProviderErrorMeaning? error = null) =>
        Enum.GetNames<SendReason>().Contains(code, StringComparer.Ordinal) ? Reason(code) : Provider(code, error);

    /// <summary>The provider's code of a text that did not arrive, with what it means where that is known.</summary>
    public static string Provider(string code, ProviderErrorMeaning? error) => error is null ? $"Provider's code {code}" : $"Provider's code {code}, {error.Meaning}";

    /// <summary>What a code of the provider says about the number or about us.</summary>
    public static string Of(ProviderErrorClass errorClass) => errorClass switch
    {
        ProviderErrorClass.Transient => "May succeed later",
        ProviderErrorClass.PermanentNumber => "The number is gone",
        ProviderErrorClass.OptedOut => "Opted out at the provider",
        ProviderErrorClass.SoftStrike => "A strike against the number",
        ProviderErrorClass.Barred => "The provider takes no text to this number",
        ProviderErrorClass.Configuration => "Our settings or registration",
        ProviderErrorClass.Account => "Our account or bill",
        ProviderErrorClass.DailyLimit => "The sender had its texts for that day",
        ProviderErrorClass.Content => "The words were refused",
    };

    private static string Spaced(string code)
    {
        var words = new StringBuilder(code.Length + 8);
        for (var i = 0; i < code.Length; i++)
        {
            if (i > 0 && char.IsUpper(code[i]))
                words.Append(' ');
            words.Append(i == 0 ? code[i] : char.ToLowerInvariant(code[i]));
        }

        return words.ToString();
    }
}
