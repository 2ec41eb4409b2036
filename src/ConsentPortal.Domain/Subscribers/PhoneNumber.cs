namespace ConsentPortal.Domain.Subscribers;

/// <summary>A possible and valid number in E.164; <see cref="ToString"/> is masked so that it can stand in a log.</summary>
public sealed record PhoneNumber(string E164, string Region)
{
    public override string ToString() => E164.Length < 6 ? "•••" : $"{E164[..3]} ••• {E164[^4..]}";
}
