using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Retention.Sweeps;

/// <summary>
/// People who left, or never came, and whose proof nobody can ask for any more. They are emptied as by an erasure, but their
/// number is not stopped: whoever comes back later is welcome.
/// </summary>
internal sealed class PeopleSweep(SubscriberVault vault, SubscriberFactory factory) : RetentionSweep
{
    private const string Emptied = "subscriber.emptied";

    public override RecordClass Class => RecordClass.People;

    public override int BatchSize => 100;

    public override async Task<long> CountAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var count = 0L;
        foreach (var due in await DueAsync(scope, cancellationToken))
            count += await due.LongCountAsync(cancellationToken);
        return count;
    }

    public override async Task<IReadOnlyList<RetentionSample>> SampleAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var people = new List<Subscriber>();
        foreach (var due in await DueAsync(scope, cancellationToken))
            people.AddRange(await due.OrderBy(p => p.CreatedAt).Take(Sampled).ToListAsync(cancellationToken));
        return [.. people.OrderBy(p => p.CreatedAt).Take(Sampled).Select(p => new RetentionSample(Masked.Of(vault, p), p.LastTextAt ?? p.CreatedAt))];
    }

    public override async Task<SweepStep> RemoveAsync(SweepScope scope, long after, CancellationToken cancellationToken)
    {
        var ids = new List<SubscriberId>();
        foreach (var due in await DueAsync(scope, cancellationToken))
            ids.AddRange(await due.OrderBy(p => p.CreatedAt).Take(BatchSize - ids.Count).Select(p => p.Id).ToListAsync(cancellationToken));
        var people = await scope.Db.Subscribers.Where(s => ids.Contains(s.Id) || (s.MergedIntoId != null && ids.Contains(s.MergedIntoId.Value) && s.ErasedAt == null)).ToListAsync(cancellationToken);
        foreach (var person in people)
            await EmptyAsync(scope, person, cancellationToken);
        return new SweepStep(ids.Count, after, ids.Count == BatchSize);
    }

    private async Task EmptyAsync(SweepScope scope, Subscriber person, CancellationToken cancellationToken)
    {
        var words = vault.Open(person) is { } opened ? factory.Words(person.Id, opened.Phone, opened.Profile) : [];
        var stores = await new SubscriberErasure(scope.Db, person, words, null, scope.Now).ApplyAsync(RunRetention.Job, cancellationToken);
        var reason = string.Create(CultureInfo.InvariantCulture, $"No consent, and nothing has happened for the time that is kept ({scope.Schedule.MonthsOf(Class)} months or what purpose and country say)");
        scope.Db.Audit(RunRetention.Job, scope.Now, new AuditFact(Emptied, "subscriber", person.Id.ToString(), person.Id, reason, After: new Dictionary<string, object?> { ["stores"] = stores }));
    }

    private async Task<IEnumerable<IQueryable<Subscriber>>> DueAsync(SweepScope scope, CancellationToken cancellationToken)
    {
        var purposes = await scope.Db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        return QuietPeople.Due(scope, purposes, scope.Schedule.MonthsOf(Class));
    }
}
