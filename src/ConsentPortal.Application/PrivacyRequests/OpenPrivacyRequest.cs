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
public sealed record NewPrivacyRequest(
    SubscriberId SubscriberId, PrivacyRequestKind Kind, PrivacyRegime? Regime, string Source, DateTimeOffset ReceivedAt, string? Note = null, bool IsSecondWanted = false,
    DateOnly? ReceivedOn = null, string? Message = null);

/// <summary>Enters a person's request and starts its clock. A stop takes effect with it.</summary>
public sealed class OpenPrivacyRequest(PortalDatabase database, SubscriberVault vault, SendingGate gate, TimeProvider clock)
{
    // A form is open to everybody; nobody reads more of one person than this.
    private const int MostMessages = 50;

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(365);

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
                if (wish.ReceivedAt > now || wish.ReceivedAt < now - Oldest)
                    return new ReceiptImpossible();
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
    private static async Task<bool> AddMessageAsync(PortalDbContext db, Actor actor, PrivacyRequest open, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
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
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.opened", $"Received by {ByWords(wish.Source)}.", wish.Note),
            new Dictionary<string, object?> { ["regime"] = request.Regime, ["source"] = request.Source, ["receivedAt"] = request.ReceivedAt });
        if (wish.Message is { } message)
            RequestChange.Add(db, actor, request.Id, now, RequestEntryKinds.Message, message);
        await EffectAtOnce.ApplyAsync(db, gate, actor, request, person, now, cancellationToken);
        return request;
    }

    /// <summary>Adds the row; the caller tells of it.</summary>
    internal static async Task<PrivacyRequest> AddAsync(PortalDbContext db, Subscriber person, NewPrivacyRequest wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var receivedOn = (await OrganisationDays.OfAsync(db, cancellationToken)).Of(wish.ReceivedAt);
        var regime = wish.Regime ?? PrivacyRegimes.Suggest(person.DeclaredRegion, person.Region, wish.Kind, receivedOn);
        var due = RequestClock.For(regime, wish.Kind, receivedOn, []);
        var request = new PrivacyRequest
        {
            Id = PrivacyRequestId.New(now), Number = (await db.PrivacyRequests.MaxAsync(r => (int?)r.Number, cancellationToken) ?? 0) + 1,
            SubscriberId = person.Id, Kind = wish.Kind, Regime = regime, Source = wish.Source.Trim(), ReceivedAt = wish.ReceivedAt.ToUniversalTime(),
            DueOn = due.DueOn, DueInternallyOn = due.DueInternallyOn,
        };
        db.PrivacyRequests.Add(request);
        return request;
    }

    private static Task<PrivacyRequest?> OpenOneAsync(PortalDbContext db, NewPrivacyRequest wish, CancellationToken cancellationToken) =>
        db.PrivacyRequests.AsNoTracking()
            .Where(r => r.SubscriberId == wish.SubscriberId && r.Kind == wish.Kind
                && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled)
            .OrderBy(r => r.Number).FirstOrDefaultAsync(cancellationToken);
}

public sealed record RequestIsOpenAlready(PrivacyRequestId Id, int Number)
    : Failure($"DSR-{Number} of this person asks for the same and is still open. Nothing was added; work on that one, or say that this is a second request.");

public sealed record ReceiptImpossible()
    : Failure("A request can't have come in after now or more than a year ago. Nothing was added; enter the day on which it reached the organisation.");

public sealed record SourceNeeded()
    : Failure("Say how the request came in, such as phone or letter. Nothing was added.");
