using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>A text that programs have sent by its name, for one purpose. Its words are versions.</summary>
public sealed class TextTemplate
{
    public required Guid Id { get; init; }

    /// <summary>Small letters, digits and hyphens; unique, and kept for good, because programs know it.</summary>
    public required string Name { get; init; }

    public required PurposeId PurposeId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Nothing is sent with it any more.</summary>
    public DateTimeOffset? RetiredAt { get; set; }
}

/// <summary>Where a version of the words stands. Programs get the newest that is approved.</summary>
public enum TemplateState
{
    Draft = 1,

    /// <summary>Waits for somebody who wrote none of it.</summary>
    Proposed = 2,
    Approved = 3,
}

/// <summary>One version of a template's words; once approved it never changes.</summary>
public sealed class TextTemplateVersion
{
    public long Id { get; init; }

    public required Guid TemplateId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required TemplateState State { get; set; }

    /// <summary>A <see cref="TemplateContent"/> as JSON.</summary>
    public required string Json { get; set; }

    /// <summary>Ids of everybody who wrote in it, with blanks between.</summary>
    public required string WriterIds { get; set; }

    public required DateTimeOffset WrittenAt { get; set; }

    /// <summary>Rules whose findings somebody let stand when it was proposed, with commas between.</summary>
    public string? Confirmed { get; set; }

    public Guid? DecidedById { get; set; }

    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>What should change, where the second person said so.</summary>
    public string? Comment { get; set; }

    public TemplateContent Content => JsonSerializer.Deserialize<TemplateContent>(Json, JsonSerializerOptions.Web)!;

    public IReadOnlyList<Guid> Writers => [.. WriterIds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Guid.Parse)];

    /// <summary>Of exactly these words: an approval is of what somebody saw.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json)));
}

/// <param name="Texts">One for each language; the first serves whoever reads none of the others.</param>
/// <param name="Values">What a program hands in with each text, besides the merge fields of campaigns.</param>
public sealed record TemplateContent(IReadOnlyList<TemplateText> Texts, IReadOnlyList<TemplateValue> Values)
{
    /// <summary>The text of a language, else of the next best that the person reads, else the first.</summary>
    /// <param name="wanted">In the order in which they are tried; a region counts as its language.</param>
    public TemplateText In(params ReadOnlySpan<string?> wanted)
    {
        foreach (var language in wanted)
        {
            var code = language?.Split('-')[0].ToLowerInvariant();
            if (Texts.FirstOrDefault(text => text.Language == code) is { } found)
                return found;
        }

        return Texts[0];
    }

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);
}

/// <param name="Language">ISO 639-1.</param>
/// <param name="Body">With merge fields.</param>
public sealed record TemplateText(string Language, string Body);

/// <param name="Name">As the text writes it: {{ name }}. With a fallback it may be left out, without one it may not.</param>
/// <param name="Example">Stands in previews and for the linter.</param>
public sealed record TemplateValue(string Name, string Example);

internal sealed class TextTemplateMapping : IEntityTypeConfiguration<TextTemplate>, IEntityTypeConfiguration<TextTemplateVersion>
{
    public void Configure(EntityTypeBuilder<TextTemplate> builder)
    {
        builder.ToTable("TextTemplates");
        builder.Property(t => t.Name).HasMaxLength(60);
        builder.HasIndex(t => t.Name).IsUnique();
        builder.HasOne<Purpose>().WithMany().HasForeignKey(t => t.PurposeId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<TextTemplateVersion> builder)
    {
        builder.ToTable("TextTemplateVersions");
        builder.Property(v => v.WriterIds).HasMaxLength(1000);
        builder.Property(v => v.Confirmed).HasMaxLength(400);
        builder.Property(v => v.Comment).HasMaxLength(400);
        builder.Ignore(v => v.Content);
        builder.Ignore(v => v.Writers);
        builder.Ignore(v => v.Hash);
        builder.HasIndex(v => new { v.TemplateId, v.Number }).IsUnique();
        builder.HasOne<TextTemplate>().WithMany().HasForeignKey(v => v.TemplateId).OnDelete(DeleteBehavior.Restrict);
    }
}
