using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Takes one text from a handset: reads it, acts on it and plans the answer, in one commit. When it returns, a STOP is
/// durable, and so is a part of a long text that waits for the others. The same delivery twice is a success without change.
/// </summary>
/// <remarks>
/// Whoever texts becomes a subscriber without any consent: their words, and the portal's answer to them, are theirs and are
/// erased with them. A sender that is no number, such as a name, can be stored but not answered.
/// </remarks>
public sealed class ReceiveInboundMessage(PortalDatabase database, LookupHash hashes, InboundReading reading, LongTexts longTexts, TimeProvider clock)
{
    public async Task ExecuteAsync(Actor actor, InboundText text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        try
        {
            await database.WriteAsync(db => TakeAsync(db, actor, text, now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsKnownAlready(problem))
        {
            // Two deliveries of one text at the same instant: the other one has done everything.
        }
    }

    private async Task TakeAsync(PortalDbContext db, Actor actor, InboundText text, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.InboundMessages.AnyAsync(m => m.ProviderMessageId == text.ProviderMessageId, cancellationToken))
            return;
        var hash = hashes.Phone(text.From);
        var sender = await reading.SenderAsync(db, actor, text.From, hash, now, cancellationToken);
        // Parts from a sender without a number can't be sealed, hence not kept: each is read as it comes.
        if (LongTexts.IsPart(text) && sender?.WrappedKey is not null)
            await longTexts.TakeAsync(db, actor, text, hash, sender, now, cancellationToken);
        else
            await reading.ReadAsync(db, actor, text, hash, sender, now, cancellationToken);
    }

    private bool IsKnownAlready(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }
}
