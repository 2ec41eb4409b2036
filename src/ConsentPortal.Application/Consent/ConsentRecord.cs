using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Consent;

/// <summary>
/// The fold of a person's events for one purpose, kept so that lists and segments need not fold. Written only together
/// with an event, by the same fold, in the same transaction.
/// </summary>
public sealed class ConsentRecord
{
    public required SubscriberId SubscriberId { get; init; }

    public required PurposeId PurposeId { get; init; }

    public ConsentStatus Status { get; private set; }

    public ConsentLevel Level { get; private set; }

    public LegalBasis Basis { get; private set; }

    public ConsentChannel Channel { get; private set; }

    public DoubleOptIn DoubleOptInBy { get; private set; }

    public WordingId? WordingId { get; private set; }

    public DateTimeOffset? GrantedAt { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public DateTimeOffset? Since { get; private set; }

    public long? GrantEventId { get; private set; }

    public ConsentState State => new(Status, Level, Basis, Channel, DoubleOptInBy, WordingId, GrantedAt, ExpiresAt, Since, GrantEventId);

    public void Take(ConsentState state) =>
        (Status, Level, Basis, Channel, DoubleOptInBy, WordingId, GrantedAt, ExpiresAt, Since, GrantEventId) =
        (state.Status, state.Level, state.Basis, state.Channel, state.DoubleOptInBy, state.WordingId, state.GrantedAt, state.ExpiresAt,
            state.Since, state.GrantEventId);
}

/// <summary>
/// A "do not text" that outlives the person's data: a keyed hash, how far it reaches, and why. A later import of the same
/// number finds it (EU-22).
/// </summary>
public sealed class Suppression
{
    public long Id { get; init; }

    public required byte[] PhoneHash { get; init; }

    public required SuppressionScope Scope { get; init; }

    public PurposeId? PurposeId { get; init; }

    public string? Sender { get; init; }

    public required SuppressionSource Source { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>
    /// The person stopped it themselves, whoever wrote it down, so that their next own act can take it back. Never set for a
    /// complaint or a privacy request: these outlast a START.
    /// </summary>
    public bool IsActOfPerson { get; init; }

    /// <summary>Set when the person themselves started again, or staff took back an entry of their own; the row stays.</summary>
    public DateTimeOffset? LiftedAt { get; set; }

    /// <summary>Whether it stops the texts of a purpose.</summary>
    public bool Reaches(Purpose purpose) => Scope switch
    {
        SuppressionScope.All => true,
        SuppressionScope.Marketing => purpose.MessageClass == MessageClass.Marketing,
        SuppressionScope.Purpose => PurposeId == purpose.Id,
        SuppressionScope.Sender => Sender == purpose.Sender,
    };
}

internal sealed class ConsentMapping : IEntityTypeConfiguration<ConsentEvent>, IEntityTypeConfiguration<ConsentRecord>,
    IEntityTypeConfiguration<Suppression>, IEntityTypeConfiguration<Purpose>, IEntityTypeConfiguration<PurposeKeyword>, IEntityTypeConfiguration<Wording>
{
    public void Configure(EntityTypeBuilder<ConsentEvent> builder)
    {
        builder.ToTable("ConsentEvents");
        builder.Property(e => e.ActorId).HasMaxLength(64);
        builder.Property(e => e.InboundProviderId).HasMaxLength(64);
        builder.Property(e => e.Reason).HasMaxLength(400);
        builder.HasIndex(e => new { e.SubscriberId, e.PurposeId, e.Id });
        builder.HasIndex(e => new { e.PurposeId, e.At });
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(e => e.SubscriberId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(e => e.PurposeId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<Wording>().WithMany().HasForeignKey(e => e.WordingId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<ConsentRecord> builder)
    {
        builder.ToTable("ConsentRecords");
        builder.HasKey(r => new { r.SubscriberId, r.PurposeId });
        builder.Ignore(r => r.State);
        // Where several transactions write at once, one folds its event into what another has just replaced: a STOP and a YES of the same
        // moment. Whoever saves second finds another row than they read, and does their work again on that one.
        builder.Property(r => r.Status).IsConcurrencyToken();
        builder.Property(r => r.Since).IsConcurrencyToken();
        builder.Property(r => r.GrantEventId).IsConcurrencyToken();
        builder.HasIndex(r => new { r.PurposeId, r.Status, r.SubscriberId, r.ExpiresAt });
        builder.HasOne<Subscriber>().WithMany().HasForeignKey(r => r.SubscriberId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Purpose>().WithMany().HasForeignKey(r => r.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Suppression> builder)
    {
        builder.ToTable("Suppressions");
        builder.Property(s => s.PhoneHash).HasMaxLength(LookupHash.PhoneHashSize);
        builder.Property(s => s.Sender).HasMaxLength(20);
        builder.Property(s => s.Reason).HasMaxLength(400);
        builder.HasIndex(s => s.PhoneHash);
        builder.HasIndex(s => s.At);
    }

    public void Configure(EntityTypeBuilder<Purpose> builder)
    {
        builder.ToTable("Purposes");
        builder.Property(p => p.Name).HasMaxLength(100);
        builder.Property(p => p.Brand).HasMaxLength(100);
        builder.Property(p => p.Sender).HasMaxLength(20);
        builder.Property(p => p.JoinKeyword).HasMaxLength(34);
        builder.Property(p => p.Countries).HasMaxLength(400);
        builder.HasIndex(p => p.Name).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PurposeKeyword> builder)
    {
        builder.ToTable("PurposeKeywords");
        builder.Property(k => k.Sender).HasMaxLength(20);
        builder.Property(k => k.Word).HasMaxLength(34);
        builder.Property(k => k.Language).HasMaxLength(8);
        builder.HasIndex(k => new { k.Sender, k.Word });
        builder.HasOne<Purpose>().WithMany().HasForeignKey(k => k.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Wording> builder)
    {
        builder.ToTable("Wordings");
        builder.Property(w => w.Language).HasMaxLength(8);
        builder.Property(w => w.Hash).HasMaxLength(64);
        builder.Property(w => w.PromisedFrequency).HasMaxLength(200);
        builder.Property(w => w.PrivacyPolicyVersion).HasMaxLength(60);
        builder.Property(w => w.ShownAt).HasMaxLength(400);
        builder.HasIndex(w => new { w.PurposeId, w.Language, w.Version }).IsUnique();
        builder.HasOne<Purpose>().WithMany().HasForeignKey(w => w.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }
}
