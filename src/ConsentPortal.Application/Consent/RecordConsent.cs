using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>What shows that the person agreed; kept encrypted with the person's key.</summary>
/// <param name="Words">What the person said or texted.</param>
/// <param name="CollectionPoint">The form, page or shop where it happened, by a name that stays the same.</param>
/// <param name="Language">ISO 639-1: the language of the page around the wording.</param>
/// <param name="Jurisdiction">ISO 3166: whose law was taken to govern the act.</param>
/// <param name="CorrelationId">The request, as the audit trail names it too.</param>
public sealed record ConsentEvidence(
    string? FormUrl = null, string? IpAddress = null, string? UserAgent = null, string? Words = null, string? DocumentHash = null, string? AskedBy = null,
    string? CollectionPoint = null, string? Language = null, string? Jurisdiction = null, string? CorrelationId = null);

/// <param name="At">When the person agreed (UTC).</param>
/// <param name="IsActOfPerson">The person acted themselves; without it a withdrawal is never lifted.</param>
/// <param name="DoubleOptInBy">By which step the owner of the number has confirmed already; over the number itself, nothing more is asked.</param>
/// <param name="Document">The signed paper or another file that shows it; sealed with the person's key, and named by its hash in the evidence.</param>
/// <param name="IsNumberUnproven">
/// Whoever acted may have typed somebody else's number: the number is asked first, whatever the purpose, and a withdrawal is not touched.
/// </param>
/// <param name="IsKept">They go on with what they had, and were welcomed to then.</param>
public sealed record GivenConsent(
    PurposeId PurposeId,
    WordingId WordingId,
    ConsentChannel Channel,
    ConsentLevel Level,
    ConsentEvidence Evidence,
    DateTimeOffset At,
    bool IsActOfPerson,
    string? Reason = null,
    DateTimeOffset? ExpiresAt = null,
    string? InboundProviderId = null,
    DoubleOptIn DoubleOptInBy = DoubleOptIn.None,
    bool IsNumberUnproven = false,
    EvidenceFile? Document = null,
    bool IsKept = false);

/// <summary>
/// Records that a person agreed to a purpose under an exact wording. Where the purpose or the law of their country asks
/// for it, the number's owner is texted first and the consent stays pending until they answer YES.
/// </summary>
public sealed class RecordConsent(PortalDatabase database, SubjectKeys keys, TimeProvider clock)
{
    // Courts there accept only a confirmation from the number itself (BGH I ZR 164/09; EU-24).
    private static readonly HashSet<string> RegionsWithForcedDoubleOptIn = ["DE", "AT"];

    public async Task<Result<ConsentState>> ExecuteAsync(Actor actor, SubscriberId id, GivenConsent given, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        if (given.At > now.AddMinutes(5) || given.At.Year < 1990)
            return new ConsentDateImpossible();
        // What staff write down for somebody stands on their word alone.
        if (actor.Kind == ActorKind.Staff && !ReasonNeeded.IsMetBy(given.Reason))
            return new ReasonNeeded();
        if (actor.Kind == ActorKind.Staff && ClaimsTooMuch(given) is { } claim)
            return claim;
        return await database.WriteAsync<Result<ConsentState>>(
            async db =>
            {
                var subscriber = await db.Subscribers.FindAsync([id], cancellationToken);
                if (subscriber is null || subscriber.ErasedAt is not null)
                    return new SubscriberNotFound();
                if (subscriber.MergedIntoId is { } into)
                    return new SubscriberMerged(into.ToString());
                if (RestrictedData.Refusal(subscriber) is { } restricted)
                    return restricted;
                if (PersonTraces.Refusal(new SubscriberVault(keys), subscriber, given.Reason) is { } named)
                    return named;
                var purpose = await db.Purposes.FindAsync([given.PurposeId], cancellationToken);
                var wording = await db.Wordings.FindAsync([given.WordingId], cancellationToken);
                if (purpose is null || wording is null || wording.PurposeId != purpose.Id)
                    return new WordingNotOfPurpose();
                if (!purpose.IsOpenTo(subscriber.Region))
                    return new PurposeNotOpenThere();
                return await ApplyAsync(db, keys, actor, subscriber, purpose, wording, given, now, cancellationToken);
            },
            cancellationToken);
    }

    /// <summary>A signature that nobody can look at, and words that were only spoken, are no written consent (US-02).</summary>
    private static Failure? ClaimsTooMuch(GivenConsent given) => (given.Channel, given.Level) switch
    {
        (ConsentChannel.Paper, ConsentLevel.ExpressWritten) when given.Document is null => new PaperWithoutScan(),
        (ConsentChannel.Staff, ConsentLevel.ExpressWritten) => new SpokenIsNotWritten(),
        _ => null,
    };

    internal static bool NeedsDoubleOptIn(Purpose purpose, Subscriber subscriber) =>
        purpose.MessageClass is MessageClass.Marketing or MessageClass.Informational
        && (purpose.NeedsDoubleOptIn || IsDoubleOptInForced(subscriber.Region, subscriber.DeclaredRegion));

