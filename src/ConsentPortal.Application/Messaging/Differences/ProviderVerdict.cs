using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>
/// What the provider last said about one number and one of our senders, and whether that differs from what is recorded here.
/// The provider keeps its blocks by pairs of numbers, so this does too.
/// </summary>
public sealed class ProviderVerdict
{
    public long Id { get; init; }

    public required byte[] PhoneHash { get; init; }

    /// <summary>As the purposes have it.</summary>
    public required string Sender { get; init; }

    public required ProviderWord Word { get; set; }

    public required ProviderEvidence Evidence { get; set; }

    /// <summary>The provider's raw code, where there was one.</summary>
    public string? Code { get; set; }

    /// <summary>By the provider's clock, or the date of its list (UTC).</summary>
    public required DateTimeOffset SaidAt { get; set; }

    public required DateTimeOffset RecordedAt { get; set; }

    /// <summary>The text of ours by which it was said.</summary>
    public long? MessageId { get; set; }

    /// <summary>Only of a text that was delivered after a stop: the purpose that the stop had ended.</summary>
    public PurposeId? PurposeId { get; set; }

    public ProviderDifference Difference { get; set; }

    /// <summary>When the difference was found.</summary>
    public DateTimeOffset? DiffersSince { get; set; }

    /// <summary>Somebody has said why it differs, and it waits for nobody.</summary>
    public bool IsExplained { get; set; }

    public DateTimeOffset? ExplainedAt { get; set; }

    /// <summary>The id of a member of staff.</summary>
    public string? ExplainedById { get; set; }

    public string? Explanation { get; set; }

    /// <summary>An explanation was about what was said before: once the provider says the opposite, it explains nothing.</summary>
    internal void Take(ProviderSaying said, DateTimeOffset now)
    {
        if (said.Word != Word)
            Settle();
        (Word, Evidence, Code, SaidAt, RecordedAt, MessageId, PurposeId) = (said.Word, said.Evidence, said.Code, said.At, now, said.MessageId, said.PurposeId);
    }

    /// <summary>There is no difference (any more), and nothing left to explain.</summary>
    internal void Settle() =>
        (Difference, DiffersSince, IsExplained, ExplainedAt, ExplainedById, Explanation) = (ProviderDifference.None, null, false, null, null, null);
}

internal sealed class ProviderVerdictMapping : IEntityTypeConfiguration<ProviderVerdict>
{
    public void Configure(EntityTypeBuilder<ProviderVerdict> builder)
    {
        builder.ToTable("ProviderVerdicts");
        builder.Property(v => v.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(v => v.Sender).HasMaxLength(20);
        builder.Property(v => v.Code).HasMaxLength(20);
        builder.Property(v => v.ExplainedById).HasMaxLength(64);
        builder.Property(v => v.Explanation).HasMaxLength(400);
        builder.HasIndex(v => new { v.PhoneHash, v.Sender }).IsUnique();
        // What differs is little among what is known, and is shown newest first.
        builder.HasIndex(v => new { v.Difference, v.IsExplained, v.Id });
    }
}
