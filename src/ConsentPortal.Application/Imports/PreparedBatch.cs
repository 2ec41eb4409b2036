using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Some rows, judged by what was known when they were read, with everything finished that can be finished before the write
/// lock is taken.
/// </summary>
/// <param name="Made">Null where the batch changes people who are known already: their rows must be read under the lock.</param>
internal sealed record PreparedBatch(IReadOnlyList<ImportRow> Rows, IReadOnlyList<RowOutcome> Outcomes, ImportedRows? Made)
{
    public static PreparedBatch Of(IReadOnlyList<(ImportRow Row, RowOutcome Outcome)> judged, KnownPeople people, ImportRowMaker maker)
    {
        var isFresh = judged.All(j => j.Outcome.Class switch
        {
            RowClass.New => !people.Stops(j.Row.Phone!).Any(),
            RowClass.Update => false,
            RowClass.Unchanged or RowClass.Duplicate or RowClass.Invalid or RowClass.Refused => true,
        });
        return new PreparedBatch([.. judged.Select(j => j.Row)], [.. judged.Select(j => j.Outcome)], isFresh ? maker.Make(judged, people) : null);
    }

    /// <summary>The numbers of people whom the batch takes for new.</summary>
    public IEnumerable<PhoneNumber> NewNumbers => Rows.Zip(Outcomes).Where(pair => pair.Second.Class == RowClass.New).Select(pair => pair.First.Phone!);

    /// <summary>Whether, under the write lock, nobody has come or stopped whom the batch takes for new.</summary>
    public bool IsStillTrue(PortalDbContext db, out ImportedRows made)
    {
        made = Made!;
        return Made is not null && KnownPeople.AreUnknown(db, Made.PhoneHashes);
    }
}
