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
/// </summary>
public sealed class SimulatePolicy(PortalDatabase database, PastFactsReader facts, TimeProvider clock)
{
    public const int Days = 30;

    private const int BatchSize = 500;

    /// <param name="seenHash">Of the draft on the screen.</param>
    public async Task<Result<PolicySimulation>> ExecuteAsync(Actor actor, int version, string seenHash, IProgress<SimulationProgress> progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } staff)
            return new StaffWritesPolicy();
        var now = clock.GetUtcNow();
        var plan = await ReadAsync(version, seenHash, now, cancellationToken);
        if (!plan.TryGet(out var run, out var refused))
            return refused;
        try
        {
            var tally = await JudgeAsync(run, progress, cancellationToken);
            var simulation = new PolicySimulation(run.Id, seenHash, now, staff, run.Since, tally.Judged, tally.Same, tally.Changes, tally.Lost);
            var kept = await KeepAsync(actor, version, simulation, tally.Listed, now, cancellationToken);
            if (kept.IsSuccess)
                return simulation;
            await ForgetAsync(run.Id);
            return kept.Failure;
        }
        catch (OperationCanceledException)
        {
            await ForgetAsync(run.Id);
            throw;
        }
    }

    private async Task<Result<Run>> ReadAsync(int version, string seenHash, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.Policies.AsNoTracking().SingleOrDefaultAsync(p => p.Version == version, cancellationToken) is not { } row)
            return new PolicyNotFound();
        if (!row.IsDraft)
            return new PolicyIsNoDraft(version);
        if (row.Hash != seenHash)
            return new DraftChangedMeanwhile();
        var since = now.AddDays(-Days);
        return new Run(Guid.CreateVersion7(now), row.Policy, since, await Decided(db, since).CountAsync(cancellationToken), await Recomputation.OpenAsync(db, cancellationToken));
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
                await database.WriteAsync(write => write.SimulatedTexts.AddRangeAsync(found, cancellationToken), cancellationToken);
            progress.Report(new SimulationProgress(tally.Judged, Math.Max(run.Total, tally.Judged)));
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

    private async Task ForgetAsync(Guid simulation) => await database.WriteAsync(
        db => db.SimulatedTexts.Where(t => t.SimulationId == simulation).ExecuteDeleteAsync(CancellationToken.None), CancellationToken.None);

    /// <summary>Texts on which the policy decided; those that were stopped without asking it say nothing of it.</summary>
    private static IQueryable<OutboundMessage> Decided(PortalDbContext db, DateTimeOffset since) =>
        db.OutboundMessages.AsNoTracking().Where(m => m.DecisionKind != null && m.DecidedAt >= since);

    private sealed record Run(Guid Id, PolicyVersion Draft, DateTimeOffset Since, int Total, Recomputation Versions);
}
