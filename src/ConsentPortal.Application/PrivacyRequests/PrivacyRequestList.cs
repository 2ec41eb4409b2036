using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
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
/// <param name="Search">DSR-12 or 12, or whatever finds a person in their list; for whoever may see that list.</param>
/// <param name="Country">ISO 3166: where the person said they live, or else where their number is from.</param>
/// <param name="State">The state or other part of the country that the person named, such as CA.</param>
/// <param name="Source">How it came in.</param>
/// <param name="ReceivedFrom">Received on this day of the organisation's calendar or after.</param>
/// <param name="ReceivedTo">Received on this day or before.</param>
/// <param name="IsUnassigned">Nobody works on it yet.</param>
/// <param name="IsUnverified">Open, and nobody has made sure yet who asks.</param>
/// <param name="HasTwin">The same person asks for the same in another open request.</param>
/// <param name="IsUnrecorded">No record has its number.</param>
/// <param name="IsUnconfirmed">Open, the law wants its receipt confirmed, and nothing that does so has left (CA-02).</param>
/// <param name="HasLetterToSend">Open, with a letter that was written and has not left.</param>
/// <param name="ByDueDay">True sorts by the last lawful day, false by number, the latest first; null as it suits what is listed.</param>
public sealed record PrivacyRequestQuery(
    bool? IsOpen = true, PrivacyRequestKind? Kind = null, PrivacyRequestStatus? Status = null, PrivacyRegime? Regime = null, bool IsOverdue = false, int Page = 0,
    int? Number = null, Guid? AssigneeId = null, DateOnly? DueBy = null, bool? ByDueDay = null, string? Search = null, string? Country = null, string? State = null, string? Source = null,
    DateOnly? ReceivedFrom = null, DateOnly? ReceivedTo = null, bool IsUnassigned = false, bool IsUnverified = false, bool HasTwin = false, bool IsUnconfirmed = false,
    bool HasLetterToSend = false, bool IsUnrecorded = false)
{
    internal bool IsByDueDay => ByDueDay ?? IsOpen == true;
}

/// <param name="SubscriberId">Null where no record has the number.</param>
/// <param name="Person">The masked number, or "Erased".</param>
/// <param name="Region">ISO 3166: where the person said they live, or else where their number is from.</param>
/// <param name="State">The part of the country that the person named.</param>
/// <param name="DueAt">The last second of the last lawful day where the organisation is (UTC).</param>
/// <param name="IsUnverified">Open, and nobody has made sure yet who asks.</param>
/// <param name="HasTwin">The same person asks for the same in another open request.</param>
/// <param name="ConfirmBy">The last day to confirm its receipt, where that is wanted and nothing that does so has left; null otherwise.</param>
/// <param name="HasLetterToSend">Open, with a letter that was written and has not left: what it brings does not count yet.</param>
public sealed record PrivacyRequestRow(
    PrivacyRequestId Id, int Number, PrivacyRequestKind Kind, SubscriberId? SubscriberId, string Person, string? Region, string? State, PrivacyRegime Regime, string Source,
    DateTimeOffset ReceivedAt, DateOnly DueOn, PrivacyRequestStatus Status, DateTimeOffset? ClosedAt, DateTimeOffset DueAt, bool IsPaused, bool IsUnverified, bool HasTwin, Guid? AssigneeId, string? Assignee,
    DateOnly? ConfirmBy, bool HasLetterToSend);

/// <param name="Open">Of all requests, whatever the filter.</param>
/// <param name="Overdue">Of the open ones.</param>
/// <param name="Today">By the organisation's calendar.</param>
/// <param name="Unconfirmed">Of the open ones, those whose receipt has to be confirmed and was not.</param>
/// <param name="ConfirmationsOverdue">Of these, how many are past the last day for it.</param>
public sealed record PrivacyRequestQueue(IReadOnlyList<PrivacyRequestRow> Rows, int Total, int Open, int Overdue, int DueThisWeek, DateOnly Today, int Unconfirmed, int ConfirmationsOverdue);

/// <summary>A country of people who asked, with a part of it that some of them named.</summary>
public sealed record RequestPlace(string Country, string? State);

/// <summary>What the filters of the queue can offer: only what some request has.</summary>
public sealed record RequestChoices(IReadOnlyList<RequestPlace> Places, IReadOnlyList<string> Sources);

/// <summary>The queue: what is due next comes first; closed requests, the latest first.</summary>
public sealed class PrivacyRequestList(PortalDatabase database, SubscriberVault vault, SubscriberList people, LookupHash hashes, TimeProvider clock)
{
    public const int PageSize = 50;

