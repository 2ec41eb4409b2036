using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// One thing by which an erased person could still be found, as a keyed hash: it says whether whoever searches again looks for the same. Kept
/// from the erasure until a search has found nothing. The hash holds the request, so that those of two requests can't be laid side by side.
/// </summary>
public sealed class ErasureTrace
{
    public long Id { get; init; }

    public required PrivacyRequestId RequestId { get; init; }

    public required TraceKind Kind { get; init; }

    public required byte[] Hash { get; init; }

    /// <summary>The person had it before, or it stood in a record that went into theirs.</summary>
    public required bool IsEarlier { get; init; }

    /// <summary>
    /// The next search has to look for it. Before the first one has ended that is all of today: nobody may know any more what was earlier. Then it
    /// is what was found, because what stands somewhere can be read there.
    /// </summary>
    public required bool IsNeeded { get; set; }

    internal static ErasureTrace Of(LookupHash hashes, PrivacyRequestId request, PersonTrace trace) => new()
    {
        RequestId = request, Kind = trace.Kind, Hash = HashOf(hashes, request, trace), IsEarlier = trace.IsEarlier, IsNeeded = !trace.IsEarlier,
    };

    internal static byte[] HashOf(LookupHash hashes, PrivacyRequestId request, PersonTrace trace) => hashes.Trace(request.ToString(), trace.Kind.ToString(), trace.Text);
}

/// <summary>What was looked for, in words that name nobody.</summary>
internal static class TraceWords
{
    public static string Of(TraceKind kind, bool isEarlier) => (kind, isEarlier) switch
    {
        (TraceKind.Number, false) => "the number",
        (TraceKind.Number, true) => "an earlier number",
        (TraceKind.Name, false) => "the full name",
        (TraceKind.Name, true) => "an earlier name",
        (TraceKind.ExternalId, false) => "the id in another system",
        (TraceKind.ExternalId, true) => "an earlier id",
    };

    /// <summary>Each once, with how many there are of it: "the number, an earlier number (2)".</summary>
    public static string Joined(IEnumerable<string> words) => string.Join(", ", words.GroupBy(w => w, StringComparer.Ordinal).Select(g => g.Count() == 1 ? g.Key : $"{g.Key} ({g.Count()})"));
}

internal sealed class ErasureTraceMapping : IEntityTypeConfiguration<ErasureTrace>
{
    public void Configure(EntityTypeBuilder<ErasureTrace> builder)
    {
        builder.ToTable("ErasureTraces");
        builder.Property(t => t.Hash).HasMaxLength(32);
        builder.HasIndex(t => t.RequestId);
        builder.HasOne<PrivacyRequest>().WithMany().HasForeignKey(t => t.RequestId).OnDelete(DeleteBehavior.Cascade);
    }
}
