using System.Numerics;
using System.Security.Cryptography;

namespace ConsentPortal.Application.Tests.Audit;

/// <summary>
/// Verification of RFC 8032 §5.1.7 on big integers: slow, and sharing nothing with the library that signs, so that the
/// two can check each other.
/// </summary>
internal static class PlainEd25519
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger D = Mod(-121665 * Inverse(121666));
    private static readonly BigInteger RootOfMinusOne = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");
    private static readonly (BigInteger X, BigInteger Y) Base = Decode(Mod(4 * Inverse(5)), isOdd: false)!.Value;

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != 64 || Point(publicKey) is not { } a || Point(signature[..32]) is not { } r)
            return false;
        var s = new BigInteger(signature[32..], isUnsigned: true);
        if (s >= L)
            return false;
        byte[] hashed = [.. signature[..32], .. publicKey, .. message];
        var k = new BigInteger(SHA512.HashData(hashed), isUnsigned: true) % L;
        return Multiply(Base, s) == Add(r, Multiply(a, k));
    }

    private static (BigInteger X, BigInteger Y)? Point(ReadOnlySpan<byte> bytes)
    {
        var value = new BigInteger(bytes, isUnsigned: true);
        var y = value & (BigInteger.Pow(2, 255) - 1);
        return y >= P ? null : Decode(y, value >> 255 == 1);
    }

    private static (BigInteger X, BigInteger Y)? Decode(BigInteger y, bool isOdd)
    {
        var square = Mod((y * y - 1) * Inverse(Mod(D * y * y + 1)));
        var x = BigInteger.ModPow(square, (P + 3) / 8, P);
        if (Mod(x * x - square) != 0)
            x = Mod(x * RootOfMinusOne);
        if (Mod(x * x - square) != 0 || (x == 0 && isOdd))
            return null;
        return (x.IsEven == isOdd ? P - x : x, y);
    }

    private static (BigInteger X, BigInteger Y) Add((BigInteger X, BigInteger Y) a, (BigInteger X, BigInteger Y) b)
    {
        var product = Mod(D * a.X * b.X * a.Y * b.Y);
        return (Mod((a.X * b.Y + b.X * a.Y) * Inverse(1 + product)), Mod((a.Y * b.Y + a.X * b.X) * Inverse(1 - product)));
    }

    private static (BigInteger X, BigInteger Y) Multiply((BigInteger X, BigInteger Y) point, BigInteger times)
    {
        var sum = (X: BigInteger.Zero, Y: BigInteger.One);
        for (; times > 0; times >>= 1)
        {
            if (!times.IsEven)
                sum = Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }

    private static BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static BigInteger Mod(BigInteger value) => (value % P + P) % P;
}
