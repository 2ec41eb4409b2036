using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>One person of the segment, as far as everybody who builds segments may see them.</summary>
public sealed record SamplePerson(SubscriberId Id, string MaskedPhone, string? Region, string? Language);

/// <param name="People">Exact.</param>
/// <param name="Reachable">Who of them could be texted for the purpose now at most, as far as sets can tell; null when no purpose was asked about.</param>
/// <param name="Sample">The ten who were added last.</param>
/// <param name="At">When it was counted (UTC).</param>
public sealed record SegmentFigures(int People, int? Reachable, IReadOnlyList<SamplePerson> Sample, DateTimeOffset At)
{
    /// <summary>Who of them agreed and did not stop, but has no room for a text now (chosen or promised frequency, caps, a pause, or urgent texts only); null when no purpose was asked about.</summary>
    public int? Waiting { get; init; }

    /// <summary>What a data protection officer would ask about, as sentences; they forbid nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Counts a rule, saved or not: everybody, and those whom a text of a purpose can reach now.</summary>
public sealed class SegmentCount(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    private const int SampleSize = 10;

    /// <summary>Of fewer people, whoever knows the rule can often tell who they are.</summary>
    private const int Crowd = 20;

    public async Task<Result<SegmentFigures>> GetAsync(Actor actor, SegmentRule rule, PurposeId? purposeId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSegments);
        if (rule.Check() is { Count: > 0 } problems)
            return new SegmentRuleRefused(problems);
        var now = clock.GetUtcNow();
        await using var db = database.Open();
        var purpose = purposeId is { } id ? await db.Purposes.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellationToken) : null;
        if (purposeId is not null && purpose is null)
            return new PurposeNotFound();
        if (!(await SegmentAudience.CompleteAsync(db, rule, of: null, cancellationToken)).TryGet(out var whole, out var incomplete))
            return incomplete;
        var moment = await RuleMoments.AtAsync(db, now, cancellationToken);
        var people = SegmentTranslator.People(db, whole, moment);
        var count = await SegmentTranslator.Size(db, whole, moment).SingleOrDefaultAsync(cancellationToken);
        var (reachable, waiting) = purpose is null ? (null, null) : await ReachableAsync(db, people, purpose, now, cancellationToken);
        return new SegmentFigures(count, reachable, await SampleAsync(people, cancellationToken), now) { Waiting = waiting, Warnings = await WarningsAsync(db, whole, count, cancellationToken) };
    }

    private static async Task<(int? Reachable, int? Waiting)> ReachableAsync(
        PortalDbContext db, IQueryable<Subscriber> people, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var consenting = SegmentAudience.Consenting(db, people, purpose, now);
        var all = await consenting.CountAsync(cancellationToken);
        var reachable = await (await SendingRoom.OfAsync(db, consenting, purpose, now, cancellationToken)).CountAsync(cancellationToken);
        return (reachable, all - reachable);
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(PortalDbContext db, SegmentRule rule, int people, CancellationToken cancellationToken)
    {
        var asked = rule.Reached().OfType<AttributeCondition>().Select(c => c.AttributeId).Distinct().ToList();
        var sensitive = asked.Count == 0 ? [] : await db.AttributeDefinitions.AsNoTracking().Where(a => asked.Contains(a.Id) && a.IsSensitive)
            .OrderBy(a => a.Name).Select(a => a.Name).ToListAsync(cancellationToken);
        var warnings = sensitive.Select(name => $"The rule asks about {name}, which is marked as sensitive: be sure that people agreed to be chosen by it.");
        return people is > 0 and < Crowd
            ? [$"The rule means fewer than {Crowd} people: whoever reads it may tell who they are. Make it wider, unless you mean them.", .. warnings]
            : [.. warnings];
    }

    private async Task<IReadOnlyList<SamplePerson>> SampleAsync(IQueryable<Subscriber> people, CancellationToken cancellationToken)
    {
        var rows = await people.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(SampleSize)
            .Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region, s.Language }).ToListAsync(cancellationToken);
        return [.. rows.Select(s => new SamplePerson(
            s.Id, vault.Open(s.Id, s.WrappedKey, s.PhoneSealed, null, s.Region)?.Phone.ToString() ?? "Erased", s.Region, s.Language))];
    }
}
