using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="At">When it happened.</param>
public sealed record ConsentMoment(long EventId, string Purpose, ConsentEventKind Kind, DateTimeOffset At);

/// <summary>Where a person stood for one purpose at an instant, as far as is known today.</summary>
/// <param name="Decided">The event on which that status rests; null where nothing had happened.</param>
/// <param name="ShownThen">The status that the portal itself showed at the instant, from what had been recorded by then.</param>
public sealed record PurposeAsOf(
    PurposeId PurposeId, string Purpose, string Brand, ConsentState State, ShownWording? Wording, DecidingEvent? Decided, ConsentStatus ShownThen)
{
    /// <summary>The portal learned afterwards of something that had happened by then, and it changes the answer.</summary>
    public bool WasKnownLater => ShownThen != State.Status;
}

public sealed record DecidingEvent(long Id, ConsentEventKind Kind, ConsentChannel Channel, DateTimeOffset At, DateTimeOffset RecordedAt, bool IsActOfPerson);

/// <param name="Moments">Every event of the person, oldest first: what a time line shows to choose from.</param>
/// <param name="Purposes">Those that the person ever had to do with, by name.</param>
public sealed record PersonAsOf(DateTimeOffset At, IReadOnlyList<ConsentMoment> Moments, IReadOnlyList<PurposeAsOf> Purposes);

/// <summary>
/// One person's consent at any instant, from the events. Two times belong to an event: when it happened and when the portal
/// learned of it. The answer goes by the first; where the second made a difference, it says what was shown on that day.
/// </summary>
public sealed class ConsentAsOf(PortalDatabase database)
{
    public async Task<Result<PersonAsOf>> GetAsync(Actor actor, SubscriberId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        if (!await db.Subscribers.AnyAsync(s => s.Id == id, cancellationToken))
            return new SubscriberNotFound();
        var events = await db.ConsentEvents.AsNoTracking().Where(e => e.SubscriberId == id).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var ids = events.Select(e => e.PurposeId).Distinct().ToList();
        var purposes = await db.Purposes.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var shown = events.Select(e => e.WordingId).OfType<WordingId>().Distinct().ToList();
        var wordings = await db.Wordings.AsNoTracking().Where(w => shown.Contains(w.Id))
            .Select(w => new ShownWording(w.Id, w.Language, w.Version, w.Text, w.PromisedFrequency, w.PrivacyPolicyVersion, w.Hash))
            .ToDictionaryAsync(w => w.Id, cancellationToken);
        return new PersonAsOf(
            at,
            [.. events.OrderBy(e => e.At).ThenBy(e => e.Id).Select(e => new ConsentMoment(e.Id, purposes[e.PurposeId].Name, e.Kind, e.At))],
            [.. events.GroupBy(e => e.PurposeId).Select(g => Of(purposes[g.Key], [.. g], at, wordings)).OrderBy(p => p.Purpose, StringComparer.Ordinal)]);
    }

    private static PurposeAsOf Of(Purpose purpose, IReadOnlyList<ConsentEvent> events, DateTimeOffset at, Dictionary<WordingId, ShownWording> wordings)
    {
        var (state, decided) = (ConsentState.None, (ConsentEvent?)null);
        foreach (var e in events.Where(e => e.At <= at))
        {
            var next = state.Apply(e);
            // An event that could not change anything is handed back as the same state.
            if (!ReferenceEquals(next, state))
                (state, decided) = (next, e);
        }

        state = state.StandingAt(at);
        return new PurposeAsOf(
            purpose.Id, purpose.Name, purpose.Brand, state, state.WordingId is { } wording ? wordings.GetValueOrDefault(wording) : null,
            decided is null ? null : new DecidingEvent(decided.Id, decided.Kind, decided.Channel, decided.At, decided.RecordedAt, decided.IsActOfPerson),
            ConsentState.AsOf(events.Where(e => e.RecordedAt <= at), at).Status);
    }
}
