using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Retention;

/// <param name="Samples">The oldest few, masked.</param>
public sealed record RetentionPreview(RecordClass Class, long Count, IReadOnlyList<RetentionSample> Samples);

/// <summary>What a run at this moment would remove; it changes nothing.</summary>
public sealed class PreviewRetention
{
    private readonly PortalDatabase _database;
    private readonly IReadOnlyList<RetentionSweep> _sweeps;
    private readonly TimeProvider _clock;

    internal PreviewRetention(PortalDatabase database, IEnumerable<RetentionSweep> sweeps, TimeProvider clock) =>
        (_database, _sweeps, _clock) = (database, [.. sweeps.OrderBy(s => s.Class)], clock);

    public async Task<IReadOnlyList<RetentionPreview>> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = _database.Open();
        var scope = await SweepScope.ReadAsync(db, _clock.GetUtcNow(), cancellationToken);
        var previews = new List<RetentionPreview>();
        foreach (var sweep in _sweeps)
        {
            var count = await sweep.CountAsync(scope, cancellationToken);
            previews.Add(new RetentionPreview(sweep.Class, count, count == 0 ? [] : await sweep.SampleAsync(scope, cancellationToken)));
        }

        return previews;
    }
}
