using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <param name="ShowsNumbers">Writes the full numbers, for those who may reveal and export them and say why.</param>
public sealed record SegmentFileWish(SegmentId Segment, bool ShowsNumbers = false, string? Reason = null)
{
    private static readonly string[] Masked = [Permissions.ViewSegments, Permissions.ViewSubscribers, Permissions.ExportReports];

    /// <returns>Why the file can't be made; null when it can.</returns>
    public Failure? Refusal => ShowsNumbers && !ReasonNeeded.IsMetBy(Reason) ? new ReasonNeeded() : null;

    /// <summary>Every one of them is needed.</summary>
    public IReadOnlyList<string> Rights => ShowsNumbers ? [.. Masked, Permissions.RevealNumbers, Permissions.ExportSubscribers] : Masked;
}

/// <summary>
/// The people whom the saved rule of a segment means now, as CSV, but for those whose data may only be stored. The audit trail keeps who took them, how
/// many they are and how many were left out, before the first line is written; a full number is a reveal, which each person's own history has too.
/// </summary>
public sealed class ExportSegment(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    /// <returns>The file, which writes itself.</returns>
    public async Task<Result<SegmentFile>> ExecuteAsync(Actor actor, SegmentFileWish wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        foreach (var right in wish.Rights)
            actor.Require(right);
        if (wish.Refusal is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var version = await (
            from segment in db.Segments.AsNoTracking()
            where segment.Id == wish.Segment
            join kept in db.SegmentVersions on new { segment.Id, Version = segment.CurrentVersion } equals new { Id = kept.SegmentId, kept.Version }
            select kept).SingleOrDefaultAsync(cancellationToken);
        if (version is null)
            return new SegmentNotFound();
        if (!(await SegmentAudience.CompleteAsync(db, SegmentRuleJson.Read(version.RuleJson).Value, wish.Segment, cancellationToken)).TryGet(out var rule, out var incomplete))
            return incomplete;
        var moment = await RuleMoments.AtAsync(db, now, cancellationToken);
        var people = await SegmentTranslator.Size(db, rule, moment).SingleOrDefaultAsync(cancellationToken);
        var restricted = await SegmentTranslator.PeopleByRules(db, rule, moment).CountAsync(s => s.IsRestricted, cancellationToken);
        await KeepAsync(actor, wish, version, people - restricted, restricted, now, cancellationToken);
        return new SegmentFile(database, vault, rule, moment, wish.ShowsNumbers ? some => KeepNumbersAsync(actor, wish.Segment, some, now, cancellationToken) : null);
    }

    private Task KeepNumbersAsync(Actor actor, SegmentId segment, IReadOnlyCollection<SubscriberId> people, DateTimeOffset now, CancellationToken cancellationToken) =>
        ExportedNumbers.KeepAsync(database, actor, now, "segment", segment.ToString(), people, cancellationToken);

    private Task KeepAsync(Actor actor, SegmentFileWish wish, SegmentVersion version, int people, int restricted, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.Audit(actor, now, new AuditFact("segment.exported", "segment", wish.Segment.ToString(), Reason: wish.Reason?.Trim(), After: new Dictionary<string, object?>
            {
                ["version"] = version.Version, ["rule"] = version.Sentence, ["people"] = people, ["restricted"] = restricted, ["fullNumbers"] = wish.ShowsNumbers,
            }));
            return Task.CompletedTask;
        },
        cancellationToken);
}
