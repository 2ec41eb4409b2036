using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>One text that the SMS provider has to erase in its own records, with what it answered. Holds the provider's id and nothing of the person.</summary>
public sealed class ProviderRedaction
{
    public long Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    public required string ProviderMessageId { get; init; }

    public required MessageDirection Direction { get; init; }

    public RedactionState State { get; private set; } = RedactionState.Waiting;

    public int Attempts { get; private set; }

    /// <summary>Not to be asked for before (UTC).</summary>
    public required DateTimeOffset NextAt { get; set; }

    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Why it is still open, in a sentence for staff.</summary>
    public string? Answer { get; private set; }

    public void Take(RedactionOutcome outcome, DateTimeOffset now)
    {
        Attempts++;
        AnsweredAt = now;
        (State, NextAt, Answer) = outcome switch
        {
            RedactionOutcome.Redacted => (RedactionState.Redacted, now, null),
            RedactionOutcome.NotHeld => (RedactionState.NotHeld, now, null),
            RedactionOutcome.TooEarly early => (RedactionState.Waiting, now + early.RetryAfter + TimeSpan.FromMinutes(1), "The text is too young for the provider to erase."),
            RedactionOutcome.Postponed later => (RedactionState.Waiting, now + RedactionPauses.After(Attempts, later.RetryAfter), later.Sentence),
            RedactionOutcome.Refused refused => (RedactionState.Refused, now + RedactionPauses.Refused, refused.Sentence),
            _ => (State, NextAt, Answer),
        };
    }
}

public enum RedactionState
{
    /// <summary>Not asked for yet, or not answered.</summary>
    Waiting = 1,
    Redacted = 2,

    /// <summary>The provider has no such text any more.</summary>
    NotHeld = 3,

    /// <summary>A person has to act first; asked for again once a day.</summary>
    Refused = 4,
}

/// <summary>When the provider is asked.</summary>
internal static class RedactionPauses
{
    public static readonly TimeSpan Refused = TimeSpan.FromDays(1);

    /// <summary>The provider erases nothing that is younger than an hour.</summary>
    public static readonly TimeSpan AfterLastText = TimeSpan.FromMinutes(61);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <summary>Doubles with every attempt, from one minute to six hours, and is never shorter than the provider asks for.</summary>
    public static TimeSpan After(int attempts, TimeSpan asked)
    {
        var doubled = TimeSpan.FromMinutes(1) * Math.Pow(2, Math.Min(attempts - 1, 9));
        var own = doubled < Longest ? doubled : Longest;
        return own > asked ? own : asked;
    }
}

internal sealed class ProviderRedactionMapping : IEntityTypeConfiguration<ProviderRedaction>
{
    public void Configure(EntityTypeBuilder<ProviderRedaction> builder)
    {
        builder.ToTable("ProviderRedactions");
        builder.Property(r => r.ProviderMessageId).HasMaxLength(64);
        builder.Property(r => r.Answer).HasMaxLength(400);
        builder.HasIndex(r => new { r.State, r.NextAt });
        builder.HasIndex(r => r.RequestId);
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(r => r.RequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
