namespace ConsentPortal.Domain.Subscribers;

public readonly record struct NumberPeriodId(Guid Value) : IStrongId<NumberPeriodId>
{
    public static NumberPeriodId From(Guid value) => new(value);

    public static NumberPeriodId New(DateTimeOffset now) => new(AscendingIds.Next(now));

    public override string ToString() => Value.ToString();
}
