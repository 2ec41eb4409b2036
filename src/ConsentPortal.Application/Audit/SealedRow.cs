using System.Text;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Audit;

/// <summary>What a verification looks at of one entry, as bytes: millions are read, and none is kept.</summary>
internal readonly ref struct SealedRow
{
    public required long Place { get; init; }

    public required ReadOnlySpan<byte> Leaf { get; init; }

    public required ReadOnlySpan<byte> LeafHash { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? Subject { get; init; }

    public required ActorKind ActorKind { get; init; }

    // The texts in UTF-8; a request that is not known is empty.
    public required ReadOnlySpan<byte> ActorId { get; init; }

    public required ReadOnlySpan<byte> Action { get; init; }

    public required ReadOnlySpan<byte> ObjectKind { get; init; }

    public required ReadOnlySpan<byte> ObjectId { get; init; }

    public required ReadOnlySpan<byte> RequestId { get; init; }

    public static SealedRow Of(AuditEntry entry) => new()
    {
        Place = entry.LeafIndex!.Value, Leaf = entry.Leaf, LeafHash = entry.LeafHash, At = entry.At, Subject = entry.SubscriberId?.Value, ActorKind = entry.ActorKind,
        ActorId = Encoding.UTF8.GetBytes(entry.ActorId), Action = Encoding.UTF8.GetBytes(entry.Action), ObjectKind = Encoding.UTF8.GetBytes(entry.ObjectKind),
        ObjectId = Encoding.UTF8.GetBytes(entry.ObjectId), RequestId = Encoding.UTF8.GetBytes(entry.RequestId ?? ""),
    };
}
