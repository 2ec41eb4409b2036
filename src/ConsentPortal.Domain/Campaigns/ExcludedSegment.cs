using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>A segment or static list whose people a campaign leaves out.</summary>
public sealed class ExcludedSegment
{
    public required SegmentId SegmentId { get; init; }

    /// <summary>The version that was meant when the campaign was last edited.</summary>
    public required int Version { get; set; }
}
