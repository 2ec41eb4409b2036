using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Reports.Gallery.Kinds;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Rooms;

/// <summary>One record of a sample.</summary>
/// <param name="Blocks">What shows how it came about, masked.</param>
/// <param name="Decision">Of a text: the stored decision with its gates worked out again.</param>
public sealed record EvidenceItem(long Id, SubscriberId PersonId, IReadOnlyList<ReportBlock> Blocks, PastDecision? Decision);

/// <summary>Draws samples of the ledgers and reads what is drawn. It hides what even an auditor need not see: numbers, addresses, a person's own words.</summary>
internal sealed class EvidenceReader(SubscriberVault vault, PastFactsReader facts)
{
    private const int TextsAtOnce = 1_000;
    private const string Hidden = "Kept; not shown in an evidence room";

    private static readonly ConsentEventKind[] Agreeing = [ConsentEventKind.Granted, ConsentEventKind.Confirmed, ConsentEventKind.Renewed];

    public async Task<(long Population, IReadOnlyList<long> Ids)> DrawAsync(PortalDbContext db, EvidenceRoom room, EvidenceQuestion question, CancellationToken cancellationToken)
    {
        var sample = new SeededSample(question.Seed, question.Size);
        var ids = question.Kind == EvidenceKind.InQuietHours ? InQuietHoursAsync(db, room, question, cancellationToken) : Ids(db, room, question).AsAsyncEnumerable();
        await foreach (var id in ids.WithCancellation(cancellationToken))
            sample.Offer(id);
        return (sample.Population, sample.Drawn);
    }

    public async Task<IReadOnlyList<EvidenceLine>> LinesAsync(PortalDbContext db, EvidenceQuestion question, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var known = ids.ToArray();
        var rows = question.Kind is EvidenceKind.Consents or EvidenceKind.OptOuts ? await EventsAsync(db, known, cancellationToken) : await TextsAsync(db, known, cancellationToken);
        var outside = question.Kind == EvidenceKind.InQuietHours ? await OutsideAsync(db, question, known, cancellationToken) : [];
        var people = rows.Select(r => r.Person).Distinct().ToArray();
        var sealedOnes = await db.Subscribers.AsNoTracking().Where(s => EF.Parameter(people).Contains(s.Id)).Select(s => new { s.Id, s.WrappedKey, s.PhoneSealed, s.Region }).ToDictionaryAsync(s => s.Id, cancellationToken);
        var byId = rows.ToDictionary(r => r.Id);
        return
        [
            .. ids.Where(byId.ContainsKey).Select(id =>
            {
                var (row, person) = (byId[id], sealedOnes[byId[id].Person]);
                return new EvidenceLine(id, row.At, vault.Open(person.Id, person.WrappedKey, person.PhoneSealed, null, person.Region)?.Phone.ToString(), person.Region, row.Purpose,
                    outside.TryGetValue(id, out var hours) ? $"{row.What}; {hours}" : row.What);
            }),
        ];
    }

    /// <returns>Null where there is no such record any more.</returns>
    public Task<EvidenceItem?> ItemAsync(PortalDbContext db, EvidenceQuestion question, long id, DateTimeOffset now, CancellationToken cancellationToken) =>
        question.Kind is EvidenceKind.Consents or EvidenceKind.OptOuts ? ConsentItemAsync(db, id, now, cancellationToken) : TextItemAsync(db, question, id, cancellationToken);

    /// <returns>Why words about a record can't be kept; null where they don't name whose record it is.</returns>
    public async Task<Failure?> NamedAsync(PortalDbContext db, EvidenceKind kind, long id, string words, CancellationToken cancellationToken)
    {
        var person = kind is EvidenceKind.Consents or EvidenceKind.OptOuts
            ? db.ConsentEvents.Where(e => e.Id == id).Select(e => e.SubscriberId) : db.OutboundMessages.Where(m => m.Id == id).Select(m => m.SubscriberId);
        return await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(s => person.Contains(s.Id), cancellationToken) is { } named ? PersonTraces.Refusal(vault, named, words) : null;
    }

    /// <summary>What happened in the days of the room and was known when the question was asked: later records change no sample.</summary>
    private static IQueryable<long> Ids(PortalDbContext db, EvidenceRoom room, EvidenceQuestion question)
    {
        var days = new OrganisationDays(room.Zone);
        var (from, to, asked, purpose) = (days.BeginningOf(room.FirstDay), days.BeginningOf(room.LastDay.AddDays(1)), question.AskedAt, room.PurposeId);
        if (question.Kind is EvidenceKind.Consents or EvidenceKind.OptOuts)
        {
            var events = db.ConsentEvents.AsNoTracking().Where(e => e.At >= from && e.At < to && e.RecordedAt <= asked && (purpose == null || e.PurposeId == purpose));
            return (question.Kind == EvidenceKind.Consents ? events.Where(e => Agreeing.Contains(e.Kind)) : events.Where(e => e.Kind == ConsentEventKind.Withdrawn)).Select(e => e.Id);
        }

        return (question.Kind == EvidenceKind.NotSent
            ? db.OutboundMessages.AsNoTracking().Where(m => (purpose == null || m.PurposeId == purpose) && m.State == MessageState.Skipped && m.DecidedAt >= from && m.DecidedAt < to && m.DecidedAt <= asked)
            : Sent(db, room, question)).Select(m => m.Id);
    }

