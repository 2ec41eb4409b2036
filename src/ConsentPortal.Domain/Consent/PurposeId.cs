namespace ConsentPortal.Domain.Consent;

public readonly record struct PurposeId(Guid Value) : IStrongId<PurposeId>
{
    public static PurposeId From(Guid value) => new(value);

    public static PurposeId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
