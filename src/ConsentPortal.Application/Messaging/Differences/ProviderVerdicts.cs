using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>Keeps what the provider says, in the caller's transaction: the newest word about each number and sender.</summary>
internal static class ProviderVerdicts
{
    /// <summary>A text that was on its way when the stop came is no difference.</summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMinutes(10);

    /// <summary>The provider let a text fail because it blocks the number.</summary>
    public static async Task BlockedAsync(
        PortalDbContext db, OutboundMessage message, ProviderErrorClass errorClass, string? code, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (errorClass is not (ProviderErrorClass.OptedOut or ProviderErrorClass.Barred))
            return;
        if (await NumberLessons.TextedAsync(db, message, cancellationToken) is not { } hash)
            return;
        var sender = await db.Purposes.Where(p => p.Id == message.PurposeId).Select(p => p.Sender).SingleAsync(cancellationToken);
        var evidence = errorClass == ProviderErrorClass.OptedOut ? ProviderEvidence.OptedOut : ProviderEvidence.Barred;
        await SayAsync(db, [new ProviderSaying(hash, sender, ProviderWord.Blocked, evidence, at, code, message.Id)], now, cancellationToken);
        // The next receipt of the same batch may be about the same number.
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>
    /// A delivered text proves that the number is not blocked; where the number is stopped here, that is a difference. Few
    /// numbers are either, so one question finds them.
    /// </summary>
    /// <param name="delivered">Texts that are delivered now and were not before.</param>
    public static async Task DeliveredAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> delivered, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = delivered.Where(IsOurOwnIdea).Select(m => m.SubscriberId).Distinct().ToList();
        if (people.Count == 0)
            return;
        var watched = await db.Subscribers.AsNoTracking()
            .Where(s => people.Contains(s.Id) && s.PhoneHash != null && (
                db.Suppressions.Any(x => x.PhoneHash == s.PhoneHash && x.LiftedAt == null) || db.ProviderVerdicts.Any(v => v.PhoneHash == s.PhoneHash && v.Word == ProviderWord.Blocked)))
            .Select(s => new { s.Id, s.PhoneHash, s.CurrentPeriodId }).ToDictionaryAsync(s => s.Id, s => (Hash: s.PhoneHash!, Period: s.CurrentPeriodId), cancellationToken);
        if (watched.Count == 0)
            return;
        var hashes = watched.Values.Select(w => w.Hash).Distinct(KeyedHashComparer.Instance).ToList();
        var stops = (await db.Suppressions.AsNoTracking().Where(s => hashes.Contains(s.PhoneHash) && s.LiftedAt == null).ToListAsync(cancellationToken))
            .ToLookup(s => s.PhoneHash, KeyedHashComparer.Instance);
        var blocked = (await db.ProviderVerdicts.AsNoTracking().Where(v => hashes.Contains(v.PhoneHash) && v.Word == ProviderWord.Blocked).Select(v => new { v.PhoneHash, v.Sender }).ToListAsync(cancellationToken))
            .Select(v => Key(v.PhoneHash, v.Sender)).ToHashSet();
        var purposes = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, cancellationToken);
        // What went to a number that the person has left says nothing about the one they have.
        var sayings = delivered.Where(m => IsOurOwnIdea(m) && watched.TryGetValue(m.SubscriberId, out var known) && NumberLessons.WentTo(m, known.Period))
            .Select(m => Saying(m, watched[m.SubscriberId].Hash, purposes[m.PurposeId], stops, now));
        await SayAsync(db, [.. sayings.Where(said => said.PurposeId is not null || blocked.Contains(Key(said.PhoneHash, said.Sender)))], now, cancellationToken);
    }

    /// <summary>Only what is newer than what is known changes it.</summary>
    public static async Task SayAsync(PortalDbContext db, IReadOnlyList<ProviderSaying> sayings, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (sayings.Count == 0)
            return;
        var hashes = sayings.Select(s => s.PhoneHash).Distinct(KeyedHashComparer.Instance).ToList();
        var known = (await db.ProviderVerdicts.Where(v => hashes.Contains(v.PhoneHash)).ToListAsync(cancellationToken)).ToDictionary(v => Key(v.PhoneHash, v.Sender));
        foreach (var said in sayings)
        {
            if (!known.TryGetValue(Key(said.PhoneHash, said.Sender), out var verdict))
            {
                verdict = New(said, now);
                known.Add(Key(said.PhoneHash, said.Sender), verdict);
                db.ProviderVerdicts.Add(verdict);
            }
            else if (verdict.SaidAt <= said.At)
            {
                verdict.Take(said, now);
            }
        }
    }

    // Whoever writes STOP, HELP or JOIN, or asks for a code, wants that one answer.
    private static bool IsOurOwnIdea(OutboundMessage message) => message.Kind is MessageKind.Campaign or MessageKind.Transactional;

    private static ProviderSaying Saying(OutboundMessage message, byte[] hash, Purpose purpose, ILookup<byte[], Consent.Suppression> stops, DateTimeOffset now)
    {
        var at = message.FinalAt ?? now;
        var isAgainstStop = stops[hash].Any(s => s.Reaches(purpose) && (message.SentAt > s.At || at > s.At + OnItsWay));
        return new ProviderSaying(hash, purpose.Sender, ProviderWord.Accepts, ProviderEvidence.Delivered, at, null, message.Id, isAgainstStop ? purpose.Id : null);
    }

    private static (string, string) Key(byte[] hash, string sender) => (Convert.ToHexString(hash), sender);

    private static ProviderVerdict New(ProviderSaying said, DateTimeOffset now) => new()
    {
        PhoneHash = said.PhoneHash, Sender = said.Sender, Word = said.Word, Evidence = said.Evidence, Code = said.Code, SaidAt = said.At, RecordedAt = now,
        MessageId = said.MessageId, PurposeId = said.PurposeId,
    };
}
