namespace ConsentPortal.Domain.Segments;

/// <summary>A condition that is met by any of several values; equal when it lists the same values in the same order.</summary>
public abstract record ListCondition<T>(IReadOnlyList<T> Values) : SegmentRule
{
    private const int MostValues = 50;

    private protected abstract string What { get; }

    private protected virtual bool IsGood(T value) => true;

    internal override IEnumerable<string> Problems()
    {
        if (Values is null or { Count: 0 })
            yield return $"Choose at least one {What}.";
        else if (Values.Count > MostValues)
            yield return $"At most {MostValues} values fit into one condition; this one lists {Values.Count}.";
        else
            foreach (var bad in Values.Where(v => !IsGood(v)).Take(1))
                yield return $"\"{bad}\" is no {What}.";
    }

    public virtual bool Equals(ListCondition<T>? other) => other is not null && EqualityContract == other.EqualityContract && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(EqualityContract.GetHashCode(), (hash, value) => HashCode.Combine(hash, value));

    private protected static bool IsCode(string? text, int shortest, int longest) =>
        text is not null && text.Length >= shortest && text.Length <= longest && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
