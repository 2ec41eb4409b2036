namespace ConsentPortal.Domain;

/// <summary>
/// An id that cannot be mistaken for the id of something else. Values are version 7 UUIDs, so that they sort by the
/// instant of their making; see docs/decisions/0004-ids-and-time.md.
/// </summary>
public interface IStrongId<TSelf> where TSelf : struct, IStrongId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);

    static virtual TSelf New(DateTimeOffset now) => TSelf.From(Guid.CreateVersion7(now));
}
