using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>Which differences are wanted.</summary>
public sealed record ProviderDifferenceQuery(ProviderDifference Difference = ProviderDifference.BlockedThere, bool IsExplained = false, ProviderEvidence? Evidence = null, string? Sender = null);

/// <param name="Person">Null once nobody here has the number any more.</param>
/// <param name="Phone">Masked.</param>
/// <param name="Others">How many more people here have the number.</param>
/// <param name="Code">The provider's own.</param>
/// <param name="Purposes">For which a text could leave here.</param>
/// <param name="Stop">The newest stop in force here that the sender has to obey; null where there is none.</param>
/// <param name="AgreedAt">When the newest of the consents was given that would let a text leave.</param>
/// <param name="IsOver">The two sides agree since they were last compared.</param>
public sealed record ProviderDifferenceRow(
    long Id, ProviderDifference Difference, SubscriberId? Person, string? Phone, string? Name, int Others, string Sender, ProviderEvidence Evidence, string? Code, DateTimeOffset SaidAt,
    IReadOnlyList<string> Purposes, DateTimeOffset? AgreedAt, ConsentChannel? AgreedBy, DifferenceStop? Stop, DateTimeOffset? Since, DifferenceNote? Explained, bool IsOver);

public sealed record DifferenceStop(SuppressionScope Scope, SuppressionSource Source, string Reason, DateTimeOffset At);

public sealed record DifferenceNote(string Words, string Who, DateTimeOffset At);

/// <param name="Next">Pass as <c>before</c> for older ones; null at the end.</param>
/// <param name="Total">All that match.</param>
public sealed record ProviderDifferencePage(IReadOnlyList<ProviderDifferenceRow> Rows, long? Next, int Total);

/// <param name="Known">Numbers about which the provider has said anything.</param>
/// <param name="ComparedAt">Null before the first comparison.</param>
public sealed record ProviderDifferenceCounts(int BlockedThere, int StoppedHere, int Explained, int Known, DateTimeOffset? ComparedAt);

/// <summary>Where the provider and this portal don't agree about a number, newest first; numbers are masked.</summary>
public sealed class ProviderDifferenceList(PortalDatabase database, SubscriberVault vault, ISmsGateway gateway, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Whether there is a provider to ask.</summary>
    public bool HasProvider => gateway.HasAccount;

    /// <param name="before">Only those found before this one; null for the newest.</param>
    public async Task<ProviderDifferencePage> PageAsync(Actor actor, ProviderDifferenceQuery query, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var matching = Matching(db, query);
        var verdicts = await matching.Where(v => before == null || v.Id < before).OrderByDescending(v => v.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        var shown = verdicts.Take(PageSize).ToList();
        return new ProviderDifferencePage(
            await RowsAsync(db, shown, cancellationToken), verdicts.Count > PageSize ? shown[^1].Id : null, await matching.CountAsync(cancellationToken));
    }

    public async Task<ProviderDifferenceCounts> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var differing = await db.ProviderVerdicts.AsNoTracking().Where(v => v.Difference > ProviderDifference.None)
            .GroupBy(v => new { v.Difference, v.IsExplained }).Select(g => new { g.Key.Difference, g.Key.IsExplained, Count = g.Count() }).ToListAsync(cancellationToken);
        return new ProviderDifferenceCounts(
            differing.Where(g => g.Difference == ProviderDifference.BlockedThere && !g.IsExplained).Sum(g => g.Count),
            differing.Where(g => g.Difference == ProviderDifference.StoppedHere && !g.IsExplained).Sum(g => g.Count),
            differing.Where(g => g.IsExplained).Sum(g => g.Count),
            await db.ProviderVerdicts.CountAsync(cancellationToken), await ProviderComparisonTime.ReadAsync(db, cancellationToken));
    }

    internal static IQueryable<ProviderVerdict> Matching(PortalDbContext db, ProviderDifferenceQuery query)
    {
        var verdicts = db.ProviderVerdicts.AsNoTracking().Where(v => v.Difference == query.Difference && v.IsExplained == query.IsExplained);
        if (query.Evidence is { } evidence)
            verdicts = verdicts.Where(v => v.Evidence == evidence);
        return query.Sender is { } sender ? verdicts.Where(v => v.Sender == sender) : verdicts;
    }

    internal async Task<IReadOnlyList<ProviderDifferenceRow>> RowsAsync(PortalDbContext db, IReadOnlyList<ProviderVerdict> verdicts, CancellationToken cancellationToken)
    {
        var comparison = await ProviderComparison.ReadAsync(db, verdicts, clock.GetUtcNow(), cancellationToken);
        var staff = await ActorNames.OfAsync(db, verdicts.Where(v => v.ExplainedById is not null).Select(v => (ActorKind.Staff, v.ExplainedById!)), cancellationToken);
        return [.. verdicts.Select(verdict => Row(verdict, comparison, staff))];
    }

    private ProviderDifferenceRow Row(ProviderVerdict verdict, ProviderComparison comparison, ActorNames staff)
    {
        var here = comparison.Here(verdict);
        var person = here.People is [var first, ..] ? first : null;
        var opened = person is null ? null : vault.Open(person);
        var newest = here.Active.Select(pair => pair.Consent).MaxBy(consent => consent.GrantedAt);
        return new ProviderDifferenceRow(
            verdict.Id, verdict.Difference, person?.Id, opened?.Phone.ToString(), opened?.Profile.FullName, Math.Max(0, here.People.Count - 1), verdict.Sender, verdict.Evidence, verdict.Code, verdict.SaidAt,
            [.. here.Active.Select(pair => pair.Purpose.Name).Distinct(StringComparer.Ordinal)], newest?.GrantedAt, newest?.Channel,
            here.Stops is [var stop, ..] ? new DifferenceStop(stop.Scope, stop.Source, stop.Reason, stop.At) : null, verdict.DiffersSince,
            verdict is { ExplainedAt: { } at, Explanation: { } words, ExplainedById: { } who } ? new DifferenceNote(words, staff.Of(ActorKind.Staff, who), at) : null,
            comparison.Between(verdict) != verdict.Difference);
    }
}
