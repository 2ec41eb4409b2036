namespace ConsentPortal.Application.Audit;

/// <summary>The files of an exported log. The names are a promise to those who script against them.</summary>
public static class AuditBundle
{
    /// <summary>One line for each entry: exactly the bytes of the leaf, and a line feed.</summary>
    public const string Entries = "entries.jsonl";

    /// <summary>The signed checkpoint over exactly these entries.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The log's verifier key.</summary>
    public const string PublicKey = "public-key";

    /// <summary>
    /// The leaf hashes, 32 bytes each, in order. Not needed to find a bundle out, only to say which entry was touched;
    /// believed only when its own root is the signed one.
    /// </summary>
    public const string Tree = "tree";
}

/// <summary>What <see cref="AuditBundleVerifier"/> found.</summary>
/// <param name="Valid">True when there is no problem at all.</param>
/// <param name="Size">Entries in the file.</param>
/// <param name="Root">Root hash over them in base64, calculated from the file and not copied from the checkpoint.</param>
/// <param name="Problems">In the order of the entries, those about the whole bundle first.</param>
public sealed record BundleVerification(bool Valid, long Size, string Root, IReadOnlyList<BundleProblem> Problems)
{
    /// <summary>What this verification could not tell, and how another one could, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether the log itself is as it was signed, whatever the send ledger says.</summary>
    public bool IsLogWhole() => Problems.All(problem => problem.Kind == BundleProblemKind.Ledger);
}

/// <param name="Index">Number of the entry, from 0; null for what concerns the whole bundle.</param>
/// <param name="Kind">What is wrong, for programs.</param>
/// <param name="Text">What is wrong, in a sentence.</param>
public sealed record BundleProblem(long? Index, BundleProblemKind Kind, string Text);

/// <summary>What can be wrong with a bundle; names are part of the command line's output.</summary>
public enum BundleProblemKind
{
    /// <summary>A file of the bundle is not there or cannot be read as what it should be.</summary>
    Unreadable,

    /// <summary>The bundle's own key is not the one that was given as trusted, or the checkpoint is by another key.</summary>
    WrongKey,

    /// <summary>The checkpoint's signature does not fit its text.</summary>
    Signature,

    /// <summary>The file holds more or fewer entries than were signed.</summary>
    Size,

    /// <summary>The entries do not have the signed root.</summary>
    Root,

    /// <summary>The file of leaf hashes is not the one of the signed log.</summary>
    Tree,

    /// <summary>A line is not JSON as RFC 8785 writes it.</summary>
    NotCanonical,

    /// <summary>An entry's own sequence number is not its place.</summary>
    Misnumbered,

    /// <summary>An entry has other bytes than those that were signed.</summary>
    Edited,

    /// <summary>An entry is missing between others.</summary>
    Removed,

    /// <summary>The last entries are missing.</summary>
    Truncated,

    /// <summary>A line was never part of the log.</summary>
    Inserted,

    /// <summary>An entry stands there once more.</summary>
    Duplicated,

    /// <summary>An entry stands at another place.</summary>
    Swapped,

    /// <summary>The log ends before a checkpoint that is kept outside it: an older state was put back.</summary>
    RolledBack,

    /// <summary>A text stands otherwise in the send ledger than the log last says.</summary>
    Ledger,

    /// <summary>There are more problems than are listed.</summary>
    More,
}