    /// <summary>Whether the law where the number or the person is asks for a confirmation from the number itself.</summary>
    internal static bool IsDoubleOptInForced(string? region, string? declaredRegion) =>
        (region is not null && RegionsWithForcedDoubleOptIn.Contains(region))
        || (declaredRegion is not null && RegionsWithForcedDoubleOptIn.Contains(declaredRegion));

    /// <summary>Whether it would take the place of the consent in force, which meanwhile goes on: a prompt is worth a text only then.</summary>
    private static bool IsStronger(GivenConsent given, ConsentState before, DateTimeOffset now) => before.StatusAt(now) == ConsentStatus.Granted && given.Level > before.Level;

    internal static async Task<Result<ConsentState>> ApplyAsync(
        PortalDbContext db, SubjectKeys keys, Actor actor, Subscriber subscriber, Purpose purpose, Wording wording, GivenConsent given,
        DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = (await db.ConsentRecords.FindAsync([subscriber.Id, purpose.Id], cancellationToken))?.State ?? ConsentState.None;
        if (!purpose.IsOpenTo(subscriber.Region))
            return new CountryNotServed();
        if (!before.MayReturnBy(given.IsActOfPerson && !given.IsNumberUnproven, given.At))
            return new OnlyThePersonCanReturn();
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var asks = given.DoubleOptInBy != DoubleOptIn.Sms && (given.IsNumberUnproven || NeedsDoubleOptIn(purpose, subscriber));
        using var key = keys.Unwrap(subscriber.WrappedKey!, subscriber.Id);
        wording.FirstUsedAt ??= now;
        if (given.Document is { } file && !await db.EvidenceDocuments.AnyAsync(d => d.SubscriberId == subscriber.Id && d.Hash == file.Hash, cancellationToken))
            db.EvidenceDocuments.Add(PersonDocuments.Sealed(file, subscriber.Id, key, actor.Id, now));
        var recorded = EventFor(asks, key);
        var after = await ConsentLedger.AppendAsync(db, recorded, cancellationToken);
        if (asks && (after.Status == ConsentStatus.Pending || IsStronger(given, before, now)))
            await Replies.PlanAsync(db, policy, key, subscriber, purpose, wording, MessageKind.DoubleOptInPrompt, words: null, now, cancellationToken);
        else if (after.Status == ConsentStatus.Granted && before.Status != ConsentStatus.Granted && !given.IsKept)
            await Replies.PlanAsync(db, policy, key, subscriber, purpose, wording, MessageKind.OptInConfirmation, words: null, now, cancellationToken);
        db.Audit(actor, now, new AuditFact(asks ? "consent.requested" : "consent.granted", "subscriber", subscriber.Id.ToString(), subscriber.Id, given.Reason,
            new Dictionary<string, object?> { ["status"] = before.Status },
            new Dictionary<string, object?>
            {
                ["status"] = after.Status, ["purpose"] = purpose.Id.ToString(), ["wording"] = wording.Hash, ["event"] = recorded.Id, ["channel"] = given.Channel,
                ["level"] = given.Level, ["agreedAt"] = given.At,
                ["document"] = given.Document?.Hash,
            }));
        return after;

        ConsentEvent EventFor(bool request, SubjectKey sealer) => new()
        {
            SubscriberId = subscriber.Id, PurposeId = purpose.Id, NumberPeriodId = subscriber.CurrentPeriodId,
            Kind = request ? ConsentEventKind.Requested : ConsentEventKind.Granted, Basis = purpose.Basis, Level = given.Level,
            Channel = given.Channel, DoubleOptInBy = given.DoubleOptInBy, IsActOfPerson = given.IsActOfPerson, WordingId = wording.Id, At = given.At, RecordedAt = now,
            ExpiresAt = request ? now.Add(policy.DoubleOptInLifetime) : given.ExpiresAt,
            EvidenceSealed = sealer.SealJson(given.Document is { } document ? given.Evidence with { DocumentHash = document.Hash } : given.Evidence, SealedField.Evidence),
            InboundProviderId = given.InboundProviderId, ActorKind = actor.Kind, ActorId = actor.Id, Reason = given.Reason,
        };
    }
}

public sealed record ConsentDateImpossible()
    : Failure("The date of consent lies in the future or before 1990. Nothing was recorded; enter the day on which the person agreed.");

public sealed record WordingNotOfPurpose()
    : Failure("That wording does not belong to this purpose. Nothing was recorded; choose a wording of the purpose that the person agreed to.");

public sealed record PurposeNotOpenThere()
    : Failure("This purpose is not open to numbers of that country. Nothing was recorded; choose another purpose, or add the country to this one.");

public sealed record PaperWithoutScan()
    : Failure("Express written consent on paper needs the scan of the signed paper. Nothing was recorded; attach the scan, or record it as express.");

public sealed record SpokenIsNotWritten()
    : Failure("What somebody says is at most express consent, never written. Nothing was recorded; choose Express, or Paper with the scan of what they signed.");

public sealed record OnlyThePersonCanReturn()
    : Failure("This person has stopped. Only what they do themselves after that can start texts again: ask them to text START or to use their preference page. Nothing was recorded.");
