using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Tests.Audit;

public sealed class CheckpointSignerTests
{
    private static readonly Checkpoint Sample = new("portal.example/audit", 3, MerkleHash.OfLeaf([1]));

    // RFC 8032 §7.1, tests 1 to 3.
    [Theory]
    [InlineData("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "", "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72", "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82", "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    public void The_second_verifier_agrees_with_the_published_vectors(string publicKey, string message, string signature)
    {
        var bytes = Convert.FromHexString(signature);
        Assert.True(PlainEd25519.Verify(Convert.FromHexString(publicKey), Convert.FromHexString(message), bytes));
        bytes[40] ^= 1;
        Assert.False(PlainEd25519.Verify(Convert.FromHexString(publicKey), Convert.FromHexString(message), bytes));
    }

    [Fact]
    public void Seed_of_RFC_8032_gives_its_public_key()
    {
        using var signer = CheckpointSigner.FromSeed("a", Convert.FromHexString("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
        Assert.Equal("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", Convert.ToHexStringLower(signer.VerifierKey.PublicKey.Span));
    }

    [Fact]
    public void Signature_is_plain_Ed25519_over_the_note_text()
    {
        using var signer = CheckpointSigner.Create("portal.example");
        var note = signer.Sign(Sample).ToString();
        var line = note.Split('\n')[4];
        Assert.StartsWith("— portal.example ", line, StringComparison.Ordinal);
        var blob = Convert.FromBase64String(line.Split(' ')[2]);
        Assert.Equal(68, blob.Length);
        var text = Encoding.UTF8.GetBytes($"portal.example/audit\n3\n{Sample.Root.ToBase64()}\n");
        Assert.True(PlainEd25519.Verify(signer.VerifierKey.PublicKey.Span, text, blob.AsSpan(4)));
    }

    [Fact]
    public void Published_signed_note_verifies()
    {
        const string Note = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        var key = VerifierKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW").Value;
        var note = SignedNote.Parse(Note).Value;
        Assert.IsType<NoteIsUnreadable>(CheckpointVerifier.Verify(note, key).Failure);
        Assert.True(PlainEd25519.Verify(key.PublicKey.Span, note.SignedBytes.Span, note.Signatures[0].Signature.Span));
        var touched = note with { Text = note.Text.Replace("is", "was", StringComparison.Ordinal) };
        Assert.IsType<CheckpointSignatureIsWrong>(CheckpointVerifier.Verify(touched, key).Failure);
    }

    [Fact]
    public void Checkpoint_of_a_former_key_stays_verifiable()
    {
        using var former = CheckpointSigner.Create("portal.example");
        using var present = CheckpointSigner.Create("portal.example");
        Assert.Equal(Sample, CheckpointVerifier.Verify(former.Sign(Sample), present.VerifierKey, former.VerifierKey).Value);
        Assert.IsType<CheckpointIsNotSignedByKey>(CheckpointVerifier.Verify(former.Sign(Sample), present.VerifierKey).Failure);
    }

    [Fact]
    public void Signatures_by_strangers_do_no_harm_and_a_wrong_one_by_a_known_key_does()
    {
        using var own = CheckpointSigner.Create("portal.example");
        using var witness = CheckpointSigner.Create("witness.example");
        var note = own.Sign(Sample);
        var both = note with { Signatures = [.. witness.Sign(Sample).Signatures, .. note.Signatures] };
        Assert.True(CheckpointVerifier.Verify(both, own.VerifierKey).IsSuccess);
        var wrong = both with { Signatures = [both.Signatures[0] with { Signature = new byte[64] }, both.Signatures[1]] };
        Assert.IsType<CheckpointSignatureIsWrong>(CheckpointVerifier.Verify(wrong, own.VerifierKey, witness.VerifierKey).Failure);
        var wrongLast = wrong with { Signatures = [.. wrong.Signatures.Reverse()] };
        Assert.IsType<CheckpointSignatureIsWrong>(CheckpointVerifier.Verify(wrongLast, own.VerifierKey, witness.VerifierKey).Failure);
    }

    [Fact]
    public void Stored_seed_signs_the_same()
    {
        using var signer = CheckpointSigner.Create("portal.example");
        using var again = CheckpointSigner.FromSeed("portal.example", signer.ExportSeed());
        Assert.Equal(signer.Sign(Sample).ToString(), again.Sign(Sample).ToString());
    }
}
