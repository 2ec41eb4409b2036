using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Puts the parts of a long text together. A STOP may stand in any of them, or across two, so nothing is read before all
/// are there; a text whose rest never comes is read as what there is (<see cref="ReadUnfinishedTexts"/>).
/// </summary>
public sealed class LongTexts(InboundReading reading, SubjectKeys keys)
{
    /// <summary>The header of a part has one byte for the number of parts.</summary>
    private const int MostParts = 255;

    /// <summary>Whether the parts can be told apart and counted; a text that says otherwise is read as it came.</summary>
    internal static bool IsPart(InboundText text) => text.Part is { Total: >= 2 and <= MostParts, Number: >= 1, Reference.Length: > 0 and <= 64 } part && part.Number <= part.Total;

    /// <summary>Keeps a part, and reads the whole once this was the last one.</summary>
    internal async Task TakeAsync(PortalDbContext db, Actor actor, InboundText text, byte[] hash, Subscriber sender, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.ReceivedParts.AnyAsync(p => p.ProviderMessageId == text.ProviderMessageId, cancellationToken))
            return;
        var part = text.Part!;
        var others = await db.ReceivedParts.Where(p => p.FromHash == hash && p.Reference == part.Reference && p.To == text.To && p.ReadAt == null).ToListAsync(cancellationToken);
        if (others.Exists(p => p.Total != part.Total || p.Part == part.Number))
        {
            // A handset counts its references in a circle: these belong to an earlier text whose rest never came.
            await ReadAsync(db, actor, others, sender, now, cancellationToken);
            others = [];
        }

        var added = new ReceivedPart
        {
            ProviderMessageId = text.ProviderMessageId, FromHash = hash, SubscriberId = sender.Id, To = text.To, Reference = part.Reference, Part = part.Number, Total = part.Total,
            TextSealed = Seal(sender, text.Text), ReceivedAt = now,
        };
        db.ReceivedParts.Add(added);
        if (others.Count + 1 == part.Total)
            await ReadAsync(db, actor, [.. others, added], sender, now, cancellationToken);
    }

    /// <summary>Reads parts of one text as one, in their order, and keeps their words in no other place from then on.</summary>
    internal async Task ReadAsync(PortalDbContext db, Actor actor, IReadOnlyCollection<ReceivedPart> parts, Subscriber sender, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var inOrder = parts.OrderBy(p => p.Part).ToList();
        // The part with the lowest number gives the whole its id; the first that came, its time.
        var whole = sender.WrappedKey is null ? null : new InboundText(inOrder[0].ProviderMessageId, "", inOrder[0].To, Words(sender, inOrder), inOrder.Min(p => p.ReceivedAt), null);
        foreach (var part in inOrder)
            (part.ReadAt, part.TextSealed) = (now, null);
        if (whole is not null)
            await reading.ReadAsync(db, actor, whole, inOrder[0].FromHash, sender, now, cancellationToken);
    }

    private string Words(Subscriber sender, List<ReceivedPart> parts)
    {
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        return string.Concat(parts.Select(p => p.TextSealed is null ? "" : key.Open(p.TextSealed, SealedField.InboundBody)));
    }

    private byte[] Seal(Subscriber sender, string words)
    {
        using var key = keys.Unwrap(sender.WrappedKey!, sender.Id);
        return key.Seal(words, SealedField.InboundBody);
    }
}
