using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Retention;

namespace ConsentPortal.Application.Retention;

/// <summary>Finds the records of one class whose time is over. The preview and the job ask the same question.</summary>
internal abstract class RetentionSweep
{
    protected const int Sampled = 3;

    public abstract RecordClass Class { get; }

    /// <summary>How many records one transaction removes at most.</summary>
    public virtual int BatchSize => 500;

    public abstract Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken);

    /// <summary>The oldest few, told apart without naming anybody.</summary>
    public abstract Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken);

    /// <param name="after">Where the step before ended, so that no step reads again what others have emptied; 0 for the first.</param>
    public abstract Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken);
}

/// <param name="Held">As of this transaction: a hold that somebody places meanwhile counts for the next.</param>
internal sealed record SweepScope(PortalDbContext Db, DateTimeOffset Now, RetentionSchedule Schedule, HeldRecords Held)
{
    public DateTimeOffset CutOff(RecordClass records) => Schedule.CutOff(records, Now);

    public static async Task<SweepScope> ReadAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken) =>
        new(db, now, await StoredSchedule.ReadAsync(db, cancellationToken), await HeldRecords.AtAsync(db, now, cancellationToken));
}

/// <param name="After">Where the next step begins.</param>
internal sealed record SweepStep(int Removed, long After, bool HasMore);

/// <param name="Text">A masked number, the name of a file, the number of a request.</param>
/// <param name="At">From when its time runs (UTC).</param>
public sealed record RetentionSample(string Text, DateTimeOffset At);
