namespace ConsentPortal.Domain.Subscribers;

public readonly record struct SubscriberId(Guid Value) : IStrongId<SubscriberId>
{
    public static SubscriberId From(Guid value) => new(value);

    public static SubscriberId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
