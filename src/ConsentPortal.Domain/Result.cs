using System.Diagnostics.CodeAnalysis;

namespace ConsentPortal.Domain;

/// <summary>
/// An expected "no". <see cref="Message"/> is a full sentence for staff: what happened, what was kept, what to do next.
/// It never holds a phone number, a name or any other personal data.
/// </summary>
public abstract record Failure(string Message);

/// <summary>The outcome of something that may be refused: either a value or the <see cref="Domain.Failure"/> that says why not.</summary>
public readonly struct Result<T> : IEquatable<Result<T>>
{
    private readonly T? _value;

    private Result(T? value, Failure? failure) => (_value, Failure) = (value, failure);

    /// <summary>Why there is no value; null exactly when <see cref="IsSuccess"/>.</summary>
    public Failure? Failure { get; }

    [MemberNotNullWhen(false, nameof(Failure))]
    public bool IsSuccess => Failure is null;

    /// <exception cref="InvalidOperationException">The outcome is a failure.</exception>
    public T Value => IsSuccess ? _value! : throw new InvalidOperationException($"There is no value: {Failure.Message}");

    public bool TryGet([MaybeNullWhen(false)] out T value, [MaybeNullWhen(true)] out Failure failure)
    {
        value = _value;
        failure = Failure;
        return IsSuccess;
    }

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Failure failure) => new(default, failure ?? throw new ArgumentNullException(nameof(failure)));

    public bool Equals(Result<T> other) =>
        EqualityComparer<T?>.Default.Equals(_value, other._value) && Equals(Failure, other.Failure);

    public override bool Equals(object? obj) => obj is Result<T> other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_value, Failure);

    public static bool operator ==(Result<T> left, Result<T> right) => left.Equals(right);

    public static bool operator !=(Result<T> left, Result<T> right) => !left.Equals(right);
}

/// <summary>The value of a use case that has nothing to return but its success.</summary>
public readonly record struct Done
{
    public static Done Value => default;
}
