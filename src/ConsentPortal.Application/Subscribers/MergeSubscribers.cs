using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Keep">The record that goes on, with its number.</param>
/// <param name="Close">The record that is closed; its history stays readable from the other one.</param>
/// <param name="KeepVersion">The versions that the editor saw; older ones are refused.</param>
public sealed record Merge(SubscriberId Keep, Guid KeepVersion, SubscriberId Close, Guid CloseVersion, string Reason);

/// <summary>
/// Makes one of two records of the same person. Whatever either of them forbids stays forbidden: per purpose the strictest
/// state, the less frequent wish, the longer pause, every stop, a restriction of either.
/// </summary>
public sealed class MergeSubscribers(PortalDatabase database, SubjectKeys keys, SubscriberVault vault, TimeProvider clock)
{
    /// <summary>What a merge would come to; changes nothing.</summary>
    public async Task<Result<MergePlan>> PlanAsync(Actor actor, SubscriberId keep, SubscriberId close, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var pair = await PairAsync(db, keep, close, cancellationToken);
        return pair.TryGet(out var found, out var refused) ? await MergePlan.ReadAsync(db, found.Kept, found.Closed, clock.GetUtcNow(), cancellationToken) : refused;
    }

    public async Task<Result<Done>> ExecuteAsync(Actor actor, Merge merge, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        actor.Require(Permissions.RecordConsent);
        if (!ReasonNeeded.IsMetBy(merge.Reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    if (!(await PairAsync(db, merge.Keep, merge.Close, cancellationToken)).TryGet(out var pair, out var refused))
                        return refused;
                    if (pair.Kept.Version != merge.KeepVersion || pair.Closed.Version != merge.CloseVersion)
                        return new ChangedMeanwhile();
                    if ((PersonTraces.Refusal(vault, pair.Kept, merge.Reason) ?? PersonTraces.Refusal(vault, pair.Closed, merge.Reason)) is { } named)
                        return named;
                    await ApplyAsync(db, actor, pair.Kept, pair.Closed, merge.Reason.Trim(), now, cancellationToken);
                    return Done.Value;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<(Subscriber Kept, Subscriber Closed)>> PairAsync(
        PortalDbContext db, SubscriberId keep, SubscriberId close, CancellationToken cancellationToken)
    {
        if (keep == close)
            return new CannotMergeWithItself();
        var kept = await db.Subscribers.FindAsync([keep], cancellationToken);
        var closed = await db.Subscribers.FindAsync([close], cancellationToken);
        if (kept is not { ErasedAt: null, WrappedKey: not null } || closed is not { ErasedAt: null, WrappedKey: not null })
            return new SubscriberNotFound();
        if ((kept.MergedIntoId ?? closed.MergedIntoId) is { } elsewhere)
            return new SubscriberMerged(elsewhere.ToString());
        var open = await db.PrivacyRequests.Where(r => r.SubscriberId == close && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied
            && r.Status != PrivacyRequestStatus.Cancelled).OrderBy(r => r.Number).Select(r => (int?)r.Number).FirstOrDefaultAsync(cancellationToken);
        return open is { } number ? new FinishRequestFirst(number) : (kept, closed);
    }

    private async Task ApplyAsync(PortalDbContext db, Actor actor, Subscriber kept, Subscriber closed, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var plan = await MergePlan.ReadAsync(db, kept, closed, now, cancellationToken);
        var consent = new MergedConsent(db, keys, actor, kept, closed, reason, now);
        foreach (var purpose in plan.Purposes)
            await consent.ApplyAsync(purpose, cancellationToken);
        var before = new Dictionary<string, object?>
        {
            ["frequency"] = kept.Frequency, ["pausedUntil"] = kept.PausedUntil, ["restricted"] = kept.IsRestricted, ["sharingOptOutAt"] = kept.SharingOptOutAt,
        };
        (kept.Frequency, kept.PausedUntil, kept.IsRestricted, kept.SharingOptOutAt) = (plan.Frequency, plan.PausedUntil, plan.IsRestricted, plan.SharingOptOutAt);
        if (plan.HasSameNumber && closed.NumberState > kept.NumberState)
            kept.NumberState = closed.NumberState;
        if (!plan.HasSameNumber)
            await CopyStopsAsync(db, kept, closed, now, cancellationToken);
        var dropped = await MoveAsync(db, kept.Id, closed.Id, cancellationToken);
        var skipped = await SkipPlannedAsync(db, closed.Id, now, cancellationToken);
        if (skipped > 0)
            await TextTrail.NameSkippedAsync(db, actor, db.OutboundMessages.Where(m => m.SubscriberId == closed.Id), now, cancellationToken);
        await CloseAsync(db, kept, closed, now, cancellationToken);
        db.Audit(actor, now, new AuditFact("subscriber.merged", "subscriber", kept.Id.ToString(), kept.Id, reason, before, new Dictionary<string, object?>
        {
            ["closed"] = closed.Id.ToString(), ["sameNumber"] = plan.HasSameNumber, ["frequency"] = plan.Frequency, ["pausedUntil"] = plan.PausedUntil, ["restricted"] = plan.IsRestricted,
            ["sharingOptOutAt"] = plan.SharingOptOutAt,
            ["purposes"] = plan.Purposes.Select(p => $"{p.PurposeId}: {p.Kept.Status} and {p.Closed.Status} became {p.After.Status}"), ["textsSkipped"] = skipped,
        }));
        db.Audit(actor, now, new AuditFact("subscriber.closed", "subscriber", closed.Id.ToString(), closed.Id, reason, After: new Dictionary<string, object?> { ["into"] = kept.Id.ToString(), ["attributesDropped"] = dropped }));
    }

    /// <summary>Who said stop on one number meant all that they have.</summary>
    private static async Task CopyStopsAsync(PortalDbContext db, Subscriber kept, Subscriber closed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.LiftedAt == null && (s.PhoneHash == kept.PhoneHash || s.PhoneHash == closed.PhoneHash)).ToListAsync(cancellationToken);
        var known = stops.Where(s => s.PhoneHash.AsSpan().SequenceEqual(kept.PhoneHash)).Select(Reach).ToHashSet();
        // A new owner and the carrier of the other number say nothing about this one.
        var theirs = stops.Where(s => s.PhoneHash.AsSpan().SequenceEqual(closed.PhoneHash) && s.Source is not (SuppressionSource.Reassigned or SuppressionSource.Carrier));
        db.Suppressions.AddRange(theirs.Where(s => known.Add(Reach(s))).Select(s => new Suppression
        {
            PhoneHash = kept.PhoneHash!, Scope = s.Scope, PurposeId = s.PurposeId, Sender = s.Sender, Source = s.Source, Reason = s.Reason, At = now, IsActOfPerson = s.IsActOfPerson,
        }));

        // What outlasts a START is copied beside what does not.
        static (SuppressionScope, PurposeId?, string?, bool) Reach(Suppression stop) => (stop.Scope, stop.PurposeId, stop.Sender, OwnStops.IsOwn(stop));
    }

    /// <summary>
    /// What is not sealed and not a ledger goes on under the kept record: facts, lists, and attributes that it lacks. A closed record keeps no attribute, as an
    /// erased one keeps none: whoever counts values counts people (ADR 17).
    /// </summary>
    /// <returns>The names of the attributes of which the kept record had a value already.</returns>
    private static async Task<List<string>> MoveAsync(PortalDbContext db, SubscriberId kept, SubscriberId closed, CancellationToken cancellationToken)
    {
        await db.SubscriberFacts.Where(f => f.SubscriberId == closed).ExecuteUpdateAsync(f => f.SetProperty(x => x.SubscriberId, kept), cancellationToken);
        await db.SubscriberAttributes.Where(a => a.SubscriberId == closed && !db.SubscriberAttributes.Any(k => k.SubscriberId == kept && k.AttributeId == a.AttributeId))
            .ExecuteUpdateAsync(a => a.SetProperty(x => x.SubscriberId, kept), cancellationToken);
        var rest = db.SubscriberAttributes.Where(a => a.SubscriberId == closed);
        var dropped = await rest.Join(db.AttributeDefinitions, a => a.AttributeId, d => d.Id, (_, d) => d.Name).OrderBy(name => name).ToListAsync(cancellationToken);
        await rest.ExecuteDeleteAsync(cancellationToken);
        var lists = await db.SegmentMembers.AsNoTracking().Where(m => m.SubscriberId == closed && !db.SegmentMembers.Any(k => k.SubscriberId == kept && k.SegmentId == m.SegmentId))
            .Select(m => m.SegmentId).ToListAsync(cancellationToken);
        db.SegmentMembers.AddRange(lists.Select(list => new SegmentMember { SegmentId = list, SubscriberId = kept }));
        return dropped;
    }

    private static Task<int> SkipPlannedAsync(PortalDbContext db, SubscriberId closed, DateTimeOffset now, CancellationToken cancellationToken) =>
        db.OutboundMessages.Where(m => m.SubscriberId == closed && (m.State == MessageState.Planned || m.State == MessageState.Deferred))
            .ExecuteUpdateAsync(m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, nameof(Domain.Policy.SendReason.DuplicateNumber))
                .SetProperty(x => x.DecidedAt, now).SetProperty(x => x.FinalAt, now), cancellationToken);

    private static async Task CloseAsync(PortalDbContext db, Subscriber kept, Subscriber closed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (closed.MergedIntoId, closed.MergedAt) = (kept.Id, now);
        (closed.UpdatedAt, closed.Version) = (now, Guid.CreateVersion7(now));
        (kept.UpdatedAt, kept.Version) = (now, Guid.CreateVersion7(now));
        // A record that went into the closed one goes along, so that every way leads to the person in one step.
        await db.Subscribers.Where(s => s.MergedIntoId == closed.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.MergedIntoId, kept.Id), cancellationToken);
        await db.NumberPeriods.Where(p => p.Id == closed.CurrentPeriodId && p.To == null).ExecuteUpdateAsync(p => p.SetProperty(x => x.To, now), cancellationToken);
    }
}
