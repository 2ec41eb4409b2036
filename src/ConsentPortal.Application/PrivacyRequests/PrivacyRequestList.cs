using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="IsOpen">True lists what waits, false what is done, null all.</param>
/// <param name="Page">From 0.</param>
/// <param name="Number">One request, by the number after DSR-.</param>
public sealed record PrivacyRequestQuery(
    bool? IsOpen = true, PrivacyRequestKind? Kind = null, PrivacyRequestStatus? Status = null, PrivacyRegime? Regime = null, bool IsOverdue = false, int Page = 0,
    int? Number = null);

/// <param name="Person">The masked number, or "Erased".</param>
public sealed record PrivacyRequestRow(
    PrivacyRequestId Id, int Number, PrivacyRequestKind Kind, SubscriberId SubscriberId, string Person, string? Region, PrivacyRegime Regime, string Source,
    DateTimeOffset ReceivedAt, DateOnly DueOn, PrivacyRequestStatus Status, DateTimeOffset? ClosedAt);

/// <param name="Open">Of all requests, whatever the filter.</param>
/// <param name="Overdue">Of the open ones.</param>
public sealed record PrivacyRequestQueue(IReadOnlyList<PrivacyRequestRow> Rows, int Total, int Open, int Overdue, int DueThisWeek);

/// <summary>The queue: what is due next comes first; closed requests, the latest first.</summary>
public sealed class PrivacyRequestList(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<PrivacyRequestQueue> PageAsync(Actor actor, PrivacyRequestQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var week = today.AddDays(7);
        await using var db = database.Open();
        var open = db.PrivacyRequests.AsNoTracking().Where(r =>
            r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled);
        var wanted = Filter(db, open, query, today);
        var sorted = query.IsOpen == true ? wanted.OrderBy(r => r.DueOn).ThenBy(r => r.Number) : wanted.OrderByDescending(r => r.Number);
        var rows = await (
            from request in sorted.Skip(Math.Max(0, query.Page) * PageSize).Take(PageSize)
            join person in db.Subscribers on request.SubscriberId equals person.Id
            select new { Request = request, person.WrappedKey, person.PhoneSealed, person.Region }).ToListAsync(cancellationToken);
        return new PrivacyRequestQueue(
            [.. (query.IsOpen == true ? rows.OrderBy(r => r.Request.DueOn).ThenBy(r => r.Request.Number) : rows.OrderByDescending(r => r.Request.Number))
                .Select(r => Row(r.Request, vault.Open(r.Request.SubscriberId, r.WrappedKey, r.PhoneSealed, null, r.Region)?.Phone.ToString() ?? "Erased", r.Region))],
            await wanted.CountAsync(cancellationToken), await open.CountAsync(cancellationToken),
            await open.CountAsync(r => r.DueOn < today, cancellationToken), await open.CountAsync(r => r.DueOn >= today && r.DueOn <= week, cancellationToken));
    }

    private static IQueryable<PrivacyRequest> Filter(PortalDbContext db, IQueryable<PrivacyRequest> open, PrivacyRequestQuery query, DateOnly today)
    {
        var wanted = query.IsOpen switch
        {
            true => open,
            false => db.PrivacyRequests.AsNoTracking().Where(r =>
                r.Status == PrivacyRequestStatus.Completed || r.Status == PrivacyRequestStatus.Denied || r.Status == PrivacyRequestStatus.Cancelled),
            null => db.PrivacyRequests.AsNoTracking(),
        };
        if (query.Number is { } number)
            wanted = wanted.Where(r => r.Number == number);
        if (query.Kind is { } kind)
            wanted = wanted.Where(r => r.Kind == kind);
        if (query.Status is { } status)
            wanted = wanted.Where(r => r.Status == status);
        if (query.Regime is { } regime)
            wanted = wanted.Where(r => r.Regime == regime);
        return query.IsOverdue ? wanted.Where(r => r.DueOn < today && r.CompletedAt == null) : wanted;
    }

    private static PrivacyRequestRow Row(PrivacyRequest r, string person, string? region) => new(
        r.Id, r.Number, r.Kind, r.SubscriberId, person, region, r.Regime, r.Source, r.ReceivedAt, r.DueOn, r.Status, r.CompletedAt);
}
