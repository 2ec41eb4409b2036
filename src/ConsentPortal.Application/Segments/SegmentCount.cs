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
    /// <summary>Who of them agreed, where the purpose needs that, and did not stop, whether there is room for a text now or not; null when no purpose was asked about.</summary>
    public int? Agreed { get; init; }

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

    public Task<Result<SegmentFigures>> GetAsync(Actor actor, SegmentRule rule, PurposeId? purposeId, CancellationToken cancellationToken) => GetAsync(actor, rule, purposeId, null, cancellationToken);

    /// <param name="first">Told everything but the room for one more text, which takes seconds where millions of texts lie within the longest cap.</param>
    /// <inheritdoc cref="GetAsync(Actor, SegmentRule, PurposeId?, CancellationToken)"/>
    public async Task<Result<SegmentFigures>> GetAsync(Actor actor, SegmentRule rule, PurposeId? purposeId, Action<SegmentFigures>? first, CancellationToken cancellationToken)
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
        var consenting = purpose is null ? null : SegmentAudience.Permitted(db, people, purpose, now);
        var figures = new SegmentFigures(count, null, await SampleAsync(people, cancellationToken), now)
        {
            Agreed = consenting is null ? null : await consenting.CountAsync(cancellationToken), Warnings = await WarningsAsync(db, whole, count, cancellationToken),
        };
        if (consenting is null)
            return figures;
        first?.Invoke(figures);
        var reachable = await (await SendingRoom.OfAsync(db, consenting, purpose!, now, cancellationToken)).CountAsync(cancellationToken);
        return figures with { Reachable = reachable, Waiting = figures.Agreed - reachable };
    }

    private static async Task<IReadOnlyList<string>> WarningsAsync(PortalDbContext db, SegmentRule rule, int people, CancellationToken cancellationToken)
    {
        var asked = rule.Reached().OfType<AttributeCondition>().Select(c => c.AttributeId).Distinct().ToList();
        var attributes = asked.Count == 0 ? [] : await db.AttributeDefinitions.AsNoTracking().Where(a => asked.Contains(a.Id)).OrderBy(a => a.Name).ToListAsync(cancellationToken);
        var warnings = attributes.Where(a => a.IsSensitive).Select(a => $"The rule asks about {a.Name}, which is marked as sensitive: be sure that people agreed to be chosen by it.").ToList();
        foreach (var attribute in attributes)
            if (!await IsUsedAsync(db, attribute.Id, cancellationToken))
                warnings.Add($"Nobody has a value of {attribute.Name}: what the rule asks about it is the same for everybody. Take it out, or import the values first.");
        return people is > 0 and < Crowd
            ? [$"The rule means fewer than {Crowd} people: whoever reads it may tell who they are. Make it wider, unless you mean them.", .. warnings]
            : warnings;
    }

    // Each column by itself, of which a value has one: there is an index of each, and none of all.
    private static async Task<bool> IsUsedAsync(PortalDbContext db, int attribute, CancellationToken cancellationToken)
    {
        var values = db.SubscriberAttributes.Where(a => a.AttributeId == attribute);
        return await values.AnyAsync(a => a.FoldedText != null, cancellationToken) || await values.AnyAsync(a => a.Number != null, cancellationToken) || await values.AnyAsync(a => a.Date != null, cancellationToken);
    }

    private async Task<IReadOnlyList<SamplePerson>> SampleAsync(IQueryable<Subscriber> people, CancellationToken cancellationToken)
    {
        var rows = await people.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(SampleSize)
            .Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region, s.Language }).ToListAsync(cancellationToken);
        return [.. rows.Select(s => new SamplePerson(
            s.Id, vault.Open(s.Id, s.WrappedKey, s.PhoneSealed, null, s.Region)?.Phone.ToString() ?? "Erased", s.Region, s.Language))];
    }
}
