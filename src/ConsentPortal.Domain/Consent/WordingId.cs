namespace ConsentPortal.Domain.Consent;

public readonly record struct WordingId(Guid Value) : IStrongId<WordingId>
{
    public static WordingId From(Guid value) => new(value);

    public static WordingId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
