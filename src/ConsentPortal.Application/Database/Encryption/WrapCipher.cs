using System.Security.Cryptography;

namespace ConsentPortal.Application.Database.Encryption;

/// <summary>
/// The cipher under a master key, kept for the thread that used it last: imports and campaigns wrap and unwrap thousands of
/// keys a second, and setting a cipher up takes longer than using it. One cipher is never used by two threads at once.
/// </summary>
internal static class WrapCipher
{
    public const int TagSize = 16;

    [ThreadStatic]
    private static (byte[] Key, AesGcm Cipher)? _last;

    /// <param name="masterKey">As the key ring holds it; the cipher is known again by the very array.</param>
    /// <returns>Not to be kept, disposed or awaited over.</returns>
    public static AesGcm Of(byte[] masterKey)
    {
        if (_last is { } kept && ReferenceEquals(kept.Key, masterKey))
            return kept.Cipher;
        _last?.Cipher.Dispose();
        var cipher = new AesGcm(masterKey, TagSize);
        _last = (masterKey, cipher);
        return cipher;
    }
}
