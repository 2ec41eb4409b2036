using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>Something that is left out of one request's package. What and why is sealed with the person's key and goes with it.</summary>
public sealed class PackageRedaction
{
    public long Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    /// <summary>Whose key seals the detail.</summary>
    public required SubscriberId SubscriberId { get; init; }

    public required RedactionGround Ground { get; init; }

    /// <summary>A <see cref="RedactionDetail"/> as JSON.</summary>
    public required byte[] DetailSealed { get; init; }

    public required DateTimeOffset At { get; init; }

    public required string By { get; init; }
}

/// <param name="Item">Of <see cref="PackageWord.Item"/>; null for words wherever they stand.</param>
/// <param name="Words">Null for the whole text.</param>
internal sealed record RedactionDetail(string? Item, string? Words, string Reason);
