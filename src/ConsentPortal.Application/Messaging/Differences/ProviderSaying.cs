using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>One thing that the provider has said about a number and a sender.</summary>
/// <param name="Sender">As the purposes have it.</param>
/// <param name="At">By the provider's clock, or the date of its list (UTC).</param>
internal sealed record ProviderSaying(
    byte[] PhoneHash, string Sender, ProviderWord Word, ProviderEvidence Evidence, DateTimeOffset At, string? Code = null, long? MessageId = null, PurposeId? PurposeId = null);
