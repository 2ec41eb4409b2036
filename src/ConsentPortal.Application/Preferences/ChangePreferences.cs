using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <param name="PausedUntil">The last day of the pause, whole in the person's own calendar; null ends one.</param>
/// <param name="Language">ISO 639-1; null leaves it.</param>
/// <param name="Reason">Staff say on whose word; a person needs none.</param>
public sealed record PreferenceWish(FrequencyPreference Frequency, DateOnly? PausedUntil, string? Language, string? Reason = null);

/// <summary>How often somebody wants to hear, until when not at all, and in which language: chosen by themselves, or by staff on their word.</summary>
public sealed class ChangePreferences(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    /// <summary>A pause that is longer is a stop that nobody has said.</summary>
    public const int LongestPauseInMonths = 12;

    private static readonly TimeSpan FarthestWest = TimeSpan.FromHours(-12);

    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, PreferenceWish wish, CancellationToken cancellationToken)
    {
        if (actor.Kind == ActorKind.Subscriber)
            actor.RequireSelf(id);
        else
            actor.Require(Permissions.EditSubscribers);
        var now = clock.GetUtcNow();
        if (actor.Kind != ActorKind.Subscriber && !ReasonNeeded.IsMetBy(wish.Reason))
            return new ReasonNeeded();
        if (IsPauseImpossible(wish.PausedUntil, now))
            return new PauseImpossible();
        try
        {
            return await database.WriteAsync<Result<Done>>(db => ApplyAsync(db, actor, id, wish, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private async Task<Result<Done>> ApplyAsync(PortalDbContext db, Actor actor, SubscriberId id, PreferenceWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = actor.Kind == ActorKind.Subscriber ? await OwnAct.FindAsync(db, id, cancellationToken) : await OwnAct.FindForStaffAsync(db, id, cancellationToken);
        if (person is null)
            return new SubscriberNotFound();
        if (actor.Kind != ActorKind.Subscriber && RestrictedData.Refusal(person) is { } restricted)
            return restricted;
        if (PersonTraces.Refusal(vault, person, wish.Reason) is { } named)
            return named;
        var before = Facts(person);
        person.Frequency = wish.Frequency;
        person.PausedUntil = wish.PausedUntil is { } last ? EndOf(last, SubscriberDetail.ZonesOf(person, vault.Open(person))) : null;
        person.Language = wish.Language ?? person.Language;
        (person.UpdatedAt, person.Version) = (now, Guid.CreateVersion7(now));
        db.Audit(actor, now, new AuditFact("preferences.changed", "subscriber", id.ToString(), id, wish.Reason, before, Facts(person)));
        return Done.Value;
    }

    /// <summary>
    /// When a day is over wherever the person may be. East of Greenwich that is earlier than in UTC: the pause then lasts some
    /// hours longer, and its date reads the same everywhere.
    /// </summary>
    private static DateTimeOffset EndOf(DateOnly last, IReadOnlyList<string> zones)
    {
        var midnight = last.AddDays(1).ToDateTime(TimeOnly.MinValue);
        var known = zones.Select(id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : null).OfType<TimeZoneInfo>().ToList();
        var westernmost = known.Count == 0 ? FarthestWest : known.Min(zone => zone.GetUtcOffset(midnight));
        return new DateTimeOffset(midnight, westernmost < TimeSpan.Zero ? westernmost : TimeSpan.Zero).ToUniversalTime();
    }

    private static bool IsPauseImpossible(DateOnly? last, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return last is { } day && (day < today || day > today.AddMonths(LongestPauseInMonths));
    }

    private static Dictionary<string, object?> Facts(Subscriber person) => new()
    {
        ["frequency"] = person.Frequency, ["pausedUntil"] = person.PausedUntil, ["language"] = person.Language,
    };
}

public sealed record PauseImpossible()
    : Failure("A pause ends on a day from today on and within twelve months. Nothing was changed; choose another day.");
