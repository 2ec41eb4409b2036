namespace ConsentPortal.Domain.Segments;

/// <summary>One version of a segment.</summary>
public sealed record SegmentAt(SegmentId Id, int Version);
