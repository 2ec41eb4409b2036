namespace ConsentPortal.Domain.PrivacyRequests;

public readonly record struct PrivacyRequestId(Guid Value) : IStrongId<PrivacyRequestId>
{
    public static PrivacyRequestId From(Guid value) => new(value);

    public static PrivacyRequestId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
