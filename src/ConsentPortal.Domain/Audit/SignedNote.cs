using System.Buffers.Binary;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>One signature line of a note: who signed, with which key, and the signature itself.</summary>
public sealed record NoteSignature(string Name, uint KeyHash, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Whether the line says that this key made it; the signature itself is not checked.</summary>
    public bool IsFrom(VerifierKey key) => Name == key.Name && KeyHash == key.KeyHash;
}

/// <summary>
/// A C2SP signed-note: a text of whole lines, an empty line, and lines <c>— name base64(key hash ‖ signature)</c>.
/// What is signed is the UTF-8 of <see cref="Text"/>, its last line feed included.
/// </summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    private const string SignatureStart = "— ";
    private const int MostSignatures = 100;

    /// <summary>The bytes that are signed.</summary>
    public ReadOnlyMemory<byte> SignedBytes => Encoding.UTF8.GetBytes(Text);

    public static Result<SignedNote> Parse(string note)
    {
        // The last empty line divides: the text itself may hold empty lines.
        var divide = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (divide < 1 || divide + 2 == note.Length || !note.EndsWith('\n'))
            return new NoteIsUnreadable("it is not a text, an empty line and signature lines");
        if (note.Any(unit => unit is < ' ' and not '\n' or '\uFFFD'))
            return new NoteIsUnreadable("it holds control characters or is not UTF-8");
        var signatures = new List<NoteSignature>();
        foreach (var line in note[(divide + 2)..^1].Split('\n'))
        {
            if (!TryParseSignature(line, out var signature) || signatures.Count == MostSignatures)
                return new NoteIsUnreadable("a signature line is malformed");
            signatures.Add(signature);
        }

        return new SignedNote(note[..(divide + 1)], signatures);
    }

    /// <summary>The form that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var (name, keyHash, signature) in Signatures)
        {
            var bytes = new byte[sizeof(uint) + signature.Length];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, keyHash);
            signature.Span.CopyTo(bytes.AsSpan(sizeof(uint)));
            note.Append(SignatureStart).Append(name).Append(' ').Append(Convert.ToBase64String(bytes)).Append('\n');
        }

        return note.ToString();
    }

    private static bool TryParseSignature(string line, out NoteSignature signature)
    {
        signature = new NoteSignature("", 0, ReadOnlyMemory<byte>.Empty);
        if (!line.StartsWith(SignatureStart, StringComparison.Ordinal))
            return false;
        var parts = line[SignatureStart.Length..].Split(' ');
        var bytes = new byte[line.Length];
        if (parts.Length != 2 || !VerifierKey.IsName(parts[0])
            || !Convert.TryFromBase64String(parts[1], bytes, out var written) || written <= sizeof(uint))
            return false;
        signature = new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint), written - sizeof(uint)));
        return true;
    }
}

/// <summary>The text given as a signed note is not one.</summary>
public sealed record NoteIsUnreadable(string Reason)
    : Failure($"The signed note cannot be read: {Reason}. Nothing was checked; get it again from where it was published.");
