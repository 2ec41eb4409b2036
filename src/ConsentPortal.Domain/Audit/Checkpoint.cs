using System.Globalization;
using System.Text;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// What a log promises: this many leaves have this root (C2SP tlog-checkpoint). Signed by the log, it is enough to
/// notice later that anything before it was changed.
/// </summary>
/// <param name="Origin">Which log; its first line. Not empty, one line.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">Root hash over them.</param>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root)
{
    /// <summary>Further lines that other software may have added; kept, because the signature covers them.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>The text that is signed: origin, decimal size, base64 root, each on a line.</summary>
    public string ToNoteText()
    {
        if (string.IsNullOrEmpty(Origin) || Origin.Any(char.IsControl))
            throw new InvalidOperationException("A checkpoint's origin is one line that is not empty.");
        var text = new StringBuilder().Append(Origin).Append('\n')
            .Append(Size.ToString(CultureInfo.InvariantCulture)).Append('\n')
            .Append(Root.ToBase64()).Append('\n');
        foreach (var line in Extensions)
            text.Append(line).Append('\n');
        return text.ToString();
    }

    /// <summary>Reads the text of a note; a failure when it has another form, for instance a size with a leading zero.</summary>
    public static Result<Checkpoint> Parse(string noteText)
    {
        var lines = noteText.Split('\n');
        if (lines.Length < 4 || lines[^1].Length > 0 || lines[0].Length == 0)
            return new NoteIsUnreadable("a checkpoint has an origin, a size and a root, each on a line");
        if (!long.TryParse(lines[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size.ToString(CultureInfo.InvariantCulture) != lines[1])
            return new NoteIsUnreadable("its second line is not a size");
        if (!MerkleHash.TryFromBase64(lines[2], out var root))
            return new NoteIsUnreadable("its third line is not a root hash in base64");
        if (lines[3..^1].Any(line => line.Length == 0))
            return new NoteIsUnreadable("an extension line is empty");
        return new Checkpoint(lines[0], size, root) { Extensions = lines[3..^1] };
    }

    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root == other.Root && Extensions.SequenceEqual(other.Extensions);

    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);
}