    public async Task<PrivacyRequestQueue> PageAsync(Actor actor, PrivacyRequestQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        var today = calendar.Of(clock.GetUtcNow());
        var week = today.AddDays(7);
        var open = Open(db);
        var unconfirmed = ConfirmationOfReceipt.Missing(db, open);
        var wanted = Filter(db, actor, query, calendar, today);
        var rows = await ReadAsync(db, Sorted(wanted, query).Skip(Math.Max(0, query.Page) * PageSize).Take(PageSize), calendar, today, cancellationToken);
        return new PrivacyRequestQueue(
            [.. query.IsByDueDay ? rows.OrderBy(r => r.Request.DueOn).ThenBy(r => r.Row.Number).Select(r => r.Row) : rows.Select(r => r.Row).OrderByDescending(r => r.Number)],
            await wanted.CountAsync(cancellationToken), await open.CountAsync(cancellationToken),
            await open.CountAsync(r => r.DueOn < today && r.PausedOn == null, cancellationToken), await open.CountAsync(r => r.DueOn >= today && r.DueOn <= week && r.PausedOn == null, cancellationToken), today,
            await unconfirmed.CountAsync(cancellationToken), await ConfirmationOfReceipt.Overdue(db, open, calendar, today).CountAsync(cancellationToken));
    }

    /// <summary>The rows of these requests, in their order; what is gone meanwhile is left out.</summary>
    internal async Task<IReadOnlyList<PrivacyRequestRow>> RowsAsync(Actor actor, IReadOnlyCollection<PrivacyRequestId> ids, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        var rows = (await ReadAsync(db, db.PrivacyRequests.AsNoTracking().Where(r => ids.Contains(r.Id)), calendar, calendar.Of(clock.GetUtcNow()), cancellationToken)).ToDictionary(r => r.Row.Id, r => r.Row);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    /// <summary>What a filter means now, in the order of the list, for an act on all of it.</summary>
    /// <param name="most">Of which no more are given.</param>
    public async Task<IReadOnlyList<PrivacyRequestId>> IdsAsync(Actor actor, PrivacyRequestQuery query, int most, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        return await Sorted(Filter(db, actor, query, calendar, calendar.Of(clock.GetUtcNow())), query).Take(most).Select(r => r.Id).ToListAsync(cancellationToken);
    }

    public async Task<RequestChoices> ChoicesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var places = await (
            from request in db.PrivacyRequests.AsNoTracking()
            join person in db.Subscribers on request.SubscriberId equals person.Id
            where person.DeclaredRegion != null || person.Region != null
            select new { Country = person.DeclaredRegion ?? person.Region!, State = person.DeclaredRegion != null ? person.DeclaredState : null }).Distinct().ToListAsync(cancellationToken);
        var unrecorded = await db.UnrecordedNumbers.AsNoTracking().Where(n => n.Region != null).Select(n => n.Region!).Distinct().ToListAsync(cancellationToken);
        var sources = await db.PrivacyRequests.AsNoTracking().Select(r => r.Source).Distinct().OrderBy(s => s).ToListAsync(cancellationToken);
        return new RequestChoices([.. places.Select(p => new RequestPlace(p.Country, p.State)).Union(unrecorded.Select(r => new RequestPlace(r, null))).OrderBy(p => p.Country, StringComparer.Ordinal).ThenBy(p => p.State, StringComparer.Ordinal)], sources);
    }

