using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>What becomes of a row; every row is in exactly one class.</summary>
public enum RowClass
{
    New = 1,
    Update = 2,
    Unchanged = 3,

    /// <summary>An earlier row of the file names the same number.</summary>
    Duplicate = 4,

    /// <summary>There is no number that can be texted.</summary>
    Invalid = 5,

    /// <summary>Taking the row would go against what the person decided, or the list may not be used.</summary>
    Refused = 6,
}

/// <summary>What a row does to the person's consent.</summary>
internal enum ConsentStep
{
    None = 0,
    Grant = 1,

    /// <summary>Consent stays pending until the number's owner confirms.</summary>
    Request = 2,
    Withdraw = 3,
}

/// <param name="Row">Line number in the file; the header is 1.</param>
/// <param name="E164">The full number: for the command line's <c>--reveal</c> only. Null where there is none.</param>
/// <param name="Reason">Stable short name; only of invalid and refused rows.</param>
/// <param name="FirstRow">Only of duplicates: the row that was taken instead.</param>
/// <param name="Notes">What the importer should know and what stopped nothing; only of rows that are taken.</param>
public sealed record RowOutcome(int Row, RowClass Class, string? E164, string? Reason, string? Sentence, int? FirstRow, IReadOnlyList<string> Notes)
{
    public bool NeedsDoubleOptIn { get; init; }

    public bool WithoutProof { get; init; }

    internal ConsentStep Step { get; init; }

    /// <summary>The sentence for the importer; null where the row was simply taken.</summary>
    public string? Remark => Sentence ?? (Notes.Count == 0 ? null : Noted());

    private string Noted()
    {
        var notes = string.Join("; ", Notes);
        return string.Concat(notes[..1].ToUpperInvariant(), notes.AsSpan(1), ".");
    }
}

/// <summary>The counts of an import. The classes are disjoint and add up to <see cref="Total"/>; the last two count within new and update.</summary>
/// <param name="NeedsDoubleOptIn">Agreed with proof, but the number's owner has to confirm before any text.</param>
/// <param name="WithoutProof">Neither a no nor a proof of a yes: stored, and not to be texted.</param>
public sealed record ImportSummary(
    int Total, int New, int Update, int Unchanged, int Duplicate, int Invalid, int Refused, int NeedsDoubleOptIn, int WithoutProof)
{
    public static ImportSummary Zero { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>How many people an import would write.</summary>
    public int People => New + Update;

    internal ImportSummary With(RowOutcome outcome) => this with
    {
        Total = Total + 1,
        New = New + (outcome.Class == RowClass.New ? 1 : 0),
        Update = Update + (outcome.Class == RowClass.Update ? 1 : 0),
        Unchanged = Unchanged + (outcome.Class == RowClass.Unchanged ? 1 : 0),
        Duplicate = Duplicate + (outcome.Class == RowClass.Duplicate ? 1 : 0),
        Invalid = Invalid + (outcome.Class == RowClass.Invalid ? 1 : 0),
        Refused = Refused + (outcome.Class == RowClass.Refused ? 1 : 0),
        NeedsDoubleOptIn = NeedsDoubleOptIn + (outcome.NeedsDoubleOptIn ? 1 : 0),
        WithoutProof = WithoutProof + (outcome.WithoutProof ? 1 : 0),
    };
}

/// <param name="RowsDone">Rows that have been judged, and in a run also committed.</param>
public sealed record ImportProgress(int RowsDone, int Rows)
{
    public double Share => Rows == 0 ? 0 : (double)RowsDone / Rows;
}

/// <summary>Told of what happens while an import is worked through; each may be null.</summary>
/// <param name="Begun">The import has its own row from here on.</param>
/// <param name="LongestRun">The most numbers of the file that follow each other without a gap, in whatever order it has them.</param>
public sealed record ImportWatch(
    Action<RowOutcome>? Row = null, Action<ImportProgress>? Progress = null, Action<ImportBatchId>? Begun = null, Action<int>? LongestRun = null)
{
    /// <summary>From so many numbers without a gap on, a list looks made up.</summary>
    public const int SuspiciousRun = 250;

    public static ImportWatch None { get; } = new();
}
