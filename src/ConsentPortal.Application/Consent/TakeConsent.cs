using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>A consent that another program has collected.</summary>
/// <param name="Purpose">As <see cref="NamedPurpose"/> has it.</param>
/// <param name="Language">ISO 639-1 of the words that the person saw; with no wording named, the one in use in it on that day.</param>
/// <param name="WordingId">The exact words; null leaves them to <paramref name="Language"/>.</param>
/// <param name="AgreedAt">When the person agreed (UTC).</param>
/// <param name="AsksNumber">The number's owner is texted first, whatever the purpose: whoever filled in the form may have typed anybody's number.</param>
/// <param name="Person">Kept only for somebody new: nobody renames a person by handing in their number.</param>
public sealed record CollectedConsent(
    PhoneNumber Phone, string? Purpose, string? Language, WordingId? WordingId, ConsentChannel Channel, ConsentLevel Level, DateTimeOffset AgreedAt, ConsentEvidence Evidence,
    bool AsksNumber, CollectedPerson Person);

/// <param name="Language">ISO 639-1 in which the person wants to be texted.</param>
public sealed record CollectedPerson(SubscriberProfile Profile, string? Language = null, string? Country = null, string? State = null, string? Zone = null);

public enum AskedBack
{
    /// <summary>Neither the purpose nor the law nor the program asks for it.</summary>
    NotNeeded = 0,

    /// <summary>The number's owner is texted and the consent waits for their YES.</summary>
    Asked = 1,

    /// <summary>An earlier prompt still waits for its answer; no second one is sent.</summary>
    AskedBefore = 2,
}

/// <summary>What the API answers. Names nobody.</summary>
/// <param name="ConsentEventId">The ledger's entry, for the program's own records.</param>
public sealed record ConsentReceipt(Guid SubscriberId, Guid PurposeId, string Purpose, Guid WordingId, ConsentStatus Status, long ConsentEventId, AskedBack DoubleOptIn);

/// <summary>
/// Takes in a consent that another program has collected. It never lifts a stop, and it can't say that the number's owner
/// has confirmed: only a text that the portal itself received proves that.
/// </summary>
public sealed class TakeConsent(ApiAnswers answers, SubscriberFactory factory, SubjectKeys keys, LookupHash hashes, TimeProvider clock)
{
    public const string Source = "API";

    private const int Created = 201;
    private const int Ok = 200;

    public async Task<Result<ApiAnswer>> ExecuteAsync(Actor actor, CollectedConsent consent, RepeatableRequest? request, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        if (consent.AgreedAt > now.AddMinutes(5) || consent.AgreedAt.Year < 1990)
            return new FieldRefused("agreedAt", new ConsentDateImpossible().Message);
        if (consent.Level == ConsentLevel.ExpressWritten && WhyNotWritten(consent) is { } claim)
            return claim;
        return await answers.OnceAsync(actor, request, db => TakeAsync(db, actor, consent, now, cancellationToken), cancellationToken);
    }

    /// <summary>A written consent is one that can be shown: the words that were on the screen, where they stood, or the paper (US-02).</summary>
    private static FieldRefused? WhyNotWritten(CollectedConsent consent) => (consent.Channel, consent.Evidence) switch
    {
        (ConsentChannel.Staff, _) => new FieldRefused("level", "What somebody says is at most express consent, never written. Nothing was recorded; give express, or paper with the hash of what they signed."),
        (ConsentChannel.Paper, { DocumentHash: { Length: 64 } hash }) when hash.All(char.IsAsciiHexDigit) => null,
        (ConsentChannel.Paper, _) => new FieldRefused(
            "evidence.documentHash", "Express written consent on paper needs the SHA-256 of the scan, in 64 hexadecimal digits. Nothing was recorded; give it, or hand it in as express."),
        (ConsentChannel.WebForm, { FormUrl: not (null or "") } or { Words: not (null or "") }) => null,
        (ConsentChannel.WebForm, _) => new FieldRefused(
            "evidence.formUrl", "Express written consent on a form needs the form's address, or the words that it showed. Nothing was recorded; give one of them, or hand it in as express."),
        (_, { FormUrl: not (null or "") } or { Words: not (null or "") } or { DocumentHash: not (null or "") }) => null,
        _ => new FieldRefused("evidence", "Express written consent needs evidence: formUrl, words or documentHash. Nothing was recorded; give one of them, or hand it in as express."),
    };

