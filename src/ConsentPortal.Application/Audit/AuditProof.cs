using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// A proof as a file that is checked without the portal: that one entry stands in the signed log, or that a log only grew between two
/// checkpoints. The names are a promise to those who script against them.
/// </summary>
/// <param name="Kind">inclusion or consistency.</param>
/// <param name="PublicKey">The log's verifier key.</param>
/// <param name="Checkpoint">The signed note that the proof leads to.</param>
/// <param name="Earlier">Of a consistency proof: the signed note of the smaller log.</param>
/// <param name="Index">Of an inclusion proof: the entry's place, from 0.</param>
/// <param name="Leaf">Of an inclusion proof: the exact leaf.</param>
/// <param name="Proof">Hashes in base64, in the order of RFC 6962.</param>
public sealed record AuditProof(
    string Kind, string PublicKey, string Checkpoint, string? Earlier, long? Index, string? Leaf, IReadOnlyList<string> Proof)
{
    public const string Inclusion = "inclusion";
    public const string Consistency = "consistency";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    public static Result<AuditProof> Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditProof>(json, Options) is { Kind: not null, PublicKey: not null, Checkpoint: not null, Proof: not null } proof ? proof : new ProofIsUnreadable();
        }
        catch (JsonException)
        {
            return new ProofIsUnreadable();
        }
    }

    /// <param name="trusted">The key that the log must be signed with; null believes the key in the file.</param>
    public BundleVerification Verify(VerifierKey? trusted)
    {
        var problems = new List<BundleProblem>();
        if (!VerifierKey.Parse(PublicKey).TryGet(out var own, out var unreadable))
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, unreadable.Message));
        var key = trusted ?? own;
        var (checkpoint, earlier) = (Signed(Checkpoint, key, problems), Earlier is null ? null : Signed(Earlier, key, problems));
        if (checkpoint is not null && problems.Count == 0 && !Holds(checkpoint, earlier))
            problems.Add(new BundleProblem(Index, BundleProblemKind.Root, Kind == Inclusion ? "The proof does not lead from this entry to the signed root." : "The larger log does not begin with the smaller one, or the proof was changed."));
        return new BundleVerification(problems.Count == 0, checkpoint?.Size ?? 0, checkpoint?.Root.ToBase64() ?? "", problems);
    }

    private bool Holds(Checkpoint checkpoint, Checkpoint? earlier)
    {
        var hashes = new List<MerkleHash>();
        foreach (var text in Proof)
        {
            if (!MerkleHash.TryFromBase64(text, out var hash))
                return false;
            hashes.Add(hash);
        }

        return (Kind, Index, Leaf, earlier) switch
        {
            (Inclusion, { } index, { } leaf, null) => MerkleInclusion.Verify(MerkleHash.OfLeaf(Encoding.UTF8.GetBytes(leaf)), index, checkpoint.Size, hashes, checkpoint.Root),
            (Consistency, null, null, { } smaller) => smaller.Origin == checkpoint.Origin && MerkleConsistency.Verify(smaller.Size, smaller.Root, checkpoint.Size, checkpoint.Root, hashes),
            _ => false,
        };
    }

    private static Checkpoint? Signed(string text, VerifierKey? key, List<BundleProblem> problems)
    {
        if (!SignedNote.Parse(text).TryGet(out var note, out var failure) || key is null)
        {
            problems.Add(new BundleProblem(null, BundleProblemKind.Unreadable, failure?.Message ?? "There is no key to check the checkpoint with."));
            return null;
        }

        if (CheckpointVerifier.Verify(note, key).TryGet(out var checkpoint, out failure))
            return checkpoint;
        problems.Add(new BundleProblem(null, failure is CheckpointSignatureIsWrong ? BundleProblemKind.Signature : BundleProblemKind.WrongKey, failure.Message));
        return null;
    }
}

public sealed record ProofIsUnreadable()
    : Failure("The file is not a proof of an audit log. Give the file as it was downloaded beside an entry or a checkpoint.");
