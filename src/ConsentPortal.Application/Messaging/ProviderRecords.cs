using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging;

/// <summary>One entry of the provider's own records.</summary>
/// <param name="ReceivedAt">When the provider took it (UTC), null if the record does not say.</param>
public sealed record ProviderRecord(
    string ProviderMessageId, string? ClientRef, DeliveryStatus Status, string? ErrorCode, DateTimeOffset? ReceivedAt, decimal? Price)
{
    /// <summary>Null when there is no error, or the code says nothing about the number or our settings.</summary>
    public ProviderErrorClass? ErrorClass { get; init; }

    /// <summary>Whether the records count each part of a text as a message.</summary>
    public bool IsOfPart { get; init; }
}

/// <summary>A text that the provider refused because it blocks the number.</summary>
/// <param name="To">E.164.</param>
/// <param name="From">As the provider writes it, without a plus.</param>
/// <param name="At">When the provider took the text (UTC), null if the record does not say.</param>
public sealed record ProviderRefusal(string To, string From, string Code, DateTimeOffset? At)
{
    /// <summary>Without the number, so that the record can stand in a log.</summary>
    public override string ToString() => $"Refusal {Code}";
}

/// <summary>The money left at the provider.</summary>
/// <param name="Currency">ISO 4217.</param>
public sealed record ProviderBalance(decimal Amount, string Currency, bool RefillsItself);

/// <summary>What the provider knows about a number. Null means that it did not say.</summary>
public sealed record LineInsight(
    bool? IsValidFormat, string? Country, LineType LineType, Carrier? CurrentCarrier, Carrier? OriginalCarrier, bool? IsReachable)
{
    /// <summary>The number has left the carrier that first issued it. Null if one of the two is unknown.</summary>
    public bool? IsPorted => CurrentCarrier?.NetworkCode is { } current && OriginalCarrier?.NetworkCode is { } original ? current != original : null;
}

public sealed record Carrier(string? Name, string? NetworkCode);

public enum LineType
{
    Unknown = 0,
    Mobile = 1,
    Landline = 2,
    TollFree = 3,
    Premium = 4,
    Virtual = 5,
    Pager = 6,
}

/// <summary>A question to the provider that got no usable answer. Nothing was changed by it.</summary>
/// <param name="Code">The provider's code or the HTTP status.</param>
/// <param name="RetryAfter">Null when asking again would get the same answer.</param>
public sealed record ProviderDidNotAnswer(string Code, string Sentence, TimeSpan? RetryAfter) : Failure(Sentence);

/// <summary>What became of a request to erase one message at the provider.</summary>
public abstract record RedactionOutcome
{
    private RedactionOutcome()
    {
    }

    /// <summary>Overwritten in the provider's message records. Its server logs fade out within about a month.</summary>
    public sealed record Redacted : RedactionOutcome;

    /// <summary>The provider holds no such message (any more): nothing left to erase.</summary>
    public sealed record NotHeld : RedactionOutcome;

    /// <summary>The message is too young; ask again after <paramref name="RetryAfter"/>.</summary>
    public sealed record TooEarly(TimeSpan RetryAfter) : RedactionOutcome;

    /// <summary>No answer, or too fast; safe to ask again.</summary>
    public sealed record Postponed(TimeSpan RetryAfter, string Sentence) : RedactionOutcome;

    /// <summary>A person must act first, for example have the product enabled for the account.</summary>
    public sealed record Refused(string Code, string Sentence) : RedactionOutcome;
}
