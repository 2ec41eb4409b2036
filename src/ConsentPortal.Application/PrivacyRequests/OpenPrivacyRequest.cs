using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="Regime">Null takes the one that the person's country suggests.</param>
/// <param name="Source">How it came in: phone, email, letter, preference page.</param>
/// <param name="ReceivedAt">When it reached the organisation, which is when the clock started, not when it was typed in.</param>
/// <param name="Note">In staff's own words; deleted with the person's data.</param>
/// <param name="IsSecondWanted">Opens it although one of the same kind is open already.</param>
/// <param name="Message">In the person's own words; deleted with their data.</param>
/// <param name="ReceivedOn">The day of receipt by the organisation's calendar, where nobody noted the hour: it counts from its first instant, because earlier is never too late.</param>
public abstract record RequestWish(
    PrivacyRequestKind Kind, PrivacyRegime? Regime, string Source, DateTimeOffset ReceivedAt, string? Note, bool IsSecondWanted, DateOnly? ReceivedOn, string? Message);

/// <summary>A request of somebody who has a record.</summary>
public sealed record NewPrivacyRequest(
    SubscriberId SubscriberId, PrivacyRequestKind Kind, PrivacyRegime? Regime, string Source, DateTimeOffset ReceivedAt, string? Note = null, bool IsSecondWanted = false,
    DateOnly? ReceivedOn = null, string? Message = null) : RequestWish(Kind, Regime, Source, ReceivedAt, Note, IsSecondWanted, ReceivedOn, Message);

/// <summary>Enters a person's request and starts its clock. A stop takes effect with it.</summary>
public sealed class OpenPrivacyRequest(PortalDatabase database, SubscriberVault vault, SendingGate gate, TimeProvider clock)
{
    // A form is open to everybody; nobody reads more of one person than this.
    private const int MostMessages = 50;

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

    /// <returns>Null for an instant at which a request that is entered now can have come in.</returns>
    internal static ReceiptImpossible? ReceiptRefusal(DateTimeOffset receivedAt, DateTimeOffset now) => receivedAt > now || receivedAt < now - Oldest ? new ReceiptImpossible() : null;

    public async Task<Result<PrivacyRequestId>> ExecuteAsync(Actor actor, NewPrivacyRequest wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        if (string.IsNullOrWhiteSpace(wish.Source))
            return new SourceNeeded();
        return await database.WriteAsync<Result<PrivacyRequestId>>(
            async db =>
            {
                wish = wish.ReceivedOn is { } day ? wish with { ReceivedAt = (await OrganisationDays.OfAsync(db, cancellationToken)).BeginningOf(day) } : wish;
                if (ReceiptRefusal(wish.ReceivedAt, now) is { } impossible)
                    return impossible;
                var person = await db.Subscribers.FindAsync([wish.SubscriberId], cancellationToken);
                if (person is null || person.ErasedAt is not null)
                    return new SubscriberNotFound();
                if (PersonTraces.Refusal(vault, person, wish.Source) is { } named)
                    return named;
                if (!wish.IsSecondWanted && await OpenOneAsync(db, wish, cancellationToken) is { } open)
                    return new RequestIsOpenAlready(open.Id, open.Number);
                var request = await EnterAsync(db, gate, actor, person, wish, now, cancellationToken);
                return request.Id;
            },
            cancellationToken);
    }

    /// <summary>
    /// The open request of the same kind, or a new one: for people who ask themselves, and may ask twice. What they write the second
    /// time is kept with the open one and changes nothing else of it.
    /// </summary>
    internal static async Task<(PrivacyRequest Request, bool IsNew, bool IsMessageAdded)> EnterOnceAsync(
        PortalDbContext db, SendingGate gate, Actor actor, Subscriber person, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken) =>
        await OpenOneAsync(db, wish, cancellationToken) is { } open
            ? (open, false, await RepeatAsync(db, gate, actor, person, open, wish, now, cancellationToken)) : (await EnterAsync(db, gate, actor, person, wish, now, cancellationToken), true, false);

    private static async Task<bool> RepeatAsync(
        PortalDbContext db, SendingGate gate, Actor actor, Subscriber person, PrivacyRequest open, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await EffectAtOnce.RepeatAsync(db, gate, actor, open, person, wish.ReceivedAt, now, cancellationToken);
        return await AddMessageAsync(db, actor, open, wish, now, cancellationToken);
    }

