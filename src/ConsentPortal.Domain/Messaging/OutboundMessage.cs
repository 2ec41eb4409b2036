using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.Messaging;

/// <summary>
/// One text to one person, planned before anything is sent: at most one per campaign and subscriber, whatever dies.
/// The decision columns are the compact form of the policy's answer; the details can be computed again from the
/// versioned policy and the facts of that instant.
/// </summary>
public sealed class OutboundMessage
{
    public long Id { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public CampaignId? CampaignId { get; init; }

    public required MessageKind Kind { get; init; }

    public required MessageClass MessageClass { get; init; }

    public required PurposeId PurposeId { get; init; }

    /// <summary>Given to the provider, echoed in receipts, free of personal data; unique.</summary>
    public required string ClientRef { get; init; }

    public required DateTimeOffset PlannedAt { get; init; }

    /// <summary>Not to be sent before (UTC).</summary>
    public required DateTimeOffset DueAt { get; set; }

    /// <summary>Not to be sent after (UTC); an answer to a STOP has 300 seconds (US-16).</summary>
    public DateTimeOffset? NotAfter { get; set; }

    public required MessageState State { get; set; }

    /// <summary>The rendered text, encrypted with the person's key. Null for a campaign text until it is sent.</summary>
    public byte[]? BodySealed { get; set; }

    /// <summary>The process that called the provider, and until when its silence counts as work.</summary>
    public string? SendingBy { get; set; }

    public DateTimeOffset? LeaseUntil { get; set; }

    public int Attempts { get; set; }

    public string? ProviderMessageId { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset? FinalAt { get; set; }

    public string? ErrorCode { get; set; }

    /// <summary>The fields that the provider named when it refused the text, with its reasons; digits of numbers are masked. Null when it named none.</summary>
    public string? RefusedFields { get; set; }

    /// <summary>The time in which the number that the text went to was this person's; null before it is sent. What is learned later is learned of that number.</summary>
    public NumberPeriodId? NumberPeriodId { get; set; }

    public int? Parts { get; set; }

    /// <summary>In the provider's currency (euro).</summary>
    public decimal? Price { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>Allow, defer, block or hold: the number of the decision kind, null before the first decision.</summary>
    public int? DecisionKind { get; set; }

    /// <summary>Bit n set: gate n did not pass.</summary>
    public int? FailedGates { get; set; }

    /// <summary>The reason code that decided, null for an allowed text.</summary>
    public string? Reason { get; set; }

    /// <summary>The rule that decided, such as US-09.</summary>
    public string? Rule { get; set; }

    public int? PolicyVersion { get; set; }

    /// <summary>When hours or caps first held it back (UTC), whatever became of it; null where they never did.</summary>
    public DateTimeOffset? FirstHeldAt { get; private set; }

    /// <summary>The reason code of that decision.</summary>
    public string? FirstHeldReason { get; private set; }

    /// <summary>Its rule.</summary>
    public string? FirstHeldRule { get; private set; }

    /// <summary>The consent on which it was allowed.</summary>
    public long? ConsentEventId { get; set; }

    public WordingId? WordingId { get; set; }

    /// <summary>Which of its campaign's texts this person gets; null where there is only one.</summary>
    public char? Variant { get; set; }

    /// <summary>In which language the words were chosen for this person, with the decision; null before it, and where the campaign has one language.</summary>
    public string? Language { get; set; }

    /// <summary>
    /// Whether a place among the limited number of its campaign still has to be found: its person could not be texted when
    /// places were given out. The first decision settles it, by a place or by the end of the text.
    /// </summary>
    public bool IsWithoutPlace => Reason == nameof(SendReason.NoPlaceYet);

    /// <summary>
    /// Keeps what first held it back, because each later decision overwrites the one before. What is no hour and no cap, such as a
    /// campaign's own start, a sender's limit or a failure of the provider, is not kept: it says nothing of how the rules were kept.
    /// </summary>
    public void HoldBack(SendReason reason, string? rule, DateTimeOffset at)
    {
        if (FirstHeldAt is null && HoursAndCaps.Reasons.Contains(reason))
            (FirstHeldAt, FirstHeldReason, FirstHeldRule) = (at, reason.ToString(), rule);
    }

    /// <summary>Planned, and looked at when it is due, because only the rules say why this person gets nothing.</summary>
    public void PlanWithoutPlace() => Reason = nameof(SendReason.NoPlaceYet);
}