    private async Task<List<(PrivacyRequest Request, PrivacyRequestRow Row)>> ReadAsync(
        PortalDbContext db, IQueryable<PrivacyRequest> requests, OrganisationDays calendar, DateOnly today, CancellationToken cancellationToken)
    {
        var open = Open(db);
        var unconfirmed = ConfirmationOfReceipt.Missing(db, open);
        var withLetter = WithLetter(db, open);
        var rows = await (
            from request in requests
            join known in db.Subscribers on request.SubscriberId equals known.Id into people
            from person in people.DefaultIfEmpty()
            join unrecorded in db.UnrecordedNumbers on request.Id equals unrecorded.RequestId into numbers
            from number in numbers.DefaultIfEmpty()
            select new
            {
                Request = request, person.WrappedKey, person.PhoneSealed, person.Region, Country = person.DeclaredRegion ?? person.Region, person.DeclaredState,
                OwnKey = number.WrappedKey, OwnPhone = number.PhoneSealed, OwnRegion = number.Region, Assignee = db.Users.Where(s => s.Id == request.AssigneeId).Select(s => s.DisplayName).FirstOrDefault(),
                HasTwin = open.Any(o => o.SubscriberId != null && o.SubscriberId == request.SubscriberId && o.Kind == request.Kind && o.Id != request.Id)
                    || open.Any(o => o.Kind == request.Kind && o.Id != request.Id && db.UnrecordedNumbers.Any(n => n.RequestId == o.Id && n.PhoneHash == number.PhoneHash)),
                IsUnconfirmed = unconfirmed.Any(o => o.Id == request.Id),
                HasLetterToSend = withLetter.Any(o => o.Id == request.Id),
            }).ToListAsync(cancellationToken);
        string Person(PrivacyRequest request, byte[]? personKey, byte[]? personPhone, byte[]? ownKey, byte[]? ownPhone) => (request.SubscriberId is { } person
            ? vault.Open(person, personKey, personPhone, null, null) : vault.Open(UnrecordedNumber.KeyOf(request.Id), ownKey, ownPhone, null, null))?.Phone.ToString() ?? "Erased";
        return rows.ConvertAll(r => (r.Request, Row(r.Request, Person(r.Request, r.WrappedKey, r.PhoneSealed, r.OwnKey, r.OwnPhone), calendar, today) with
        {
            HasTwin = r.HasTwin && r.Request.IsOpen, Assignee = r.Assignee, Region = r.Country ?? r.OwnRegion, State = r.DeclaredState, HasLetterToSend = r.HasLetterToSend,
            ConfirmBy = r.IsUnconfirmed ? ConfirmationOfReceipt.DueOn(r.Request, calendar.Of(r.Request.ReceivedAt)) : null,
        }));
    }

    private static IQueryable<PrivacyRequest> Open(PortalDbContext db) => db.PrivacyRequests.AsNoTracking().Where(r =>
        r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled);

    private static IQueryable<PrivacyRequest> WithLetter(PortalDbContext db, IQueryable<PrivacyRequest> requests) =>
        requests.Where(r => Open(db).Any(o => o.Id == r.Id) && db.PrivacyRequestLetters.Any(l => l.RequestId == r.Id && l.SentOn == null));

    private static IQueryable<PrivacyRequest> Sorted(IQueryable<PrivacyRequest> wanted, PrivacyRequestQuery query) =>
        query.IsByDueDay ? wanted.OrderBy(r => r.DueOn).ThenBy(r => r.Number) : wanted.OrderByDescending(r => r.Number);

    private IQueryable<PrivacyRequest> Filter(PortalDbContext db, Actor actor, PrivacyRequestQuery query, OrganisationDays calendar, DateOnly today)
    {
        var wanted = query.IsOpen switch
        {
            true => Open(db),
            false => db.PrivacyRequests.AsNoTracking().Where(r =>
                r.Status == PrivacyRequestStatus.Completed || r.Status == PrivacyRequestStatus.Denied || r.Status == PrivacyRequestStatus.Cancelled),
            null => db.PrivacyRequests.AsNoTracking(),
        };
        wanted = ByFacts(db, wanted, query);
        if (query.IsUnconfirmed)
            wanted = ConfirmationOfReceipt.Missing(db, wanted);
        if (query.HasLetterToSend)
            wanted = WithLetter(db, wanted);
        wanted = ByDays(wanted, query, calendar, today);
        wanted = ByPlace(db, wanted, query);
        return string.IsNullOrWhiteSpace(query.Search) ? wanted : Found(db, actor, wanted, query.Search.Trim());
    }

    private static IQueryable<PrivacyRequest> ByFacts(PortalDbContext db, IQueryable<PrivacyRequest> wanted, PrivacyRequestQuery query)
    {
        if (query.Number is { } number)
            wanted = wanted.Where(r => r.Number == number);
        if (query.Kind is { } kind)
            wanted = wanted.Where(r => r.Kind == kind);
        if (query.Status is { } status)
            wanted = wanted.Where(r => r.Status == status);
        if (query.Regime is { } regime)
            wanted = wanted.Where(r => r.Regime == regime);
        if (query.Source is { } source)
            wanted = wanted.Where(r => r.Source == source);
        if (query.AssigneeId is { } assignee)
            wanted = wanted.Where(r => r.AssigneeId == assignee);
        if (query.IsUnrecorded)
            wanted = wanted.Where(r => r.SubscriberId == null);
        if (query.IsUnassigned)
            wanted = wanted.Where(r => r.AssigneeId == null);
        // As PrivacyRequest.NeedsVerification says.
        if (query.IsUnverified)
            wanted = wanted.Where(r => r.Status == PrivacyRequestStatus.Received && r.Kind != PrivacyRequestKind.Objection && r.Kind != PrivacyRequestKind.OptOutOfSale
                && r.Kind != PrivacyRequestKind.Withdrawal && !(r.Kind == PrivacyRequestKind.Restriction && r.Regime == PrivacyRegime.Ccpa));
        if (query.HasTwin)
        {
            var open = Open(db);
            wanted = wanted.Where(r => open.Any(o => o.Id == r.Id) && (open.Any(o => o.SubscriberId != null && o.SubscriberId == r.SubscriberId && o.Kind == r.Kind && o.Id != r.Id)
                || open.Any(o => o.Kind == r.Kind && o.Id != r.Id && db.UnrecordedNumbers.Any(n => n.RequestId == o.Id && db.UnrecordedNumbers.Any(own => own.RequestId == r.Id && own.PhoneHash == n.PhoneHash)))));
        }

        return wanted;
    }

