using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>Gathers what is held about one person from every ledger, opened with the key of the record that holds it.</summary>
/// <param name="records">All records of the person, their own first.</param>
internal sealed class PersonDataReader(PortalDbContext db, SubscriberVault vault, IReadOnlyList<PersonRecord> records)
{
    public const string AboutConsent = "consentEvent";
    public const string AboutText = "text";

    public const string Format = "consentportal/person/1";

    private const string Inherited = "earlier";

    private const string InheritedReason = "The number was stopped before it was yours, and still is";

    private static readonly string PersonThemselves = Actor.Subscriber("", null).Name;

    private readonly Subscriber _person = records[0].Row;
    private readonly OpenedSubscriber _opened = records[0].Opened;
    private readonly List<SubscriberId> _ids = [.. records.Select(r => r.Row.Id)];

    public static IReadOnlyList<PersonRecipient> Recipients { get; } =
    [
        new("Vonage", "SMS provider, processor on the organisation's behalf", "The number and the words of each text, to deliver it; delivery receipts and texts back"),
        new("Mobile carriers", "Deliver the texts", "The number and the words of each text"),
    ];

    public async Task<PersonData> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = await OwnPeriods.OfAsync(db, records, cancellationToken);
        return new PersonData(
            Format, now, await ReportTrail.OrganisationAsync(db, cancellationToken), Profile(),
            await db.NumberPeriods.AsNoTracking().Where(p => _ids.Contains(p.SubscriberId)).OrderBy(p => p.From).Select(p => new PersonPeriod(p.From, p.To)).ToListAsync(cancellationToken),
            await AttributesAsync(cancellationToken), await FactsAsync(cancellationToken), await ConsentsAsync(now, cancellationToken),
            await new PersonTextReader(db, vault, records).ReadAsync(cancellationToken), await StopsAsync(own, cancellationToken), await ListsAsync(cancellationToken),
            await RequestsAsync(own, cancellationToken), await AccessesAsync(cancellationToken), Recipients, [.. records.Skip(1).Select(Merged)], await DocumentsAsync(cancellationToken), await HoldsAsync(cancellationToken), await ProviderWordsAsync(own, cancellationToken), null, [],
            await AuditCommentsAsync(cancellationToken));
    }

    /// <summary>An enum's name as the file writes it.</summary>
    internal static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    internal static string Key(string kind, long id) => string.Create(CultureInfo.InvariantCulture, $"{kind}/{id}");

    private static PersonMergedRecord Merged(PersonRecord record) => new(
        record.Opened.Phone.E164, record.Opened.Profile.FirstName, record.Opened.Profile.LastName, record.Opened.Profile.ExternalId,
        record.Row.Source, record.Row.CreatedAt, record.Row.MergedAt);

    private async Task<IReadOnlyList<PersonFile>> DocumentsAsync(CancellationToken cancellationToken) =>
        [.. (await PersonDocuments.OfAsync(db, vault, _person.Id, cancellationToken)).Select(d => new PersonFile(d.PackageName, d.File.Name, d.File.ContentType, d.File.Bytes.Length, d.File.Hash, d.AddedAt))];

    private Task<List<string>> ListsAsync(CancellationToken cancellationToken) =>
        db.Segments.Where(s => s.CurrentVersion > 0 && db.SegmentMembers.Any(m => m.SegmentId == s.Id && _ids.Contains(m.SubscriberId))).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<PersonHold>> HoldsAsync(CancellationToken cancellationToken)
    {
        var holds = await db.LegalHolds.AsNoTracking().Where(h => h.SubscriberId != null && _ids.Contains(h.SubscriberId.Value)).OrderBy(h => h.PlacedAt).ToListAsync(cancellationToken);
        return [.. holds.Select(h => new PersonHold(h.PlacedAt, h.Until, h.LiftedAt, h.Reason) { Key = $"hold/{h.Id}" })];
    }

    private PersonProfile Profile() => new(
        _opened.Phone.E164, _opened.Profile.FirstName, _opened.Profile.LastName, _opened.Profile.ExternalId, _person.Region, Word(_person.LineType),
        _person.DeclaredRegion, _person.DeclaredState, _person.DeclaredZone, _person.Language, Word(_person.Frequency), _person.PausedUntil, _person.IsRestricted,
        _person.Source, _person.CreatedAt, _person.UpdatedAt, _person.LastTextAt, _person.LastEngagedAt);

    private async Task<IReadOnlyList<PersonAttribute>> AttributesAsync(CancellationToken cancellationToken)
    {
        var values = await (
            from value in db.SubscriberAttributes.AsNoTracking()
            where _ids.Contains(value.SubscriberId)
            join definition in db.AttributeDefinitions on value.AttributeId equals definition.Id
            orderby definition.Name, value.SubscriberId
            select new { definition.Id, definition.Name, definition.Type, Value = value }).ToListAsync(cancellationToken);
        return [.. values.Select(v => new PersonAttribute(v.Name, Word(v.Type), Text(v.Type, v.Value)) { Key = $"attribute/{v.Id}/{v.Value.SubscriberId}" })];
    }

    private static string Text(AttributeType type, SubscriberAttribute value) => type switch
    {
        AttributeType.Text => value.Text ?? "",
        AttributeType.List => ValueList.Words(value.Text ?? ""),
        AttributeType.Number => value.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        AttributeType.Date => value.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        AttributeType.Flag => value.Number is > 0 ? "true" : "false",
    };

    private async Task<IReadOnlyList<PersonFact>> FactsAsync(CancellationToken cancellationToken)
    {
        var facts = await db.SubscriberFacts.AsNoTracking().Where(f => _ids.Contains(f.SubscriberId)).OrderBy(f => f.At).ToListAsync(cancellationToken);
        return [.. facts.Select(f => new PersonFact(Word(f.Kind), f.At, f.Amount, f.Reference))];
    }

    private async Task<IReadOnlyList<PersonConsent>> ConsentsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = await db.ConsentEvents.AsNoTracking().Where(e => _ids.Contains(e.SubscriberId)).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
        var ids = events.Select(e => e.WordingId).OfType<WordingId>().Distinct().ToList();
        var wordings = await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellationToken);
        var names = await ActorNames.OfAsync(db, events.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return
        [
            .. events.GroupBy(e => e.PurposeId).Select(g => new PersonConsent(
                purposes[g.Key].Name, purposes[g.Key].Brand, Word(ConsentState.From(g.Where(e => e.SubscriberId == _person.Id)).StatusAt(now)), [.. g.Select(e => Event(e, wordings, names))])),
        ];
    }

    private PersonConsentEvent Event(ConsentEvent e, Dictionary<WordingId, Wording> wordings, ActorNames names) => new(
        Word(e.Kind), e.At, e.RecordedAt, Word(e.Channel), Word(e.Basis), Word(e.Level), Word(e.DoubleOptInBy), e.IsActOfPerson,
        e.WordingId is { } id && wordings.TryGetValue(id, out var w) ? new PersonWording(w.Language, w.Version, w.Text, w.PromisedFrequency, w.PrivacyPolicyVersion, w.Hash) : null,
        Evidence(e), names.Of(e.ActorKind, e.ActorId), e.Reason, e.ExpiresAt, e.ImportRow)
    {
        Key = Key("consent", e.Id), IsByStaff = e.ActorKind == ActorKind.Staff,
    };

    private PersonEvidence? Evidence(ConsentEvent e)
    {
        var holder = records.First(r => r.Row.Id == e.SubscriberId).Row;
        if (vault.OpenField(holder.Id, holder.WrappedKey, e.EvidenceSealed, SealedField.Evidence) is not { } json)
            return null;
        var kept = JsonSerializer.Deserialize<ConsentEvidence>(json)!;
        return new PersonEvidence(kept.FormUrl, kept.IpAddress, kept.UserAgent, kept.Words, kept.DocumentHash, kept.AskedBy, kept.CollectionPoint, kept.Language, kept.Jurisdiction, kept.CorrelationId);
    }

    private async Task<IReadOnlyList<PersonStop>> StopsAsync(OwnPeriods own, CancellationToken cancellationToken)
    {
        var hashes = own.Hashes;
        var stops = await (
            from stop in db.Suppressions.AsNoTracking()
            where hashes.Contains(stop.PhoneHash)
            join purpose in db.Purposes on stop.PurposeId equals purpose.Id into purposes
            from purpose in purposes.DefaultIfEmpty()
            orderby stop.Id
            select new { Stop = stop, Purpose = purpose == null ? null : purpose.Name }).ToListAsync(cancellationToken);
        return
        [
            .. stops.Where(s => own.IsInherited(s.Stop)).DistinctBy(s => s.Stop.Scope).Select(s => new PersonStop(Word(s.Stop.Scope), null, Inherited, InheritedReason, own.Since(s.Stop.PhoneHash), null) { Key = "stop/earlier" }),
            .. stops.Where(s => own.IsOwn(s.Stop)).Select(s => new PersonStop(Word(s.Stop.Scope), s.Purpose, Word(s.Stop.Source), s.Stop.Reason, s.Stop.At, own.LiftedAt(s.Stop)) { Key = Key("stop", s.Stop.Id) }),
        ];
    }

    private async Task<IReadOnlyList<PersonProviderWord>> ProviderWordsAsync(OwnPeriods own, CancellationToken cancellationToken)
    {
        var hashes = own.Hashes;
        var said = await db.ProviderVerdicts.AsNoTracking().Where(v => hashes.Contains(v.PhoneHash)).OrderBy(v => v.Id).ToListAsync(cancellationToken);
        return [.. said.Where(v => own.Cover(v.PhoneHash, v.SaidAt)).Select(v => new PersonProviderWord(v.Sender, Word(v.Word), Word(v.Evidence), v.Code, v.SaidAt, v.Explanation) { Key = Key("provider", v.Id) })];
    }

    private async Task<IReadOnlyList<PersonRequest>> RequestsAsync(OwnPeriods own, CancellationToken cancellationToken)
    {
        var requests = await db.PrivacyRequests.AsNoTracking().Where(r => r.SubscriberId != null && _ids.Contains(r.SubscriberId.Value)).OrderBy(r => r.Number).ToListAsync(cancellationToken);
        var letters = (await db.PrivacyRequestLetters.AsNoTracking().Where(l => _ids.Contains(l.SubscriberId)).OrderBy(l => l.Id).ToListAsync(cancellationToken)).ToLookup(l => l.RequestId, Letter);
        var written = (await db.PrivacyRequestEntries.AsNoTracking()
            .Where(e => e.Kind != RequestEntryKinds.Step && db.PrivacyRequests.Any(r => r.Id == e.RequestId && r.SubscriberId != null && _ids.Contains(r.SubscriberId.Value))).OrderBy(e => e.Id).ToListAsync(cancellationToken)).ToLookup(e => e.RequestId);
        var files = (await db.PrivacyRequestAttachments.AsNoTracking().Where(a => _ids.Contains(a.SubscriberId)).OrderBy(a => a.AddedAt).ThenBy(a => a.Id)
            .Select(a => new { a.RequestId, a.SubscriberId, a.Kind, a.NameSealed, a.Size, a.AddedAt, a.RemovedAt }).ToListAsync(cancellationToken)).ToLookup(a => a.RequestId);
        // Letters, words and files of a request that was never joined are sealed with a key of its own, and are not here.
        return
        [
            .. requests.Concat(await UnrecordedAsync(own, cancellationToken)).OrderBy(r => r.Number).Select(r => new PersonRequest(
                string.Create(CultureInfo.InvariantCulture, $"DSR-{r.Number}"), Word(r.Kind), Word(r.Status), r.ReceivedAt, r.DueOn, r.CompletedAt, [.. letters[r.Id]],
                [.. written[r.Id].Where(e => e.Kind == RequestEntryKinds.Message).Select(e => new PersonMessage(e.At, e.Text) { Key = Key("entry", e.Id) })],
                [.. written[r.Id].Where(e => e.Kind == RequestEntryKinds.Comment).Select(Comment)],
                [.. files[r.Id].Select(a => new PersonAttachment(
                    Word(a.Kind), vault.OpenField(a.SubscriberId, records.First(p => p.Row.Id == a.SubscriberId).Row.WrappedKey, a.NameSealed, SealedField.Document), a.Size, a.AddedAt, a.RemovedAt))],
                Word(r.Regime), r.SubscriberId is not null)),
        ];
    }

    /// <summary>Those that came for a number of the person while no record had it.</summary>
    private async Task<IEnumerable<PrivacyRequest>> UnrecordedAsync(OwnPeriods own, CancellationToken cancellationToken)
    {
        var hashes = own.Hashes;
        var found = await (
            from request in db.PrivacyRequests.AsNoTracking()
            where request.SubscriberId == null
            join number in db.UnrecordedNumbers on request.Id equals number.RequestId
            where hashes.Contains(number.PhoneHash)
            select new { Request = request, number.PhoneHash }).ToListAsync(cancellationToken);
        return found.Where(f => own.IsOwnRequest(f.PhoneHash, f.Request.ReceivedAt)).Select(f => f.Request);
    }

    // Of the entries only the name is kept.
    private static PersonComment Comment(PrivacyRequestEntry entry) =>
        new(entry.At, entry.ActorName, entry.Text) { Key = Key("entry", entry.Id), IsByStaff = entry.ActorName != PersonThemselves && entry.ActorName != Actor.CommandLine.Name };

    private PersonLetter Letter(PrivacyRequestLetter letter) => new(
        Word(letter.Kind), letter.Language, vault.OpenField(letter.SubscriberId, records.First(r => r.Row.Id == letter.SubscriberId).Row.WrappedKey, letter.TextSealed, SealedField.RequestDetail),
        letter.WrittenAt, letter.SentOn)
    {
        Key = Key("letter", letter.Id),
    };

    /// <summary>Both ledgers count their records from 1: the question says which of them a comment means.</summary>
    private async Task<IReadOnlyList<PersonRoomComment>> AuditCommentsAsync(CancellationToken cancellationToken)
    {
        var comments = await (
            from comment in db.EvidenceComments.AsNoTracking()
            join question in db.EvidenceQuestions.AsNoTracking() on comment.QuestionId equals question.Id
            let isConsent = question.Kind == EvidenceKind.Consents || question.Kind == EvidenceKind.OptOuts
            where comment.Text != null && comment.RecordId != null && (isConsent
                ? db.ConsentEvents.Any(e => e.Id == comment.RecordId && _ids.Contains(e.SubscriberId)) : db.OutboundMessages.Any(m => m.Id == comment.RecordId && _ids.Contains(m.SubscriberId)))
            orderby comment.At, comment.Id
            select new { comment.Id, comment.At, comment.Author, isConsent, comment.RecordId, comment.Text }).ToListAsync(cancellationToken);
        return [.. comments.Select(c => new PersonRoomComment(c.At, c.Author, c.isConsent ? AboutConsent : AboutText, c.RecordId!.Value, c.Text!) { Key = $"audit/{c.Id}" })];
    }

    private async Task<IReadOnlyList<PersonAccess>> AccessesAsync(CancellationToken cancellationToken)
    {
        var looks = LooksAtPeople.Actions;
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId != null && _ids.Contains(e.SubscriberId.Value) && looks.Contains(e.Action)).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return
        [
            .. entries.Select(e =>
            {
                using var leaf = JsonDocument.Parse(e.Leaf);
                return new PersonAccess(e.At, names.Of(e.ActorKind, e.ActorId), leaf.RootElement.GetProperty("actor").GetProperty("role").GetString(),
                    e.Action is RevealNumber.Revealed or ExportedNumbers.Exported or CompleteRequest.PackageMade or OpenPackageReview.Viewed, leaf.RootElement.GetProperty("reason").GetString(), e.Action == OpenEvidence.Opened, e.Action == RevealAuditValues.Revealed, Word(LooksAtPeople.KindOf(e.Action)))
                {
                    Key = Key("look", e.Id), IsByStaff = e.ActorKind == ActorKind.Staff,
                };
            }),
        ];
    }
}
