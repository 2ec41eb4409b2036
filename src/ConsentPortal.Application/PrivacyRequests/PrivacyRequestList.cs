using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="IsOpen">True lists what waits, false what is done, null all.</param>
/// <param name="Page">From 0.</param>
/// <param name="Number">One request, by the number after DSR-.</param>
/// <param name="AssigneeId">Whose work it is.</param>
/// <param name="DueBy">Due on this day of the organisation's calendar or before.</param>
/// <param name="ByDueDay">True sorts by the last lawful day, false by number, the latest first; null as it suits what is listed.</param>
public sealed record PrivacyRequestQuery(
    bool? IsOpen = true, PrivacyRequestKind? Kind = null, PrivacyRequestStatus? Status = null, PrivacyRegime? Regime = null, bool IsOverdue = false, int Page = 0,
    int? Number = null, Guid? AssigneeId = null, DateOnly? DueBy = null, bool? ByDueDay = null)
{
    internal bool IsByDueDay => ByDueDay ?? IsOpen == true;
}

/// <param name="Person">The masked number, or "Erased".</param>
/// <param name="DueAt">The last second of the last lawful day where the organisation is (UTC).</param>
/// <param name="IsUnverified">Open, and nobody has made sure yet who asks.</param>
/// <param name="HasTwin">The same person asks for the same in another open request.</param>
public sealed record PrivacyRequestRow(
    PrivacyRequestId Id, int Number, PrivacyRequestKind Kind, SubscriberId SubscriberId, string Person, string? Region, PrivacyRegime Regime, string Source,
    DateTimeOffset ReceivedAt, DateOnly DueOn, PrivacyRequestStatus Status, DateTimeOffset? ClosedAt, DateTimeOffset DueAt, bool IsPaused, bool IsUnverified, bool HasTwin, Guid? AssigneeId, string? Assignee);

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
        await using var db = database.Open();
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        var today = calendar.Of(clock.GetUtcNow());
        var week = today.AddDays(7);
        var open = db.PrivacyRequests.AsNoTracking().Where(r =>
            r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled);
        var wanted = Filter(db, open, query, today);
        var sorted = query.IsByDueDay ? wanted.OrderBy(r => r.DueOn).ThenBy(r => r.Number) : wanted.OrderByDescending(r => r.Number);
        var rows = await (
            from request in sorted.Skip(Math.Max(0, query.Page) * PageSize).Take(PageSize)
            join person in db.Subscribers on request.SubscriberId equals person.Id
            select new
            {
                Request = request, person.WrappedKey, person.PhoneSealed, person.Region, Assignee = db.Users.Where(s => s.Id == request.AssigneeId).Select(s => s.DisplayName).FirstOrDefault(),
                HasTwin = open.Any(o => o.SubscriberId == request.SubscriberId && o.Kind == request.Kind && o.Id != request.Id),
            }).ToListAsync(cancellationToken);
        return new PrivacyRequestQueue(
            [.. (query.IsByDueDay ? rows.OrderBy(r => r.Request.DueOn).ThenBy(r => r.Request.Number) : rows.OrderByDescending(r => r.Request.Number))
                .Select(r => Row(r.Request, vault.Open(r.Request.SubscriberId, r.WrappedKey, r.PhoneSealed, null, r.Region)?.Phone.ToString() ?? "Erased", r.Region, calendar, today)
                    with { HasTwin = r.HasTwin && r.Request.IsOpen, Assignee = r.Assignee })],
            await wanted.CountAsync(cancellationToken), await open.CountAsync(cancellationToken),
            await open.CountAsync(r => r.DueOn < today && r.PausedOn == null, cancellationToken), await open.CountAsync(r => r.DueOn >= today && r.DueOn <= week && r.PausedOn == null, cancellationToken));
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
        if (query.AssigneeId is { } assignee)
            wanted = wanted.Where(r => r.AssigneeId == assignee);
        if (query.DueBy is { } day)
            wanted = wanted.Where(r => r.DueOn <= day);
        return query.IsOverdue ? wanted.Where(r => r.DueOn < today && r.CompletedAt == null && r.PausedOn == null) : wanted;
    }

    private static PrivacyRequestRow Row(PrivacyRequest r, string person, string? region, OrganisationDays calendar, DateOnly today)
    {
        var due = r.DueIfAnsweredOn(new RequestDays(calendar.Of(r.ReceivedAt), today));
        return new PrivacyRequestRow(
            r.Id, r.Number, r.Kind, r.SubscriberId, person, region, r.Regime, r.Source, r.ReceivedAt, due, r.Status, r.CompletedAt, calendar.EndOf(due), r.PausedOn is not null,
            r is { NeedsVerification: true, Status: PrivacyRequestStatus.Received }, HasTwin: false, r.AssigneeId, Assignee: null);
    }
}
