using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <param name="Total">Texts on which the policy decided in the time.</param>
public sealed record SimulationProgress(int Judged, int Total);

/// <summary>
/// Asks of every text of the last 30 days what a draft would have decided, with the facts of that instant, beside what the
/// version of that day decided. Each text is judged on its own: what really went counts for caps, not what would have gone.
/// There is one at a time in the whole portal, and the draft knows of it until it has a result.
/// </summary>
public sealed class SimulatePolicy(PortalDatabase database, PastFactsReader facts, Leases leases, TimeProvider clock) : IDisposable
{
    public const int Days = 30;

    internal const string Lease = "policy-simulation";

    private const int BatchSize = 500;

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <param name="seenHash">Of the draft on the screen.</param>
    public async Task<Result<PolicySimulation>> ExecuteAsync(Actor actor, int version, string seenHash, IProgress<SimulationProgress> progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } staff)
            return new StaffWritesPolicy();
        if (!await _turn.WaitAsync(TimeSpan.Zero, cancellationToken))
            return new SimulationRunsAlready();
        try
        {
            return await leases.TryHoldAsync(Lease, LeaseTime, cancellationToken)
                ? await RunAsync(actor, staff, version, seenHash, progress, cancellationToken)
                : new SimulationRunsAlready();
        }
        finally
        {
            await leases.ReleaseAsync(Lease);
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Result<PolicySimulation>> RunAsync(Actor actor, Guid staff, int version, string seenHash, IProgress<SimulationProgress> progress, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var begun = await PolicyChange.ApplyAsync(database, version, (_, row) => row.Begin(new SimulationRun(SimulationRunState.Running, now, staff, seenHash)), cancellationToken);
        if (!begun.IsSuccess)
            return begun.Failure;
        var id = Guid.CreateVersion7(now);
        try
        {
            var run = await ReadAsync(id, version, now, cancellationToken);
            var tally = await JudgeAsync(run, progress, cancellationToken);
            var simulation = new PolicySimulation(id, seenHash, now, staff, run.Since, tally.Judged, tally.Same, tally.Changes, tally.Lost);
            var kept = await KeepAsync(actor, version, simulation, tally.Listed, now, cancellationToken);
            if (kept.IsSuccess)
                return simulation;
            await ForgetAsync(id, version, SimulationRunState.Stopped);
            return kept.Failure;
        }
        catch (Exception problem)
        {
            await ForgetAsync(id, version, problem is OperationCanceledException ? SimulationRunState.Stopped : SimulationRunState.Failed);
            throw;
        }
    }

    private async Task<Run> ReadAsync(Guid id, int version, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var row = await db.Policies.AsNoTracking().SingleAsync(p => p.Version == version, cancellationToken);
        var since = now.AddDays(-Days);
        return new Run(id, row.Policy, since, await Decided(db, since).CountAsync(cancellationToken), await Recomputation.OpenAsync(db, cancellationToken));
    }

    private async Task<SimulationTally> JudgeAsync(Run run, IProgress<SimulationProgress> progress, CancellationToken cancellationToken)
    {
        var tally = new SimulationTally(run.Id, run.Draft.Number);
        progress.Report(new SimulationProgress(0, run.Total));
        for (long last = 0; ;)
        {
            // A context for each batch: nothing of the texts before stays in memory.
            await using var db = database.Open();
            var after = last;
            var texts = await Decided(db, run.Since).Where(m => m.Id > after).OrderBy(m => m.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (texts.Count == 0)
                return tally;
            var found = Judge(run, tally, texts, await facts.ReadAsync(db, texts, cancellationToken));
            if (found.Count > 0)
                await database.WriteAsJobAsync(write => write.SimulatedTexts.AddRangeAsync(found, cancellationToken), cancellationToken);
            progress.Report(new SimulationProgress(tally.Judged, Math.Max(run.Total, tally.Judged)));
            await leases.TryHoldAsync(Lease, LeaseTime, cancellationToken);
            last = texts[^1].Id;
        }
    }

    private static List<SimulatedText> Judge(Run run, SimulationTally tally, IReadOnlyList<OutboundMessage> texts, IReadOnlyDictionary<long, PastFacts> past) =>
    [
        .. texts.Select(text => tally.Add(
                text, run.Versions.Of(text, past[text.Id]), () => SendPolicy.Evaluate(past[text.Id].Facts!, run.Draft, text.DecidedAt!.Value)))
            .OfType<SimulatedText>(),
    ];

    private async Task<Result<Done>> KeepAsync(Actor actor, int version, PolicySimulation simulation, int listed, DateTimeOffset now, CancellationToken cancellationToken) =>
        await PolicyChange.ApplyAsync(
            database, version,
            async (db, row) =>
            {
                // Somebody else's simulation of the same draft may have ended first and cleared away what this one had listed.
                if (await db.SimulatedTexts.CountAsync(t => t.SimulationId == simulation.Id, cancellationToken) != listed)
                    return new DraftChangedMeanwhile();
                var kept = row.Keep(simulation, now);
                if (!kept.IsSuccess)
                    return kept;
                await db.SimulatedTexts.Where(t => t.PolicyVersion == version && t.SimulationId != simulation.Id).ExecuteDeleteAsync(cancellationToken);
                db.AuditPolicy(actor, now, row, "policy.simulated", after: new Dictionary<string, object?>
                {
                    ["simulation"] = simulation.Id.ToString(), ["hash"] = simulation.Hash, ["since"] = simulation.Since, ["judged"] = simulation.Judged, ["same"] = simulation.Same,
                    ["wouldDefer"] = simulation.Would(DecisionKind.Defer), ["wouldHold"] = simulation.Would(DecisionKind.Hold), ["wouldBlock"] = simulation.Would(DecisionKind.Block),
                    ["wouldAllow"] = simulation.WouldAllow, ["notReproduced"] = simulation.NotReproduced,
                });
                return kept;
            },
            cancellationToken);

    /// <summary>Nothing is left of a run without a result but that it ended.</summary>
    private async Task ForgetAsync(Guid simulation, int version, SimulationRunState state) => await database.WriteAsync(
        async db =>
        {
            await db.SimulatedTexts.Where(t => t.SimulationId == simulation).ExecuteDeleteAsync(CancellationToken.None);
            (await db.Policies.SingleAsync(p => p.Version == version, CancellationToken.None)).End(state);
        },
        CancellationToken.None);

    /// <summary>Texts on which the policy decided; those that were stopped without asking it say nothing of it.</summary>
    private static IQueryable<OutboundMessage> Decided(PortalDbContext db, DateTimeOffset since) =>
        db.OutboundMessages.AsNoTracking().Where(m => m.DecisionKind != null && m.DecidedAt >= since);

    private sealed record Run(Guid Id, PolicyVersion Draft, DateTimeOffset Since, int Total, Recomputation Versions);
}
