using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;
using NSec.Cryptography;

namespace ConsentPortal.Application.Audit;

/// <summary>Checks the signatures of a checkpoint; needs only public keys.</summary>
public static class CheckpointVerifier
{
    /// <summary>
    /// Signatures by other keys are passed over, as C2SP signed-note asks; each one by a key of
    /// <paramref name="trusted"/> must be right, and there must be one.
    /// </summary>
    /// <param name="trusted">The log's key, or its present and former keys.</param>
    public static Result<Checkpoint> Verify(SignedNote note, params IReadOnlyCollection<VerifierKey> trusted) =>
        CheckSignature(note, trusted) is { } wrong ? wrong : Checkpoint.Parse(note.Text);

    /// <returns>Null for a note that one of the keys has signed, whatever it says.</returns>
    internal static Failure? CheckSignature(SignedNote note, params IReadOnlyCollection<VerifierKey> trusted)
    {
        var isSigned = false;
        foreach (var signature in note.Signatures)
        {
            if (trusted.FirstOrDefault(signature.IsFrom) is not { } key)
                continue;
            if (!IsRight(signature, note, key))
                return new CheckpointSignatureIsWrong();
            isSigned = true;
        }

        return isSigned ? null : new CheckpointIsNotSignedByKey();
    }

    private static bool IsRight(NoteSignature signature, SignedNote note, VerifierKey key) =>
        PublicKey.TryImport(SignatureAlgorithm.Ed25519, key.PublicKey.Span, KeyBlobFormat.RawPublicKey, out var publicKey)
        && SignatureAlgorithm.Ed25519.Verify(publicKey!, note.SignedBytes.Span, signature.Signature.Span);
}

/// <summary>A signature says that it is by the given key, and is not.</summary>
public sealed record CheckpointSignatureIsWrong()
    : Failure("The checkpoint's signature is wrong: its text or signature was changed after signing. Nothing that it promises can be relied on; compare with a checkpoint kept elsewhere.");

/// <summary>No signature is by a key that is trusted.</summary>
public sealed record CheckpointIsNotSignedByKey()
    : Failure("The checkpoint is not signed by the given key. Nothing that it promises can be relied on until the log's published key is used.");
