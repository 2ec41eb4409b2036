using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ConsentPortal.Application.Staff;

/// <summary>A key as its program sends it: <c>cp_</c> and 256 random bits. Whoever has it is the program.</summary>
internal static class ApiKeySecret
{
    private const string Mark = "cp_";
    private const int Bytes = 32;
    private const int PrefixLength = 10;

    private static readonly int Length = Mark.Length + Base64Url.GetEncodedLength(Bytes);

    public static string New() => Mark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static string PrefixOf(string secret) => secret[..PrefixLength];

    /// <returns>What the portal keeps; null for a text that is no key.</returns>
    public static byte[]? HashOf(string secret) =>
        secret.Length == Length && secret.StartsWith(Mark, StringComparison.Ordinal) ? SHA256.HashData(Encoding.UTF8.GetBytes(secret)) : null;
}