    private async Task<Result<ApiAnswer>> TakeAsync(PortalDbContext db, Actor actor, CollectedConsent consent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!(await NamedPurpose.FindAsync(db, consent.Purpose, mayBeRetired: false, cancellationToken)).TryGet(out var purpose, out var refused))
            return refused;
        if (!purpose.IsOpenTo(consent.Phone.Region))
            return new FieldRefused("phone", new CountryNotServed().Message);
        if (!(await ShownAsync(db, purpose, consent, cancellationToken)).TryGet(out var wording, out refused))
            return refused;
        var hash = hashes.Phone(consent.Phone);
        var known = await OnePerNumber.FindAsync(db, hash, cancellationToken);
        if (await StopAsync(db, hash, known, purpose, cancellationToken) is { } stopped)
            return stopped;
        if (known is null)
            return await RecordAsync(db, actor, await AddAsync(db, actor, consent, wording, now, cancellationToken), purpose, wording, consent, now, cancellationToken);
        if (await StandingAsync(db, known, purpose, wording, consent, now, cancellationToken) is { } standing)
            return standing;
        return await RecordAsync(db, actor, known, purpose, wording, consent, now, cancellationToken);
    }

    /// <summary>The words that the person saw: those named, or those in use in their language when they agreed.</summary>
    private static async Task<Result<Wording>> ShownAsync(PortalDbContext db, Purpose purpose, CollectedConsent consent, CancellationToken cancellationToken)
    {
        var wordings = await db.Wordings.Where(w => w.PurposeId == purpose.Id).OrderByDescending(w => w.Version).ToListAsync(cancellationToken);
        if (consent.WordingId is { } id)
            return wordings.Find(w => w.Id == id) is { } named ? named : new FieldRefused("wordingId", new WordingNotOfPurpose().Message);
        var language = consent.Language?.ToLowerInvariant() ?? (wordings.Exists(w => w.Language == "en") ? "en" : wordings.FirstOrDefault()?.Language);
        var spoken = wordings.FindAll(w => w.Language == language);
        if (spoken.Count == 0)
            return new FieldRefused("language", "The purpose has no wording in this language. Nothing was recorded; name a language that it has, or the wording itself.");
        return spoken.Find(w => w.ActiveFrom <= consent.AgreedAt && !(w.RetiredAt <= consent.AgreedAt)) is { } shown
            ? shown
            : new FieldRefused(
                "agreedAt", "No wording of the purpose was in use in this language at that time, so it is not known what the person agreed to. Nothing was recorded; name the wording that they saw.");
    }

    /// <returns>Why nothing may be recorded for the number; null when it may.</returns>
    private static async Task<Failure?> StopAsync(PortalDbContext db, byte[] hash, Subscriber? known, Purpose purpose, CancellationToken cancellationToken)
    {
        if (known is { IsRestricted: true })
            return new ProcessingRestricted();
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == hash && s.LiftedAt == null).ToListAsync(cancellationToken);
        var record = known is null ? null : await db.ConsentRecords.FindAsync([known.Id, purpose.Id], cancellationToken);
        if (stops.Exists(s => s.Reaches(purpose) && !OwnStops.IsOwn(s)))
            return new NumberIsBarred();
        return stops.Exists(s => s.Reaches(purpose)) || record?.Status is ConsentStatus.Withdrawn or ConsentStatus.Voided
            ? new NumberHasStopped(purpose.SenderCanReceive ? $"text {purpose.JoinKeyword ?? "START"} to {purpose.Sender}" : "choose this purpose in their preference centre")
            : null;
    }

    private async Task<Subscriber> AddAsync(PortalDbContext db, Actor actor, CollectedConsent consent, Wording wording, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = consent.Person;
        var added = factory.Add(
            db, actor,
            new NewSubscriber(consent.Phone, consent.Phone.LineType, person.Profile, Source, person.Language ?? consent.Language ?? wording.Language, person.Country, person.State, person.Zone),
            now);
        // Later statements of this transaction look the person up.
        await db.SaveChangesAsync(cancellationToken);
        return added;
    }

    /// <summary>
    /// The answer where nothing is to be recorded: a weaker consent must not take the place of a stronger one, and while a
    /// prompt waits, a second one would let nobody know which of the two a YES means.
    /// </summary>
    private static async Task<Result<ApiAnswer>?> StandingAsync(
        PortalDbContext db, Subscriber person, Purpose purpose, Wording wording, CollectedConsent consent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var state = (await db.ConsentRecords.FindAsync([person.Id, purpose.Id], cancellationToken))?.State ?? ConsentState.None;
        var asks = Asks(purpose, person, consent);
        if (state.StatusAt(now) == ConsentStatus.Granted)
        {
            var isStronger = state.Level >= consent.Level && (asks || state.ExpiresAt is null);
            if (isStronger)
                return ApiAnswer.Of(Ok, await ReceiptAsync(db, person, purpose, state.WordingId ?? wording.Id, state, AskedBack.NotNeeded, cancellationToken));
        }

        if (!asks || !await JoinByForm.IsAskedLatelyAsync(db, person, purpose, now, cancellationToken))
            return null;
        return state.Status == ConsentStatus.Pending || await StrongerRequest.FindAsync(db, person.Id, [purpose.Id], now, cancellationToken) is not null
            ? ApiAnswer.Of(Ok, await ReceiptAsync(db, person, purpose, state.WordingId ?? wording.Id, state, AskedBack.AskedBefore, cancellationToken))
            : new AnotherPromptWaits();
    }

    private async Task<Result<ApiAnswer>> RecordAsync(
        PortalDbContext db, Actor actor, Subscriber person, Purpose purpose, Wording wording, CollectedConsent consent, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var evidence = consent.Evidence with { Jurisdiction = person.DeclaredRegion ?? person.Region, CorrelationId = actor.Origin?.RequestId };
        var given = new GivenConsent(
            purpose.Id, wording.Id, consent.Channel, consent.Level, evidence, consent.AgreedAt,
            IsActOfPerson: consent.Channel is ConsentChannel.WebForm or ConsentChannel.Paper, IsNumberUnproven: consent.AsksNumber);
        if (!(await RecordConsent.ApplyAsync(db, keys, actor, person, purpose, wording, given, now, cancellationToken)).TryGet(out var state, out var refused))
            return refused;
        var asked = Asks(purpose, person, consent) ? AskedBack.Asked : AskedBack.NotNeeded;
        return ApiAnswer.Of(Created, await ReceiptAsync(db, person, purpose, wording.Id, state, asked, cancellationToken));
    }

    private static bool Asks(Purpose purpose, Subscriber person, CollectedConsent consent) => consent.AsksNumber || RecordConsent.NeedsDoubleOptIn(purpose, person);

    private static async Task<ConsentReceipt> ReceiptAsync(
        PortalDbContext db, Subscriber person, Purpose purpose, WordingId wording, ConsentState state, AskedBack asked, CancellationToken cancellationToken)
    {
        var latest = state.GrantEventId
            ?? await db.ConsentEvents.Where(e => e.SubscriberId == person.Id && e.PurposeId == purpose.Id).OrderByDescending(e => e.Id).Select(e => e.Id).FirstAsync(cancellationToken);
        return new ConsentReceipt(person.Id.Value, purpose.Id.Value, purpose.Name, wording.Value, state.Status, latest, asked);
    }
}

/// <param name="Way">How the person themselves can come back.</param>
public sealed record NumberHasStopped(string Way)
    : Failure($"This number has stopped texts of this purpose, and only its owner can start them again. Nothing was recorded; ask the person to {Way} themselves.");

public sealed record NumberIsBarred()
    : Failure("This number is on the do-not-text list for another reason than a wish that its owner can take back, such as a complaint, a carrier's block or a text that waits to be read. Nothing was recorded; have the business look at its list.");

public sealed record ProcessingRestricted()
    : Failure("The person has asked that their data be stored and nothing else. Nothing was recorded; ask the privacy team before anything is.");

public sealed record AnotherPromptWaits()
    : Failure("The number was asked about another purpose lately and has not answered, so that a YES could mean either. Nothing was recorded; repeat the request after two days.");
