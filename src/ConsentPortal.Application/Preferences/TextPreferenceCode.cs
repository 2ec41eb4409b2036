using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Preferences;

/// <summary>
/// Texts a one-time code to a number, through the ledger and the policy like every text. Whoever asks learns nothing: an
/// unknown number, or one that has had its codes, gets the same answer.
/// </summary>
public sealed class TextPreferenceCode(PortalDatabase database, PreferenceCodes codes, LookupHash hashes, SubjectKeys keys, TimeProvider clock)
{
    private const int MostInAWindow = 3;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private const int MostInADay = 6;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, PhoneNumber phone, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageOwnPreferences);
        var hash = hashes.Phone(phone);
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var person = await OwnAct.Holders(db, hash).OrderByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellationToken);
                if (person is not null)
                    await PlanAsync(db, actor, person, request: null, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <summary>The same for somebody whose link has told who they are.</summary>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.RequireSelf(id);
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await OwnAct.FindAsync(db, id, cancellationToken) is { } person)
                    await PlanAsync(db, actor, person, request: null, cancellationToken);
                return Done.Value;
            },
            cancellationToken);
    }

    /// <param name="request">DSR-… where staff ask for it and the person reads it to them; null for the preference page.</param>
    /// <returns>False where the number had its codes.</returns>
    internal async Task<bool> PlanAsync(PortalDbContext db, Actor actor, Subscriber person, string? request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var lately = await db.OneTimeCodes.Where(c => c.SubscriberId == person.Id && c.CreatedAt > now.AddDays(-1)).Select(c => c.CreatedAt).ToListAsync(cancellationToken);
        if (lately.Count >= MostInADay || lately.Count(at => at > now - Window) >= MostInAWindow || await PurposeAsync(db, person, cancellationToken) is not { } purpose)
        {
            db.Audit(actor, now, new AuditFact("code.notSent", "subscriber", person.Id.ToString(), person.Id));
            return false;
        }

        var (id, code) = (Guid.CreateVersion7(now), PreferenceCodes.New());
        db.OneTimeCodes.Add(new OneTimeCode { Id = id, SubscriberId = person.Id, CodeHash = request is null ? codes.HashOf(id, code) : codes.HashForRequest(id, code), CreatedAt = now, ExpiresAt = now + PreferenceCodes.Lifetime });
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        db.OutboundMessages.Add(new OutboundMessage
        {
            SubscriberId = person.Id, Kind = MessageKind.OneTimeCode, MessageClass = MessageClass.Transactional, PurposeId = purpose.Id, ClientRef = Replies.NewClientRef(now),
            PlannedAt = now, DueAt = now, NotAfter = now + PreferenceCodes.Lifetime, State = MessageState.Planned,
            BodySealed = key.Seal(request is null ? PreferenceCodes.TextIn(person.Language, purpose.Brand, code) : PreferenceCodes.RequestTextIn(person.Language, purpose.Brand, request, code), SealedField.MessageBody),
        });
        db.Audit(actor, now, new AuditFact("code.texted", "subscriber", person.Id.ToString(), person.Id));
        return true;
    }

    /// <summary>In whose name and from which number the code comes: what the person knows us by.</summary>
    private static async Task<Purpose?> PurposeAsync(PortalDbContext db, Subscriber person, CancellationToken cancellationToken) =>
        await (from record in db.ConsentRecords where record.SubscriberId == person.Id join purpose in db.Purposes on record.PurposeId equals purpose.Id orderby record.Since descending select purpose)
            .FirstOrDefaultAsync(cancellationToken)
        ?? await db.Purposes.Where(p => p.RetiredAt == null).OrderBy(p => p.CreatedAt).FirstOrDefaultAsync(cancellationToken);
}
