using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>Where one person stands for each purpose, with the proof of it.</summary>
internal sealed class PersonConsents(PortalDbContext db, SubscriberVault vault, Subscriber subscriber)
{
    /// <returns>Purposes in use first, then retired ones that the person once had to do with; by name.</returns>
    public async Task<IReadOnlyList<PurposeConsent>> ReadAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.AsNoTracking().Where(r => r.SubscriberId == subscriber.Id).ToDictionaryAsync(r => r.PurposeId, cancellationToken);
        var purposes = await db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var events = await db.ConsentEvents.AsNoTracking().Where(e => e.SubscriberId == subscriber.Id).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(db, events.Select(e => (e.ActorKind, e.ActorId)), cancellationToken);
        var documents = await PersonDocuments.NamesAsync(db, vault, subscriber.Id, cancellationToken);
        var wordings = await WordingsAsync(records.Values, cancellationToken);
        return
        [
            .. purposes.Where(p => p.RetiredAt is null || records.ContainsKey(p.Id))
                .OrderBy(p => p.RetiredAt is not null)
                .Select(p => Of(p, records.GetValueOrDefault(p.Id)?.State ?? ConsentState.None)),
        ];

        PurposeConsent Of(Purpose purpose, ConsentState state) => new(
            purpose.Id, purpose.Name, purpose.Brand, purpose.MessageClass, purpose.RetiredAt is not null, state with { Status = state.StatusAt(now) },
            state.WordingId is { } shown ? wordings.GetValueOrDefault(shown) : null,
            Deciding(events.Where(e => e.PurposeId == purpose.Id), state) is { } e ? Proof(e, names, documents) : null);
    }

    // A consent rests on the act that gave it, even when a confirmation followed; an end rests on the act that ended it.
    private static ConsentEvent? Deciding(IEnumerable<ConsentEvent> events, ConsentState state) =>
        state.GrantEventId is { } grant ? events.FirstOrDefault(e => e.Id == grant) : events.LastOrDefault();

    private async Task<Dictionary<WordingId, ShownWording>> WordingsAsync(IEnumerable<ConsentRecord> records, CancellationToken cancellationToken)
    {
        var ids = records.Select(r => r.WordingId).OfType<WordingId>().Distinct().ToList();
        return await db.Wordings.AsNoTracking().Where(w => ids.Contains(w.Id))
            .Select(w => new ShownWording(w.Id, w.Language, w.Version, w.Text, w.PromisedFrequency, w.PrivacyPolicyVersion, w.Hash))
            .ToDictionaryAsync(w => w.Id, cancellationToken);
    }

    private ConsentProof Proof(ConsentEvent e, ActorNames names, IReadOnlyDictionary<string, string> documents)
    {
        var evidence = Evidence(e);
        return new ConsentProof(
            e.Id, e.Kind, e.Channel, e.At, e.RecordedAt, names.Of(e.ActorKind, e.ActorId), e.Reason, evidence, e.ImportRow,
            evidence?.DocumentHash is { } hash ? documents.GetValueOrDefault(hash) : null);
    }

    private ConsentEvidence? Evidence(ConsentEvent e) =>
        vault.OpenField(subscriber.Id, subscriber.WrappedKey, e.EvidenceSealed, SealedField.Evidence) is { } json
            ? JsonSerializer.Deserialize<ConsentEvidence>(json)
            : null;
}