    private static IQueryable<OutboundMessage> Sent(PortalDbContext db, EvidenceRoom room, EvidenceQuestion question)
    {
        var days = new OrganisationDays(room.Zone);
        var (from, to, asked, purpose) = (days.BeginningOf(room.FirstDay), days.BeginningOf(room.LastDay.AddDays(1)), question.AskedAt, room.PurposeId);
        return db.OutboundMessages.AsNoTracking().Where(m => (purpose == null || m.PurposeId == purpose) && m.SentAt >= from && m.SentAt < to && m.SentAt <= asked);
    }

    /// <summary>As the report on quiet hours tells it, by the rules of each text and each clock on which the number may be; in pages, because the people of each are asked for between them.</summary>
    private async IAsyncEnumerable<long> InQuietHoursAsync(PortalDbContext db, EvidenceRoom room, EvidenceQuestion question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (hours, after) = (await RecipientHours.OpenAsync(db, vault, question.AskedAt, cancellationToken), 0L);
        while (true)
        {
            var last = after;
            var texts = await SentTextsAsync(Sent(db, room, question).Where(m => m.Id > last).OrderBy(m => m.Id).Take(TextsAtOnce), cancellationToken);
            foreach (var judged in (await hours.JudgeAsync(db, texts, cancellationToken)).Where(judged => judged.IsOutsideHours))
                yield return judged.Text.Id;
            if (texts.Count < TextsAtOnce)
                yield break;
            after = texts[^1].Id;
        }
    }

    /// <summary>Of texts that left outside the hours of their rules: when it was there, and which hours these were.</summary>
    private async Task<Dictionary<long, string>> OutsideAsync(PortalDbContext db, EvidenceQuestion question, long[] ids, CancellationToken cancellationToken)
    {
        var hours = await RecipientHours.OpenAsync(db, vault, question.AskedAt, cancellationToken);
        var texts = await SentTextsAsync(db.OutboundMessages.AsNoTracking().Where(m => EF.Parameter(ids).Contains(m.Id) && m.SentAt != null).OrderBy(m => m.Id), cancellationToken);
        return (await hours.JudgeAsync(db, texts, cancellationToken)).Where(judged => judged.IsOutsideHours).ToDictionary(judged => judged.Text.Id, judged => judged.OutsideInWords);
    }

    private static Task<List<SentText>> SentTextsAsync(IQueryable<OutboundMessage> texts, CancellationToken cancellationToken) => texts
        .Select(m => new SentText(m.Id, m.SubscriberId, m.Kind, m.MessageClass, m.CampaignId, m.SentAt!.Value, m.DecisionKind, m.PolicyVersion, m.ConsentEventId, null, null, null)).ToListAsync(cancellationToken);

