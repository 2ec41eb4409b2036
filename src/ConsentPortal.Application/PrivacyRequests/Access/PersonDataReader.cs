using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Access;

/// <summary>Gathers what is held about one person from every ledger, opened with their key.</summary>
internal sealed class PersonDataReader(PortalDbContext db, SubscriberVault vault, Subscriber person, OpenedSubscriber opened)
{
    public const string Format = "consentportal/person/1";

    public static IReadOnlyList<PersonRecipient> Recipients { get; } =
    [
        new("Vonage", "SMS provider, processor on the organisation's behalf", "The number and the words of each text, to deliver it; delivery receipts and texts back"),
        new("Mobile carriers", "Deliver the texts", "The number and the words of each text"),
    ];

    public async Task<PersonData> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var id = person.Id;
        return new PersonData(
            Format, now, await ReportTrail.OrganisationAsync(db, cancellationToken), Profile(),
            await db.NumberPeriods.AsNoTracking().Where(p => p.SubscriberId == id).OrderBy(p => p.From).Select(p => new PersonPeriod(p.From, p.To)).ToListAsync(cancellationToken),
            await AttributesAsync(cancellationToken), await FactsAsync(cancellationToken), await ConsentsAsync(now, cancellationToken),
            await new PersonTextReader(db, vault, person).ReadAsync(cancellationToken), await StopsAsync(cancellationToken),
            await (from member in db.SegmentMembers where member.SubscriberId == id join segment in db.Segments on member.SegmentId equals segment.Id orderby segment.Name select segment.Name).ToListAsync(cancellationToken),
            await RequestsAsync(cancellationToken), await AccessesAsync(cancellationToken), Recipients);
    }

    /// <summary>An enum's name as the file writes it.</summary>
    internal static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private PersonProfile Profile() => new(
        opened.Phone.E164, opened.Profile.FirstName, opened.Profile.LastName, opened.Profile.ExternalId, person.Region, Word(person.LineType),
        person.DeclaredRegion, person.DeclaredState, person.DeclaredZone, person.Language, Word(person.Frequency), person.PausedUntil, person.IsRestricted,
        person.Source, person.CreatedAt, person.UpdatedAt, person.LastTextAt, person.LastEngagedAt);

    private async Task<IReadOnlyList<PersonAttribute>> AttributesAsync(CancellationToken cancellationToken)
    {
        var values = await (
            from value in db.SubscriberAttributes.AsNoTracking()
            where value.SubscriberId == person.Id
            join definition in db.AttributeDefinitions on value.AttributeId equals definition.Id
            orderby definition.Name
            select new { definition.Name, definition.Type, Value = value }).ToListAsync(cancellationToken);
        return [.. values.Select(v => new PersonAttribute(v.Name, Word(v.Type), Text(v.Type, v.Value)))];
    }

    private static string Text(AttributeType type, SubscriberAttribute value) => type switch
    {
        AttributeType.Text => value.Text ?? "",
        AttributeType.Number => value.Number?.ToString(CultureInfo.InvariantCulture) ?? "",
        AttributeType.Date => value.Date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
        AttributeType.Flag => value.Number is > 0 ? "true" : "false",
    };

    private async Task<IReadOnlyList<PersonFact>> FactsAsync(CancellationToken cancellationToken)
    {
        var facts = await db.SubscriberFacts.AsNoTracking().Where(f => f.SubscriberId == person.Id).OrderBy(f => f.At).ToListAsync(cancellationToken);
        return [.. facts.Select(f => new PersonFact(Word(f.Kind), f.At, f.Amount, f.Reference))];
    }

    private async Task<IReadOnlyList<PersonConsent>> ConsentsAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = await db.ConsentEvents.AsNoTracking().Where(e => e.SubscriberId == person.Id).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
        var ids = events.Select(e => e.WordingId).OfType<WordingId>().Distinct().ToList();
        var wordings = await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellationToken);
        var names = await ActorNames.OfAsync(db, events.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return
        [
            .. events.GroupBy(e => e.PurposeId).Select(g => new PersonConsent(
                purposes[g.Key].Name, purposes[g.Key].Brand, Word(ConsentState.From(g).StatusAt(now)), [.. g.Select(e => Event(e, wordings, names))])),
        ];
    }

    private PersonConsentEvent Event(ConsentEvent e, Dictionary<WordingId, Wording> wordings, ActorNames names) => new(
        Word(e.Kind), e.At, e.RecordedAt, Word(e.Channel), Word(e.Basis), Word(e.Level), Word(e.DoubleOptInBy), e.IsActOfPerson,
        e.WordingId is { } id && wordings.TryGetValue(id, out var w) ? new PersonWording(w.Language, w.Version, w.Text, w.PromisedFrequency, w.PrivacyPolicyVersion, w.Hash) : null,
        Evidence(e), names.Of(e.ActorKind, e.ActorId), e.Reason, e.ExpiresAt, e.ImportRow);

    private PersonEvidence? Evidence(ConsentEvent e)
    {
        if (vault.OpenField(person.Id, person.WrappedKey, e.EvidenceSealed, SealedField.Evidence) is not { } json)
            return null;
        var kept = JsonSerializer.Deserialize<ConsentEvidence>(json)!;
        return new PersonEvidence(kept.FormUrl, kept.IpAddress, kept.UserAgent, kept.Words, kept.DocumentHash, kept.AskedBy, kept.CollectionPoint, kept.Language, kept.Jurisdiction, kept.CorrelationId);
    }

    private async Task<IReadOnlyList<PersonStop>> StopsAsync(CancellationToken cancellationToken)
    {
        var stops = await (
            from stop in db.Suppressions.AsNoTracking()
            where stop.PhoneHash == person.PhoneHash
            join purpose in db.Purposes on stop.PurposeId equals purpose.Id into purposes
            from purpose in purposes.DefaultIfEmpty()
            orderby stop.Id
            select new { Stop = stop, Purpose = purpose == null ? null : purpose.Name }).ToListAsync(cancellationToken);
        return [.. stops.Select(s => new PersonStop(Word(s.Stop.Scope), s.Purpose, Word(s.Stop.Source), s.Stop.Reason, s.Stop.At, s.Stop.LiftedAt))];
    }

    private async Task<IReadOnlyList<PersonRequest>> RequestsAsync(CancellationToken cancellationToken)
    {
        var requests = await db.PrivacyRequests.AsNoTracking().Where(r => r.SubscriberId == person.Id).OrderBy(r => r.Number).ToListAsync(cancellationToken);
        return [.. requests.Select(r => new PersonRequest(string.Create(CultureInfo.InvariantCulture, $"DSR-{r.Number}"), Word(r.Kind), Word(r.Status), r.ReceivedAt, r.DueOn, r.CompletedAt))];
    }

    private async Task<IReadOnlyList<PersonAccess>> AccessesAsync(CancellationToken cancellationToken)
    {
        string[] looks = [OpenSubscriber.Viewed, RevealNumber.Revealed];
        var entries = await db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId == person.Id && looks.Contains(e.Action)).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, entries.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return
        [
            .. entries.Select(e =>
            {
                using var leaf = JsonDocument.Parse(e.Leaf);
                return new PersonAccess(e.At, names.Of(e.ActorKind, e.ActorId), leaf.RootElement.GetProperty("actor").GetProperty("role").GetString(),
                    e.Action == RevealNumber.Revealed, leaf.RootElement.GetProperty("reason").GetString());
            }),
        ];
    }
}
