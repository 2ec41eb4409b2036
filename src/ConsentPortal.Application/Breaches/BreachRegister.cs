using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Breaches;

/// <param name="AuthorityToldAt">The first time; null while the authority was not told.</param>
/// <param name="PeopleToldAt">The first time; null while the people were not told.</param>
public sealed record BreachRow(
    Guid Id, int Number, string Title, DateTimeOffset AwareAt, DateTimeOffset AuthorityDue, BreachRisk Risk, int? People, DateTimeOffset? AuthorityToldAt, DateTimeOffset? PeopleToldAt,
    DateTimeOffset? ClosedAt)
{
    /// <summary>The clock runs: a risk of which the authority does not know yet.</summary>
    public bool IsClockRunning => ClosedAt is null && Risk != BreachRisk.Unlikely && AuthorityToldAt is null;
}

/// <param name="Notices">In the order in which they were given.</param>
public sealed record BreachView(Breach Breach, IReadOnlyList<BreachNotice> Notices)
{
    public DateTimeOffset? AuthorityToldAt => Notices.Where(n => n.Kind == NoticeKind.Authority).Select(n => (DateTimeOffset?)n.ToldAt).Min();

    public bool IsClockRunning => Breach is { ClosedAt: null, NeedsAuthority: true } && AuthorityToldAt is null;
}

/// <summary>The register of all breaches (GDPR art. 33(5)), newest first.</summary>
public sealed class BreachRegister(PortalDatabase database)
{
    public async Task<IReadOnlyList<BreachRow>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewBreaches);
        await using var db = database.Open();
        return [.. (await ReadAsync(db, cancellationToken)).Select(Row)];
    }

    public async Task<Result<BreachView>> GetAsync(Actor actor, Guid id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewBreaches);
        await using var db = database.Open();
        if (await db.Breaches.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, cancellationToken) is not { } breach)
            return new BreachNotFound();
        return new BreachView(breach, await db.BreachNotices.AsNoTracking().Where(n => n.BreachId == id).OrderBy(n => n.ToldAt).ThenBy(n => n.Id).ToListAsync(cancellationToken));
    }

    /// <summary>Organisations have a handful of breaches: the whole register is one page.</summary>
    internal static async Task<IReadOnlyList<BreachView>> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var breaches = await db.Breaches.AsNoTracking().OrderByDescending(b => b.Number).ToListAsync(cancellationToken);
        var notices = (await db.BreachNotices.AsNoTracking().OrderBy(n => n.ToldAt).ThenBy(n => n.Id).ToListAsync(cancellationToken)).ToLookup(n => n.BreachId);
        return [.. breaches.Select(b => new BreachView(b, [.. notices[b.Id]]))];
    }

    private static BreachRow Row(BreachView view) => new(
        view.Breach.Id, view.Breach.Number, view.Breach.Title, view.Breach.AwareAt, view.Breach.AuthorityDue, view.Breach.Risk, view.Breach.People, view.AuthorityToldAt,
        view.Notices.Where(n => n.Kind == NoticeKind.People).Select(n => (DateTimeOffset?)n.ToldAt).Min(), view.Breach.ClosedAt);
}