    private static async Task<List<EvidenceRow>> EventsAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var rows = await (
            from e in db.ConsentEvents.AsNoTracking()
            where EF.Parameter(ids).Contains(e.Id)
            join purpose in db.Purposes.AsNoTracking() on e.PurposeId equals purpose.Id
            select new { e.Id, e.SubscriberId, e.At, purpose.Name, e.Kind, e.Channel }).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new EvidenceRow(r.Id, r.SubscriberId, r.At, r.Name, $"{ReportWords.Of(r.Kind)}, {ReportWords.Of(r.Channel).ToLowerInvariant()}"));
    }

    private static async Task<List<EvidenceRow>> TextsAsync(PortalDbContext db, long[] ids, CancellationToken cancellationToken)
    {
        var rows = await (
            from m in db.OutboundMessages.AsNoTracking()
            where EF.Parameter(ids).Contains(m.Id)
            join purpose in db.Purposes.AsNoTracking() on m.PurposeId equals purpose.Id
            select new { m.Id, m.SubscriberId, m.SentAt, m.DecidedAt, m.PlannedAt, purpose.Name, m.State, m.Reason, m.Rule }).ToListAsync(cancellationToken);
        return rows.ConvertAll(r => new EvidenceRow(
            r.Id, r.SubscriberId, r.SentAt ?? r.DecidedAt ?? r.PlannedAt, r.Name,
            r.Reason is null ? ReportWords.Of(r.State) : $"{ReportWords.Of(r.State)}: {ReportWords.Spaced(r.Reason).ToLowerInvariant()}{(r.Rule is null ? "" : $" ({r.Rule})")}"));
    }

    private async Task<EvidenceItem?> ConsentItemAsync(PortalDbContext db, long id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var e = await db.ConsentEvents.AsNoTracking().Where(x => x.Id == id).Select(x => new { x.SubscriberId, x.PurposeId }).FirstOrDefaultAsync(cancellationToken);
        if (e is null || await db.Subscribers.FindAsync([e.SubscriberId], cancellationToken) is not { } person || await db.Purposes.FindAsync([e.PurposeId], cancellationToken) is not { } purpose)
            return null;
        return await new ConsentProofReader(db, vault, person, purpose).ReadAsync(showsNumber: false, now, cancellationToken) is { } proof
            ? new EvidenceItem(id, person.Id, ConsentProofDocument.Blocks(Masked(proof)), null)
            : null;
    }

    private static ConsentProof Masked(ConsentProof proof) => proof with
    {
        Events = [.. proof.Events.Select(Masked)], Given = proof.Given is { } given ? Masked(given) : null, Documents = proof.Documents.ToDictionary(d => d.Key, _ => Hidden),
        DoubleOptIn = [.. proof.DoubleOptIn.Select(text => text with { Text = text.Text is null ? null : Hidden })],
    };

    private static ProvenEvent Masked(ProvenEvent e) => e.Evidence is { } evidence
        ? e with { Evidence = evidence with { IpAddress = Mask(evidence.IpAddress), UserAgent = Mask(evidence.UserAgent), Words = Mask(evidence.Words), AskedBy = Mask(evidence.AskedBy) } }
        : e;

    private static string? Mask(string? value) => value is null ? null : Hidden;

    private async Task<EvidenceItem?> TextItemAsync(PortalDbContext db, EvidenceQuestion question, long id, CancellationToken cancellationToken)
    {
        if (await db.OutboundMessages.AsNoTracking().FirstOrDefaultAsync(m => m.Id == id, cancellationToken) is not { } text)
            return null;
        var stored = await SubscriberDecisions.Rows(db, db.OutboundMessages.AsNoTracking().Where(m => m.Id == id)).SingleAsync(cancellationToken);
        var shown = Facts(stored, text);
        if (question.Kind == EvidenceKind.InQuietHours && (await OutsideAsync(db, question, [id], cancellationToken)).TryGetValue(id, out var outside))
            shown.Add(new ReportFact("Inside quiet hours", outside));
        return new EvidenceItem(id, text.SubscriberId, [new ReportBlock.Facts(shown)], await DecisionAsync(db, text, stored, cancellationToken));
    }

    private async Task<PastDecision?> DecisionAsync(PortalDbContext db, OutboundMessage text, DecisionRow stored, CancellationToken cancellationToken)
    {
        if (text is { DecisionKind: null } or { DecidedAt: null })
            return null;
        var past = (await facts.ReadAsync(db, [text], cancellationToken))[text.Id];
        var again = (await Recomputation.OpenAsync(db, cancellationToken)).Of(text, past);
        return new PastDecision(stored, again.Decision, again.Lost, past.Facts, past.IsRecordChanged);
    }

    private static List<ReportFact> Facts(DecisionRow stored, OutboundMessage text)
    {
        List<(string Label, string? Value)> facts =
        [
            ("Purpose", stored.Purpose), ("Campaign", stored.Campaign ?? ReportWords.Spaced(stored.Kind.ToString())), ("State", ReportWords.Of(stored.State)), ("Planned", PdfWriter.Time(stored.PlannedAt)),
            ("Decided", stored.DecidedAt is { } decided ? PdfWriter.Time(decided) : null), ("Sent", stored.SentAt is { } sent ? PdfWriter.Time(sent) : null),
            ("Decision", stored.Decision is { } kind ? ReportWords.Spaced(kind.ToString()) : null), ("Reason", stored.Reason is { } reason ? ReportWords.Spaced(reason) : null), ("Rule", stored.Rule),
            ("Policy version", stored.PolicyVersion is { } version ? ReportWords.Count(version) : null), ("Consent event", stored.ConsentEventId is { } consent ? ReportWords.Count(consent) : null),
            ("Provider's id", text.ProviderMessageId), ("Words of the text", text.BodySealed is null ? null : Hidden),
        ];
        return [.. facts.Where(f => f.Value is not null).Select(f => new ReportFact(f.Label, f.Value!))];
    }

    private sealed record EvidenceRow(long Id, SubscriberId Person, DateTimeOffset At, string Purpose, string What);
}
