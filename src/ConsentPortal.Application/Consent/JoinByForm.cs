using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="WordingId">The words that stood beside the box.</param>
/// <param name="FirstName">Kept only for somebody new: nobody renames a person by typing their number.</param>
/// <param name="Evidence">Where and how the form was filled in.</param>
public sealed record JoinWish(PurposeId PurposeId, WordingId WordingId, PhoneNumber Phone, string? FirstName, string? Language, ConsentEvidence Evidence);

/// <summary>
/// Takes the public form of a purpose. Anybody can type anybody's number, so the form alone never grants: the number is
/// texted once and the consent waits for its YES.
/// </summary>
/// <remarks>
/// A number that has stopped is not even texted: a stranger could have it texted again and again. Its owner comes back by
/// texting START or the purpose's word, which the form says to everybody. Nor is a second prompt sent while one waits, so that a YES can only mean
/// the prompt that the person read. Whoever posts learns nothing of all this: the answer is the same.
/// </remarks>
public sealed class JoinByForm(PortalDatabase database, SubscriberFactory factory, SubjectKeys keys, LookupHash hashes, TimeProvider clock)
{
    public const string Source = "Web form";

    /// <summary>At most one unanswered prompt to a number in this time, whatever the purposes and whoever asks.</summary>
    private static readonly TimeSpan BetweenPrompts = TimeSpan.FromHours(48);

    public async Task<Result<Done>> ExecuteAsync(Actor actor, JoinWish wish, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var purpose = await db.Purposes.FindAsync([wish.PurposeId], cancellationToken);
                if (purpose is null or { RetiredAt: not null })
                    return new PurposeNotFound();
                var wording = await db.Wordings.FindAsync([wish.WordingId], cancellationToken);
                if (wording is null || wording.PurposeId != purpose.Id || wording.RetiredAt is not null)
                    return new WordingNotOfPurpose();
                if (!purpose.IsOpenTo(wish.Phone.Region))
                    return new CountryNotServed();
                var person = await FindOrAddAsync(db, actor, wish, now, cancellationToken);
                return await AskAsync(db, actor, person, purpose, wording, wish, now, cancellationToken);
            },
            cancellationToken);
    }

    private async Task<Subscriber> FindOrAddAsync(PortalDbContext db, Actor actor, JoinWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var hash = hashes.Phone(wish.Phone);
        var known = await OnePerNumber.FindAsync(db, hash, cancellationToken);
        if (known is not null)
            return known;
        var profile = SubscriberProfile.Empty with { FirstName = wish.FirstName };
        var added = factory.Add(db, actor, new NewSubscriber(wish.Phone, wish.Phone.LineType, profile, Source, wish.Language), now);
        // Later statements of this transaction look the person up.
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    private async Task<Result<Done>> AskAsync(
        PortalDbContext db, Actor actor, Subscriber person, Purpose purpose, Wording wording, JoinWish wish, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await WhyNotAskedAsync(db, person, purpose, now, cancellationToken) is { } why)
        {
            db.Audit(actor, now, new AuditFact("join.notAsked", "subscriber", person.Id.ToString(), person.Id, After: new Dictionary<string, object?>
            {
                ["why"] = why, ["purpose"] = purpose.Id.ToString(), ["wording"] = wording.Hash, ["form"] = wish.Evidence.CollectionPoint,
            }));
            return Done.Value;
        }

        var given = new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, wish.Evidence with { Jurisdiction = person.DeclaredRegion ?? person.Region }, now,
            IsActOfPerson: true, IsNumberUnproven: true);
        var recorded = await RecordConsent.ApplyAsync(db, keys, actor, person, purpose, wording, given, now, cancellationToken);
        return recorded.IsSuccess ? Done.Value : recorded.Failure;
    }

    /// <returns>Null when the number may be texted the one prompt; otherwise a word for the audit trail.</returns>
    private static async Task<string?> WhyNotAskedAsync(PortalDbContext db, Subscriber person, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == person.PhoneHash && s.LiftedAt == null).ToListAsync(cancellationToken);
        var record = await db.ConsentRecords.FindAsync([person.Id, purpose.Id], cancellationToken);
        if (stops.Exists(s => s.Reaches(purpose)) || person.IsRestricted || record?.Status is ConsentStatus.Withdrawn or ConsentStatus.Voided)
            return "stopped";
        if (record?.State.StatusAt(now) == ConsentStatus.Granted && record.Level >= ConsentLevel.ExpressWritten)
            return "agreed already";
        return await IsAskedLatelyAsync(db, person, purpose, now, cancellationToken) ? "asked lately" : null;
    }

    /// <summary>Whether a prompt went to the person lately: for this purpose, or for another one that still waits.</summary>
    internal static Task<bool> IsAskedLatelyAsync(PortalDbContext db, Subscriber person, Purpose purpose, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var since = now - BetweenPrompts;
        return db.OutboundMessages.AnyAsync(
            m => m.SubscriberId == person.Id && m.Kind == MessageKind.DoubleOptInPrompt && m.PlannedAt > since
                && (m.PurposeId == purpose.Id || db.ConsentRecords.Any(r => r.SubscriberId == person.Id && r.PurposeId == m.PurposeId && r.Status == ConsentStatus.Pending)),
            cancellationToken);
    }
}

public sealed record CountryNotServed()
    : Failure("The purpose is not open to numbers of this country. Nothing was recorded; use a number of a country that it names.");
