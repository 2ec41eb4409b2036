using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Letters;

/// <summary>
/// One letter to the person. Its words are sealed with the person's key and go with it; that it was written and sent, when and by
/// whom, proves the answer and stays.
/// </summary>
public sealed class PrivacyRequestLetter
{
    public long Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    /// <summary>Whose key seals the words: the person's, or, by the request's own id, that of the request while no record has its number.</summary>
    public required SubscriberId SubscriberId { get; set; }

    public required LetterKind Kind { get; init; }

    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Null where the person's key was gone when it was written: it then says what its template says.</summary>
    public byte[]? TextSealed { get; set; }

    /// <summary>Since when its words are as they stand.</summary>
    public required DateTimeOffset WrittenAt { get; set; }

    public required string WrittenBy { get; set; }

    /// <summary>The day on which staff sent it, by the organisation's calendar; null while it waits.</summary>
    public DateOnly? SentOn { get; set; }

    public string? SentBy { get; set; }
}
