using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>A checkpoint that was kept somewhere else than the log, which the log still has to fit.</summary>
/// <param name="Place">Where it was found, for whoever reads the result.</param>
/// <param name="Signed">Null when it can't be read, or is not signed by the log's key.</param>
/// <param name="Problem">Why it tells nothing; null when it is signed.</param>
public sealed record KeptCheckpoint(string Place, Checkpoint? Signed, BundleProblem? Problem)
{
    /// <param name="trusted">The log's key, or its present and former keys.</param>
    public static KeptCheckpoint Of(string place, string text, IReadOnlyCollection<VerifierKey> trusted)
    {
        if (!SignedNote.Parse(text).TryGet(out var note, out var failure))
            return new KeptCheckpoint(place, null, new BundleProblem(null, BundleProblemKind.Unreadable, $"The kept checkpoint {place}: {failure.Message}"));
        if (CheckpointVerifier.Verify(note, trusted).TryGet(out var signed, out failure))
            return new KeptCheckpoint(place, signed, null);
        return new KeptCheckpoint(place, null, new BundleProblem(null, failure is CheckpointSignatureIsWrong ? BundleProblemKind.Signature : BundleProblemKind.WrongKey, $"The kept checkpoint {place}: {failure.Message}"));
    }

    /// <returns>What is wrong with a log that ends before it; null when it reaches it.</returns>
    internal BundleProblem? IfShort(long size) => Signed is { } kept && kept.Size > size
        ? new BundleProblem(size, BundleProblemKind.RolledBack, $"The log ends after {size} entries, but a checkpoint over {kept.Size} is kept outside ({Place}): an older state was put back.")
        : null;

    /// <param name="root">Of as many entries as the checkpoint is signed over.</param>
    /// <returns>What is wrong with a log whose beginning is another one; null when it fits.</returns>
    internal BundleProblem? IfOther(MerkleHash root) => Signed is { } kept && kept.Root != root
        ? new BundleProblem(kept.Size, BundleProblemKind.Root, $"The first {kept.Size} entries are not those of the checkpoint that is kept outside ({Place}): the log was written anew.")
        : null;
}
