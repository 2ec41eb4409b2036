namespace ConsentPortal.Application.Consent;

/// <summary>
/// The name under which screens and the audit trail speak of a listed number: the beginning of its keyed hash, which leads
/// nobody back to the number without the key ring.
/// </summary>
public static class SuppressionLabel
{
    private const int Shown = 10;

    public static string Of(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash)[..Shown];
}
