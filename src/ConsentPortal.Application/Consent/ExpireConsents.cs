using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Consent;

/// <summary>
/// Writes into the ledger that a consent has run out, such as one implied by a purchase (CASL-04), or that a request was not
/// answered in its time (EU-24). Nobody was texted on either since that instant: this is the record of it.
/// </summary>
public sealed partial class ExpireConsents(PortalDatabase database, Leases leases, TimeProvider clock, ILogger<ExpireConsents> logger) : BackgroundService
{
    public const int BatchSize = 200;

    private const string LeaseName = "consent-expiry";

    /// <summary>A YES of the last minute may still be on its way from the provider.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(15);

    /// <summary>Every consent is looked at, and nobody waits for it: the policy goes by the date itself.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    private static readonly Actor Recorder = Actor.Job("consent-expiry");

    /// <summary>Records everything that has run out, unless another process does; tests call it directly.</summary>
    /// <returns>How many consents and requests.</returns>
    public async Task<int> ExpireAllAsync(CancellationToken cancellationToken)
    {
        var (expired, last) = (0, BatchSize);
        while (last == BatchSize && await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
        {
            last = await database.WriteAsJobAsync(db => ExpireSomeAsync(db, cancellationToken), cancellationToken);
            expired += last;
        }

        return expired;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await ExpireAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // What has run out waits; nobody is texted meanwhile.
                LogFailed(logger, problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private async Task<int> ExpireSomeAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now - Grace;
        var due = await (
            from record in db.ConsentRecords
            where (record.Status == ConsentStatus.Granted || record.Status == ConsentStatus.Pending) && record.ExpiresAt <= until
            join person in db.Subscribers on record.SubscriberId equals person.Id
            where person.ErasedAt == null && person.MergedIntoId == null
            orderby record.ExpiresAt, record.SubscriberId, record.PurposeId
            select new { Record = record, Person = person }).Take(BatchSize).ToListAsync(cancellationToken);
        foreach (var item in due)
            await ExpireAsync(db, item.Person, item.Record, now, cancellationToken);
        return due.Count;
    }

    private static async Task ExpireAsync(PortalDbContext db, Subscriber person, ConsentRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = record.Status;
        var e = new ConsentEvent
        {
            SubscriberId = person.Id, PurposeId = record.PurposeId, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Expired, Basis = record.Basis,
            Level = ConsentLevel.None, Channel = ConsentChannel.Portal, IsActOfPerson = false, At = record.ExpiresAt!.Value, RecordedAt = now, ActorKind = Recorder.Kind, ActorId = Recorder.Id,
            Reason = before == ConsentStatus.Pending ? "No YES came in its time" : "The consent was given for a time, and it is over", SupersedesId = record.GrantEventId,
        };
        var after = await ConsentLedger.AppendAsync(db, e, cancellationToken);
        db.Audit(Recorder, now, new AuditFact("consent.expired", "subscriber", person.Id.ToString(), person.Id, e.Reason,
            new Dictionary<string, object?> { ["status"] = before },
            new Dictionary<string, object?> { ["status"] = after.Status, ["purpose"] = record.PurposeId.ToString(), ["event"] = e.Id, ["endedAt"] = e.At }));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Recording what has run out failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
