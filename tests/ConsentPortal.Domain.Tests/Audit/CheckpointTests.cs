using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class CheckpointTests
{
    private static readonly Checkpoint Sample = new("portal.example/audit", 42, MerkleHash.OfLeaf([7]));

    [Fact]
    public void Checkpoint_is_three_lines_and_reads_back()
    {
        var text = Sample.ToNoteText();
        Assert.Equal($"portal.example/audit\n42\n{Sample.Root.ToBase64()}\n", text);
        Assert.Equal(Sample, Checkpoint.Parse(text).Value);
    }

    [Fact]
    public void Extension_lines_of_other_software_are_kept()
    {
        var text = Sample.ToNoteText() + "Timestamp: 1\n";
        Assert.Equal(text, Checkpoint.Parse(text).Value.ToNoteText());
        Assert.NotEqual(Sample, Checkpoint.Parse(text).Value);
    }

    [Theory]
    [InlineData("portal.example/audit\n042\nROOT\n")]
    [InlineData("portal.example/audit\n-1\nROOT\n")]
    [InlineData("portal.example/audit\n 42\nROOT\n")]
    [InlineData("portal.example/audit\n99999999999999999999\nROOT\n")]
    [InlineData("\n42\nROOT\n")]
    [InlineData("portal.example/audit\n42\nROOT")]
    [InlineData("portal.example/audit\n42\nAAAA\n")]
    [InlineData("portal.example/audit\n42\nROOT\n\n")]
    [InlineData("")]
    public void Other_forms_are_refused(string text) =>
        Assert.False(Checkpoint.Parse(text.Replace("ROOT", Sample.Root.ToBase64(), StringComparison.Ordinal)).IsSuccess);

    [Fact]
    public void An_origin_of_two_lines_is_a_bug() =>
        Assert.Throws<InvalidOperationException>(() => (Sample with { Origin = "a\nb" }).ToNoteText());

    [Theory]
    [InlineData("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Published_verifier_key_reads_and_writes_the_same(string text)
    {
        var key = VerifierKey.Parse(text + "\n").Value;
        Assert.Equal(text, key.ToString());
        Assert.Equal(key, new VerifierKey(key.Name, key.PublicKey.Span));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TX")]
    [InlineData("PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+AAAA")]
    [InlineData("PeterNeumann+c74f20a3")]
    [InlineData("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("")]
    public void Verifier_key_whose_parts_do_not_fit_is_refused(string text) => Assert.False(VerifierKey.Parse(text).IsSuccess);

    [Fact]
    public void Signed_note_reads_and_writes_the_same()
    {
        const string Note = "A text\n\nwith an empty line.\n\n— one AQIDBAU=\n— two/log BQYHCAkK\n";
        var note = SignedNote.Parse(Note).Value;
        Assert.Equal("A text\n\nwith an empty line.\n", note.Text);
        Assert.Equal(["one", "two/log"], note.Signatures.Select(signature => signature.Name));
        Assert.Equal(0x01020304u, note.Signatures[0].KeyHash);
        Assert.Equal(Note, note.ToString());
    }

    [Theory]
    [InlineData("Text\n— one AQIDBAU=\n")]
    [InlineData("Text\n\n— one AQIDBAU=")]
    [InlineData("Text\n\n- one AQIDBAU=\n")]
    [InlineData("Text\n\n— one AQIDBA==\n")]
    [InlineData("Text\n\n— one two AQIDBAU=\n")]
    [InlineData("Text\n\n— o+e AQIDBAU=\n")]
    [InlineData("Te\txt\n\n— one AQIDBAU=\n")]
    [InlineData("\n\n— one AQIDBAU=\n")]
    [InlineData("Text\n\n")]
    [InlineData("")]
    public void Malformed_note_is_refused(string note) => Assert.False(SignedNote.Parse(note).IsSuccess);

    [Fact]
    public void A_note_has_a_hundred_signatures_at_most()
    {
        string Note(int signatures) => "Text\n\n" + string.Concat(Enumerable.Repeat("— one AQIDBAU=\n", signatures));

        Assert.True(SignedNote.Parse(Note(100)).IsSuccess);
        Assert.False(SignedNote.Parse(Note(101)).IsSuccess);
    }

    [Fact]
    public void A_signature_line_is_of_the_key_whose_name_and_hash_it_gives()
    {
        var (key, later) = (new VerifierKey("portal.example/audit", new byte[VerifierKey.PublicKeySize]), new VerifierKey("portal.example/audit", [1, .. new byte[VerifierKey.PublicKeySize - 1]]));
        var line = new NoteSignature(key.Name, key.KeyHash, new byte[64]);

        Assert.True(line.IsFrom(key));
        Assert.False(line.IsFrom(later));
        Assert.False((line with { Name = "elsewhere.example/audit" }).IsFrom(key));
    }
}
