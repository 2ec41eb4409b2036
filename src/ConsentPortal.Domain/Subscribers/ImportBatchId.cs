namespace ConsentPortal.Domain.Subscribers;

public readonly record struct ImportBatchId(Guid Value) : IStrongId<ImportBatchId>
{
    public static ImportBatchId From(Guid value) => new(value);

    public static ImportBatchId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
