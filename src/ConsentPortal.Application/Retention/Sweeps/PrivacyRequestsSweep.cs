using System.Globalization;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Retention;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

internal sealed class PrivacyRequestsSweep : RetentionSweep
{
    public override RecordClass Class => RecordClass.PrivacyRequests;

    public override async Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken) =>
        await Due(scope).LongCountAsync(cancellationToken) + await Newest(scope).LongCountAsync(cancellationToken);

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var rows = await Due(scope).OrderBy(r => r.Number).Take(Sampled).Select(r => new { r.Number, r.CompletedAt }).ToListAsync(cancellationToken);
        return [.. rows.Select(r => new RetentionSample(string.Create(CultureInfo.InvariantCulture, $"DSR-{r.Number}"), r.CompletedAt!.Value))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var numbers = await Due(scope).Where(r => r.Number > after).OrderBy(r => r.Number).Take(BatchSize).Select(r => r.Number).ToListAsync(cancellationToken);
        await scope.Db.PrivacyRequests.Where(r => numbers.Contains(r.Number)).ExecuteDeleteAsync(cancellationToken);
        var forgotten = await UnrecordedNumber.ForgetAsync(scope.Db, Newest(scope), cancellationToken);
        return new SweepStep(numbers.Count + forgotten, numbers.Count == 0 ? after : numbers[^1], numbers.Count == BatchSize);
    }

    /// <summary>The newest stays, but not the number of somebody who has no record.</summary>
    private IQueryable<PrivacyRequest> Newest(SweepScope scope)
    {
        var (db, cutOff) = (scope.Db, scope.CutOff(Class));
        return db.PrivacyRequests.AsNoTracking().Where(r => r.CompletedAt < cutOff && r.Number == db.PrivacyRequests.Max(x => x.Number) && db.UnrecordedNumbers.Any(n => n.RequestId == r.Id));
    }

    private IQueryable<PrivacyRequest> Due(SweepScope scope)
    {
        var (db, cutOff, people, purposes) = (scope.Db, scope.CutOff(Class), scope.Held.People, scope.Held.Purposes);
        // The newest stays: the next number is counted on from it, and no number may name two requests.
        return db.PrivacyRequests.AsNoTracking().Where(r =>
            r.CompletedAt < cutOff && r.Number < db.PrivacyRequests.Max(x => x.Number)
            && (r.Status == PrivacyRequestStatus.Completed || r.Status == PrivacyRequestStatus.Denied || r.Status == PrivacyRequestStatus.Cancelled)
            && (r.SubscriberId == null || (!people.Contains(r.SubscriberId.Value) && !db.ConsentRecords.Any(c => c.SubscriberId == r.SubscriberId && purposes.Contains(c.PurposeId)))));
    }
}
