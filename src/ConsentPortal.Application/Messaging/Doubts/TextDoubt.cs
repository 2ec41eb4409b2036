using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <summary>What a person found out about a text in doubt. The numbers are stored.</summary>
public enum DoubtSettlement
{
    /// <summary>It left: it counts as sent, and for every cap, from the moment in which it was handed over.</summary>
    Left = 1,

    /// <summary>It did not leave: it has failed, counts for no cap, and is not sent again by itself.</summary>
    DidNotLeave = 2,
}

/// <summary>
/// What is known of a text in doubt beside its row of the send ledger: why nobody knows, what the provider's records said, and how a
/// person settled it. A text without such a row is in doubt because its process ended before it could write why.
/// </summary>
public sealed class TextDoubt
{
    /// <summary>The row of the send ledger.</summary>
    public required long MessageId { get; init; }

    public UnconfirmedCause? Cause { get; set; }

    /// <summary>How often the provider's records were asked for.</summary>
    public int Looks { get; set; }

    /// <summary>How often they answered that there is no such text.</summary>
    public int NotThere { get; set; }

    public DateTimeOffset? LookedAt { get; set; }

    /// <summary>Why the last look got no answer; null when it got one.</summary>
    public string? Unanswered { get; set; }

    public DoubtSettlement? SettledAs { get; set; }

    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>The member of staff.</summary>
    public string? SettledById { get; set; }

    /// <summary>Why they think so; names nobody.</summary>
    public string? Grounds { get; set; }
}

internal sealed class DoubtMapping : IEntityTypeConfiguration<TextDoubt>
{
    public const int LongestSentence = 400;

    public void Configure(EntityTypeBuilder<TextDoubt> builder)
    {
        builder.ToTable("TextDoubts");
        builder.HasKey(d => d.MessageId);
        builder.Property(d => d.MessageId).ValueGeneratedNever();
        builder.Property(d => d.Unanswered).HasMaxLength(LongestSentence);
        builder.Property(d => d.SettledById).HasMaxLength(64);
        builder.Property(d => d.Grounds).HasMaxLength(LongestSentence);
        builder.HasIndex(d => new { d.SettledAt, d.MessageId });
        builder.HasOne<OutboundMessage>().WithMany().HasForeignKey(d => d.MessageId).OnDelete(DeleteBehavior.Cascade);
    }
}
