using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports;

/// <summary>Gathers the proof of one person's consent to one purpose from the ledgers.</summary>
internal sealed class ConsentProofReader(PortalDbContext db, SubscriberVault vault, Subscriber subscriber, Purpose purpose)
{
    private static readonly ConsentEventKind[] Giving = [ConsentEventKind.Granted, ConsentEventKind.Confirmed, ConsentEventKind.Renewed];

    /// <returns>Null when nothing ever happened between the two.</returns>
    public async Task<ConsentProof?> ReadAsync(bool showsNumber, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = await db.ConsentEvents.AsNoTracking()
            .Where(e => e.SubscriberId == subscriber.Id && e.PurposeId == purpose.Id).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        if (events.Count == 0)
            return null;
        var wordings = await WordingsAsync(events, cancellationToken);
        var proven = await ProvenAsync(events, wordings, cancellationToken);
        var given = proven.LastOrDefault(e => Giving.Contains(e.Event.Kind));
        var shown = (given?.Event.WordingId ?? events.LastOrDefault(e => e.WordingId is not null)?.WordingId) is { } id ? wordings.GetValueOrDefault(id) : null;
        var opened = vault.Open(subscriber);
        var state = ConsentState.From(events);
        return new ConsentProof(
            subscriber.Id, showsNumber ? opened?.Phone.E164 : opened?.Phone.ToString(), subscriber.Region, Clock(SubscriberDetail.ZonesOf(subscriber, opened), now), purpose,
            state with { Status = state.StatusAt(now) }, given,
            shown,
            await DoubleOptInAsync(events, given?.Event, cancellationToken), proven,
            await PersonDocuments.NamesAsync(db, vault, subscriber.Id, cancellationToken),
            shown is null ? [] : await WordingPictures.OfAsync(db, [shown.Id], cancellationToken));
    }

    /// <summary>A certificate names a local time only where it is not a guess: all zones of the number show the same.</summary>
    private static string? Clock(IReadOnlyList<string> zones, DateTimeOffset now)
    {
        var offsets = zones.Select(zone => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known.GetUtcOffset(now) : (TimeSpan?)null).Distinct().ToList();
        return offsets is [not null] ? zones[0] : null;
    }

    private async Task<Dictionary<WordingId, Wording>> WordingsAsync(List<ConsentEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(e => e.WordingId).OfType<WordingId>().Distinct().ToList();
        return await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id)).ToDictionaryAsync(w => w.Id, cancellationToken);
    }

    private async Task<IReadOnlyList<ProvenEvent>> ProvenAsync(List<ConsentEvent> events, Dictionary<WordingId, Wording> wordings, CancellationToken cancellationToken)
    {
        var places = await PlacesAsync(events, cancellationToken);
        var names = await ActorNames.OfAsync(db, events.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        return
        [
            .. events.Select(e =>
            {
                var wording = e.WordingId is { } id ? wordings.GetValueOrDefault(id) : null;
                return new ProvenEvent(e, wording?.Version, wording?.Language, names.Of(e.ActorKind, e.ActorId), Evidence(e), places.GetValueOrDefault(e.Id));
            }),
        ];
    }

    private ConsentEvidence? Evidence(ConsentEvent e) =>
        vault.OpenField(subscriber.Id, subscriber.WrappedKey, e.EvidenceSealed, SealedField.Evidence) is { } json ? JsonSerializer.Deserialize<ConsentEvidence>(json) : null;

    /// <summary>The audit entries that name a consent event, by its id or by the row of the list that brought it.</summary>
    private async Task<Dictionary<long, LogPlace>> PlacesAsync(List<ConsentEvent> events, CancellationToken cancellationToken)
    {
        var entries = await db.AuditEntries.AsNoTracking()
            .Where(e => e.SubscriberId == subscriber.Id && e.Action.StartsWith("consent."))
            .OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var places = new Dictionary<long, LogPlace>();
        foreach (var entry in entries)
        {
            foreach (var id in EventsIn(entry, events))
                places.TryAdd(id, new LogPlace(entry.LeafIndex, entry.LeafHash is null ? null : Convert.ToHexStringLower(entry.LeafHash)));
        }

        return places;
    }

    private static IEnumerable<long> EventsIn(AuditEntry entry, List<ConsentEvent> events)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        if (!leaf.RootElement.TryGetProperty("after", out var after) || after.ValueKind != JsonValueKind.Object)
            return [];
        if (after.TryGetProperty("event", out var one) && one.TryGetInt64(out var id))
            return [id];
        if (after.TryGetProperty("import", out var list) && after.TryGetProperty("row", out var row) && row.TryGetInt32(out var number))
            return [.. events.Where(e => e.ImportRow == number && e.ImportBatchId?.ToString() == list.GetString()).Select(e => e.Id)];
        return after.TryGetProperty("events", out var many) && many.ValueKind == JsonValueKind.Array
            ? [.. many.EnumerateArray().Select(e => long.Parse(e.GetString()!, System.Globalization.CultureInfo.InvariantCulture))]
            : [];
    }

    /// <summary>The prompt that was answered, and the answer.</summary>
    private async Task<IReadOnlyList<ProvenText>> DoubleOptInAsync(List<ConsentEvent> events, ConsentEvent? given, CancellationToken cancellationToken)
    {
        if (given?.Kind != ConsentEventKind.Confirmed)
            return [];
        var texts = new List<ProvenText>();
        var prompt = await db.OutboundMessages.AsNoTracking()
            .Where(m => m.SubscriberId == subscriber.Id && m.PurposeId == purpose.Id && m.Kind == MessageKind.DoubleOptInPrompt && m.SentAt != null && m.SentAt <= given.At)
            .OrderByDescending(m => m.SentAt).FirstOrDefaultAsync(cancellationToken);
        if (prompt is not null)
            texts.Add(new ProvenText(false, prompt.SentAt!.Value, Open(prompt.BodySealed, SealedField.MessageBody), prompt.ProviderMessageId ?? prompt.ClientRef));
        var answer = await db.InboundMessages.AsNoTracking().FirstOrDefaultAsync(m => m.ProviderMessageId == given.InboundProviderId, cancellationToken);
        if (answer is not null)
            texts.Add(new ProvenText(true, answer.ReceivedAt, Open(answer.BodySealed, SealedField.InboundBody), answer.ProviderMessageId));
        return texts;
    }

    private string? Open(byte[]? blob, SealedField field) => vault.OpenField(subscriber.Id, subscriber.WrappedKey, blob, field);
}
