using System.Text;
using ConsentPortal.Domain.Audit;
using NSec.Cryptography;

namespace ConsentPortal.Application.Audit;

/// <summary>The log's Ed25519 key: signs checkpoints so that they can be published and checked by anyone.</summary>
public sealed class CheckpointSigner : IDisposable
{
    /// <summary>Bytes of the seed that the private key is made from.</summary>
    public const int SeedSize = 32;

    private readonly Key _key;

    private CheckpointSigner(string name, Key key)
    {
        _key = key;
        VerifierKey = new VerifierKey(name, key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>What others check this signer's signatures with.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>Makes a new random key.</summary>
    /// <param name="name">The log's name, as in <see cref="VerifierKey.Name"/>.</param>
    public static CheckpointSigner Create(string name) => new(name, Key.Create(SignatureAlgorithm.Ed25519, Storable()));

    /// <summary>The signer whose seed was kept earlier.</summary>
    /// <param name="seed">What <see cref="ExportSeed"/> gave, <see cref="SeedSize"/> bytes.</param>
    public static CheckpointSigner FromSeed(string name, ReadOnlySpan<byte> seed) =>
        new(name, Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, Storable()));

    /// <summary>The secret itself: only ever stored wrapped by the key ring.</summary>
    public byte[] ExportSeed() => _key.Export(KeyBlobFormat.RawPrivateKey);

    /// <summary>The checkpoint as a signed note with one signature.</summary>
    public SignedNote Sign(Checkpoint checkpoint) => Sign(checkpoint.ToNoteText());

    /// <param name="text">Whole lines; the first one says what it is, so that one kind of note is never taken for another.</param>
    internal SignedNote Sign(string text)
    {
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(text));
        return new SignedNote(text, [new NoteSignature(VerifierKey.Name, VerifierKey.KeyHash, signature)]);
    }

    public void Dispose() => _key.Dispose();

    private static KeyCreationParameters Storable() => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextArchiving };
}