    /// <returns>Whether there was something to add; the same words twice are one message.</returns>
    internal static async Task<bool> AddMessageAsync(PortalDbContext db, Actor actor, PrivacyRequest open, RequestWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (wish.Message is not { } message)
            return false;
        var messages = db.PrivacyRequestEntries.Where(e => e.RequestId == open.Id && e.Kind == RequestEntryKinds.Message);
        if (await messages.AnyAsync(e => e.Text == message, cancellationToken))
            return true;
        if (await messages.CountAsync(cancellationToken) >= MostMessages)
            return false;
        RequestChange.Add(db, actor, open.Id, now, RequestEntryKinds.Step, $"More words came by {ByWords(wish.Source)}; who wrote them is not verified.");
        RequestChange.Add(db, actor, open.Id, now, RequestEntryKinds.Message, message);
        // Not the words, which go with the person's data.
        db.Audit(actor, now, new AuditFact("request.messageAdded", "request", open.Id.ToString(), open.SubscriberId, After: new Dictionary<string, object?> { ["number"] = open.Number, ["source"] = wish.Source }));
        return true;
    }

    private static string ByWords(string source) => source.Any(char.IsLower) ? source.Trim().ToLowerInvariant() : source.Trim();

    /// <summary>Adds the row and tells of it; a stop takes effect.</summary>
    private static async Task<PrivacyRequest> EnterAsync(
        PortalDbContext db, SendingGate gate, Actor actor, Subscriber person, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = await AddAsync(db, person, wish, now, cancellationToken);
        TellOpened(db, actor, request, wish, now, "");
        await EffectAtOnce.ApplyAsync(db, gate, actor, request, person, now, cancellationToken);
        return request;
    }

    /// <param name="more">One more sentence for the request's activity; may be empty.</param>
    internal static void TellOpened(PortalDbContext db, Actor actor, PrivacyRequest request, RequestWish wish, DateTimeOffset now, string more)
    {
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.opened", $"Received by {ByWords(wish.Source)}.{more}", wish.Note),
            new Dictionary<string, object?> { ["regime"] = request.Regime, ["source"] = request.Source, ["receivedAt"] = request.ReceivedAt });
        if (wish.Message is { } message)
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Message, message);
    }

    /// <summary>Adds the row; the caller tells of it.</summary>
    internal static Task<PrivacyRequest> AddAsync(PortalDbContext db, Subscriber person, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken) =>
        AddAsync(db, person.Id, person.DeclaredRegion, person.Region, wish, now, cancellationToken);

    /// <param name="person">Null for a number that has no record.</param>
    /// <param name="declaredRegion">ISO 3166; where the person said they live.</param>
    /// <param name="numberRegion">ISO 3166; where the number was issued.</param>
    internal static async Task<PrivacyRequest> AddAsync(
        PortalDbContext db, SubscriberId? person, string? declaredRegion, string? numberRegion, RequestWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var receivedOn = (await OrganisationDays.OfAsync(db, cancellationToken)).Of(wish.ReceivedAt);
        var regime = wish.Regime ?? PrivacyRegimes.Suggest(declaredRegion, numberRegion, wish.Kind, receivedOn);
        var due = RequestClock.For(regime, wish.Kind, receivedOn, []);
        var request = new PrivacyRequest
        {
            Id = PrivacyRequestId.New(now), Number = (await db.PrivacyRequests.MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0) + 1,
            SubscriberId = person, Kind = wish.Kind, Regime = regime, Source = wish.Source.Trim(), ReceivedAt = wish.ReceivedAt.ToUniversalTime(),
            DueOn = due.DueOn, DueInternallyOn = due.DueInternallyOn,
        };
        db.PrivacyRequests.Add(request);
        return request;
    }

    private static Task<PrivacyRequest?> OpenOneAsync(PortalDbContext db, NewPrivacyRequest wish, CancellationToken cancellationToken) =>
        OpenOneAsync(db.PrivacyRequests.Where(r => r.SubscriberId == wish.SubscriberId), wish.Kind, cancellationToken);

    /// <param name="ofSame">Of one person, or of one number without a record.</param>
    internal static Task<PrivacyRequest?> OpenOneAsync(IQueryable<PrivacyRequest> ofSame, PrivacyRequestKind kind, CancellationToken cancellationToken) =>
        ofSame.AsNoTracking()
            .Where(r => r.Kind == kind
                && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled)
            .OrderBy(r => r.Number).FirstOrDefaultAsync(cancellationToken);
}

public sealed record RequestIsOpenAlready(PrivacyRequestId Id, int Number)
    : Failure($"DSR-{Number} of this person asks for the same and is still open. Nothing was added; work on that one, or say that this is a second request.");

public sealed record ReceiptImpossible()
    : Failure("A request can't have come in after now or more than a year ago. Nothing was added; enter the day on which it reached the organisation.");

public sealed record SourceNeeded()
    : Failure("Say how the request came in, such as phone or letter. Nothing was added.");