    private static IQueryable<PrivacyRequest> ByDays(IQueryable<PrivacyRequest> wanted, PrivacyRequestQuery query, OrganisationDays calendar, DateOnly today)
    {
        if (query.DueBy is { } day)
            wanted = wanted.Where(r => r.DueOn <= day);
        if (query.ReceivedFrom is { } from)
        {
            var beginning = calendar.BeginningOf(from);
            wanted = wanted.Where(r => r.ReceivedAt >= beginning);
        }

        if (query.ReceivedTo is { } to && to < DateOnly.MaxValue)
        {
            var end = calendar.BeginningOf(to.AddDays(1));
            wanted = wanted.Where(r => r.ReceivedAt < end);
        }

        return query.IsOverdue ? wanted.Where(r => r.DueOn < today && r.CompletedAt == null && r.PausedOn == null) : wanted;
    }

    private static IQueryable<PrivacyRequest> ByPlace(PortalDbContext db, IQueryable<PrivacyRequest> wanted, PrivacyRequestQuery query)
    {
        if (query.Country is { } country)
            wanted = wanted.Where(r => db.Subscribers.Any(s => s.Id == r.SubscriberId && (s.DeclaredRegion ?? s.Region) == country) || db.UnrecordedNumbers.Any(n => n.RequestId == r.Id && n.Region == country));
        // A part of a country means something only with the country that was named beside it.
        if (query.State is { } state)
            wanted = wanted.Where(r => db.Subscribers.Any(s => s.Id == r.SubscriberId && s.DeclaredRegion != null && s.DeclaredState == state));
        return wanted;
    }

    private IQueryable<PrivacyRequest> Found(PortalDbContext db, Actor actor, IQueryable<PrivacyRequest> wanted, string search)
    {
        const int LongestNumber = 6;
        var digits = search.StartsWith("DSR-", StringComparison.OrdinalIgnoreCase) ? search[4..] : search;
        var isNumber = digits.Length is > 0 and <= LongestNumber && digits.All(char.IsAsciiDigit);
        var number = isNumber ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        if (!actor.May(Permissions.ViewSubscribers) || digits.Length < search.Length)
            return wanted.Where(r => r.Number == number);
        var persons = people.Matching(db, new SubscriberQuery(search));
        if (PhoneNumber.Parse(search, null).TryGet(out var phone, out _))
        {
            var hash = hashes.Phone(phone);
            return wanted.Where(r => db.UnrecordedNumbers.Any(n => n.RequestId == r.Id && n.PhoneHash == hash) || db.Subscribers.Any(s => s.Id == r.SubscriberId && persons.Any(p => p.Id == s.Id || p.Id == s.MergedIntoId)));
        }

        return wanted.Where(r => r.Number == number || db.Subscribers.Any(s => s.Id == r.SubscriberId && persons.Any(p => p.Id == s.Id || p.Id == s.MergedIntoId)));
    }

    private static PrivacyRequestRow Row(PrivacyRequest r, string person, OrganisationDays calendar, DateOnly today)
    {
        var due = r.DueIfAnsweredOn(new RequestDays(calendar.Of(r.ReceivedAt), today));
        return new PrivacyRequestRow(
            r.Id, r.Number, r.Kind, r.SubscriberId, person, Region: null, State: null, r.Regime, r.Source, r.ReceivedAt, due, r.Status, r.CompletedAt, calendar.EndOf(due), r.PausedOn is not null,
            r is { NeedsVerification: true, Status: PrivacyRequestStatus.Received }, HasTwin: false, r.AssigneeId, Assignee: null, ConfirmBy: null, HasLetterToSend: false);
    }
}
