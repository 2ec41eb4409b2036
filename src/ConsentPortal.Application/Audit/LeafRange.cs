using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Audit;

/// <summary>The leaf hashes of entries that follow each other, and what is wrong with single ones of them.</summary>
internal sealed class LeafRange(long first, int size)
{
    private readonly List<MerkleHash> _hashes = new(size);
    private readonly List<BundleProblem> _problems = [];
    private readonly List<NamedText> _texts = [];

    public IReadOnlyList<MerkleHash> Hashes => _hashes;

    public IReadOnlyList<BundleProblem> Problems => _problems;

    /// <summary>What the entries say of texts of the send ledger, in their order.</summary>
    public IReadOnlyList<NamedText> Texts => _texts;

    /// <summary>When the first entry that names texts was written; null when none of these does.</summary>
    public DateTimeOffset? NamingAt { get; private set; }

    /// <summary>Whether every entry was there, up to the first that was not.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <param name="entry">In the order of their places.</param>
    public void Add(SealedRow entry)
    {
        var place = first + _hashes.Count;
        if (!IsWhole)
            return;
        if (entry.Place != place)
        {
            IsWhole = false;
            _problems.Add(new BundleProblem(place, BundleProblemKind.Removed, $"Entry {place} is missing: the next one that is there is number {entry.Place}."));
            return;
        }

        var hash = MerkleHash.OfLeaf(entry.Leaf);
        if (entry.LeafHash.Length != MerkleHash.Size || MerkleHash.FromBytes(entry.LeafHash) != hash)
            _problems.Add(new BundleProblem(place, BundleProblemKind.Edited, $"Entry {place} was changed after it was sealed."));
        else if (!LeafColumns.Agree(entry))
            _problems.Add(new BundleProblem(place, BundleProblemKind.Edited, $"Entry {place} is shown and found otherwise than it was sealed: a column beside its leaf was changed."));
        _hashes.Add(hash);
        if (!NamedTexts.IsNamedBy(entry.Action))
            return;
        NamedTexts.Read(entry.Leaf, _texts);
        if (_texts.Count > 0)
            NamingAt ??= entry.At;
    }
}

/// <summary>The columns by which entries are found and shown repeat what the leaf says; only the leaf is signed.</summary>
internal static class LeafColumns
{
    // In UTF-8, as leaves have them. A number that is no kind fits none.
    private static readonly FrozenDictionary<ActorKind, byte[]> Kinds = Enum.GetValues<ActorKind>().ToFrozenDictionary(kind => kind, kind => Encoding.UTF8.GetBytes(AuditTrail.Word(kind)));

    public static bool Agree(SealedRow entry)
    {
        var leaf = new Utf8JsonReader(entry.Leaf);
        var agree = true;
        try
        {
            while (agree && leaf.Read())
            {
                if (leaf.TokenType != JsonTokenType.PropertyName || leaf.CurrentDepth != 1)
                    continue;
                agree = AgreesNext(ref leaf, entry);
            }
        }
        catch (JsonException)
        {
            return false;
        }

        return agree;
    }

    private static bool AgreesNext(ref Utf8JsonReader leaf, SealedRow entry)
    {
        if (leaf.ValueTextEquals("action"u8))
            return leaf.Read() && leaf.ValueTextEquals(entry.Action);
        if (leaf.ValueTextEquals("actor"u8))
            return Next(ref leaf) && leaf.Read() && leaf.ValueTextEquals(entry.ActorId) && leaf.Read() && leaf.Read() && Kinds.TryGetValue(entry.ActorKind, out var kind) && leaf.ValueTextEquals(kind);
        if (leaf.ValueTextEquals("at"u8))
            return leaf.Read() && leaf.TryGetDateTimeOffset(out var at) && at == entry.At;
        if (leaf.ValueTextEquals("object"u8))
            return Next(ref leaf) && leaf.Read() && leaf.ValueTextEquals(entry.ObjectId) && leaf.Read() && leaf.Read() && leaf.ValueTextEquals(entry.ObjectKind);
        if (leaf.ValueTextEquals("requestId"u8))
            return leaf.Read() && (leaf.TokenType == JsonTokenType.Null ? entry.RequestId.IsEmpty : leaf.ValueTextEquals(entry.RequestId));
        if (leaf.ValueTextEquals("subject"u8))
            return leaf.Read() && Subject(ref leaf, entry);
        leaf.Read();
        leaf.Skip();
        return true;
    }

    /// <summary>Into an object, to the name of its first value.</summary>
    private static bool Next(ref Utf8JsonReader leaf) => leaf.Read() && leaf.Read();

    private static bool Subject(ref Utf8JsonReader leaf, SealedRow entry)
    {
        if (leaf.TokenType == JsonTokenType.Null)
            return entry.Subject is null;
        return leaf.TryGetGuid(out var subject) && entry.Subject == subject;
    }
}
