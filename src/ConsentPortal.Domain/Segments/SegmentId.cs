namespace ConsentPortal.Domain.Segments;

public readonly record struct SegmentId(Guid Value) : IStrongId<SegmentId>
{
    public static SegmentId From(Guid value) => new(value);

    public static SegmentId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
