using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="At">The instant that is asked for (UTC).</param>
/// <param name="Status">Null for everybody who ever had to do with the purpose by then.</param>
public sealed record RegisterQuery(PurposeId PurposeId, DateTimeOffset At, ConsentStatus? Status = ConsentStatus.Granted);

/// <param name="MaskedPhone">Null once the person's key is destroyed.</param>
/// <param name="Since">When the status of that day had begun.</param>
/// <param name="RecordedAt">When the portal learned of the event on which the status rests.</param>
/// <param name="Wording">The version that the person was shown; null where none was.</param>
public sealed record RegisterRow(
    SubscriberId Id, string? MaskedPhone, string? Region, ConsentStatus Status, ConsentLevel Level, ConsentChannel Channel, DateTimeOffset? Since,
    DateTimeOffset RecordedAt, RegisterWording? Wording);

public sealed record RegisterWording(string Language, int Version);

/// <param name="Next">Pass as <c>after</c> for more people; null at the end.</param>
public sealed record RegisterPage(IReadOnlyList<RegisterRow> Rows, SubscriberId? Next);

/// <summary>
/// Who stood where for one purpose at an instant, from the events and never from today's row. The events are streamed in
/// the order of people and folded by the rule that also fills that row, so that the answer is exact and the memory flat; a
/// statement in SQL could not say which events change nothing without being a second copy of the rule.
/// </summary>
public sealed class ConsentRegister(PortalDatabase database, SubscriberVault vault)
{
    public const int PageSize = 50;

    /// <returns>People by status; statuses that nobody had are left out.</returns>
    public async Task<IReadOnlyDictionary<ConsentStatus, int>> CountAsync(Actor actor, PurposeId purpose, DateTimeOffset at, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var counts = new Dictionary<ConsentStatus, int>();
        await foreach (var person in StandingsAsync(db, new RegisterQuery(purpose, at, null), null, cancellationToken))
            counts[person.State.Status] = counts.GetValueOrDefault(person.State.Status) + 1;
        return counts;
    }

    /// <param name="after">The last person of the page before; null for the first page.</param>
    public async Task<RegisterPage> PageAsync(Actor actor, RegisterQuery query, SubscriberId? after, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var people = await StandingsAsync(db, query, after, cancellationToken).Take(PageSize + 1).ToListAsync(cancellationToken);
        var page = people.Take(PageSize).ToList();
        return new RegisterPage(await RowsAsync(db, page, showsNumbers: false, cancellationToken), people.Count > PageSize ? page[^1].Id : null);
    }

    /// <summary>Everybody who matches, in the database's order of people.</summary>
    internal static async IAsyncEnumerable<Standing> StandingsAsync(
        PortalDbContext db, RegisterQuery query, SubscriberId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Standing? person = null;
        await foreach (var e in Events(db, query, after).WithCancellation(cancellationToken))
        {
            if (person?.Id != e.SubscriberId)
            {
                if (person?.Matching(query) is { } done)
                    yield return done;
                person = new Standing(e.SubscriberId, ConsentState.None, e.RecordedAt);
            }

            person = person.Apply(e);
        }

        if (person?.Matching(query) is { } last)
            yield return last;
    }

    internal async Task<IReadOnlyList<RegisterRow>> RowsAsync(PortalDbContext db, IReadOnlyList<Standing> people, bool showsNumbers, CancellationToken cancellationToken)
    {
        var ids = people.Select(p => p.Id).ToList();
        var sealedOnes = await db.Subscribers.AsNoTracking().Where(s => ids.Contains(s.Id))
            .Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region }).ToDictionaryAsync(s => s.Id, cancellationToken);
        var shown = people.Select(p => p.State.WordingId).OfType<WordingId>().Distinct().ToList();
        var wordings = await db.Wordings.AsNoTracking().Where(w => shown.Contains(w.Id))
            .ToDictionaryAsync(w => w.Id, w => new RegisterWording(w.Language, w.Version), cancellationToken);
        return
        [
            .. people.Select(p =>
            {
                var person = sealedOnes[p.Id];
                var phone = vault.Open(person.Id, person.WrappedKey, person.PhoneSealed, null, person.Region)?.Phone;
                return new RegisterRow(
                    p.Id, showsNumbers ? phone?.E164 : phone?.ToString(), person.Region, p.State.Status, p.State.Level, p.State.Channel, p.State.Since, p.RecordedAt,
                    p.State.WordingId is { } wording ? wordings.GetValueOrDefault(wording) : null);
            }),
        ];
    }

    // Only what the fold looks at: evidence and reasons stay where they are.
    private static IAsyncEnumerable<ConsentEvent> Events(PortalDbContext db, RegisterQuery query, SubscriberId? after)
    {
        var (purpose, at) = (query.PurposeId, query.At);
        var events = db.ConsentEvents.AsNoTracking().Where(e => e.PurposeId == purpose && e.At <= at);
        if (after is { } last)
            events = events.Where(e => e.SubscriberId > last);
        return events.OrderBy(e => e.SubscriberId).ThenBy(e => e.Id)
            .Select(e => new ConsentEvent
            {
                Id = e.Id, SubscriberId = e.SubscriberId, PurposeId = e.PurposeId, NumberPeriodId = e.NumberPeriodId, Kind = e.Kind, Basis = e.Basis, Level = e.Level,
                Channel = e.Channel, DoubleOptInBy = e.DoubleOptInBy, IsActOfPerson = e.IsActOfPerson, WordingId = e.WordingId, At = e.At, RecordedAt = e.RecordedAt,
                ExpiresAt = e.ExpiresAt, ActorKind = e.ActorKind, ActorId = e.ActorId, SupersedesId = e.SupersedesId,
            })
            .AsAsyncEnumerable();
    }

    /// <summary>One person's state while their events are folded.</summary>
    /// <param name="RecordedAt">Of the last event that changed it.</param>
    internal sealed record Standing(SubscriberId Id, ConsentState State, DateTimeOffset RecordedAt)
    {
        public Standing Apply(ConsentEvent e) =>
            State.Apply(e) is var next && ReferenceEquals(next, State) ? this : this with { State = next, RecordedAt = e.RecordedAt };

        public Standing? Matching(RegisterQuery query)
        {
            var then = this with { State = State.StandingAt(query.At) };
            return query.Status is null || query.Status == then.State.Status ? then : null;
        }
    }
}
