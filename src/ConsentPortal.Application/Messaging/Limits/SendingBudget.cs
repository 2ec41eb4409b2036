using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <summary>
/// What may still leave from the senders of a batch. It is read, taken from and written back in the transaction that marks
/// the texts as Sending, so that all processes draw on one budget (ADR 21).
/// </summary>
internal sealed class SendingBudget
{
    // Whoever waits for the answer to their own text gets it: it counts, and nothing holds it back.
    private static readonly MessageKind[] Spared =
        [MessageKind.OneTimeCode, MessageKind.OptOutConfirmation, MessageKind.HelpReply, MessageKind.OptInConfirmation, MessageKind.DoubleOptInPrompt];

    private readonly ILookup<string, SendingLimit> _limits;

    private SendingBudget(IEnumerable<SendingLimit> limits) => _limits = limits.ToLookup(l => l.Sender, StringComparer.Ordinal);

    /// <summary>For a transaction that writes: the rows are taken, so that a second process waits for what this one leaves.</summary>
    public static async Task<SendingBudget> TakeAsync(PortalDbContext db, IEnumerable<string> senders, CancellationToken cancellationToken)
    {
        var names = senders.Distinct(StringComparer.Ordinal).ToList();
        var ours = db.SendingLimits.Where(l => names.Contains(l.Sender));
        if (!await ours.AnyAsync(cancellationToken))
            return new SendingBudget([]);
        await ours.ExecuteUpdateAsync(l => l.SetProperty(x => x.PartsOfDay, x => x.PartsOfDay), cancellationToken);
        return new SendingBudget(await ours.ToListAsync(cancellationToken));
    }

    /// <summary>Only to look: how many parts each sender with a limit for all carriers may send now.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> RoomAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var limits = await db.SendingLimits.AsNoTracking().Where(l => l.Networks == "").ToListAsync(cancellationToken);
        return limits.GroupBy(l => l.Sender, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Min(l => l.ClosedUntil(now, parts: 1) is null ? l.RoomAt(now) : 0), StringComparer.Ordinal);
    }

    /// <summary>Takes the parts of a text that may leave.</summary>
    /// <returns>Null when it leaves; otherwise from when on there is room for it.</returns>
    public DateTimeOffset? Take(MessageKind kind, string sender, PersonFacts person, int parts, DateTimeOffset now)
    {
        var limits = _limits[sender].Where(l => l.Covers(person.NetworkCode, person.Region)).ToList();
        if (!Spared.Contains(kind) && limits.Max(l => l.ClosedUntil(now, parts)) is { } until)
            return until;
        limits.ForEach(l => l.Take(now, parts));
        return null;
    }
}
