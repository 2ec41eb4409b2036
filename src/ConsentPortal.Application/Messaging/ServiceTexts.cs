using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Tells a program where a text stands that a program has asked for.</summary>
public sealed class ServiceTexts(PortalDatabase database)
{
    public async Task<Result<ApiAnswer>> FindAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendServiceTexts);
        await using var db = database.Open();
        var found = await (
            from text in db.OutboundMessages.AsNoTracking()
            where text.Id == id && text.Kind == MessageKind.Transactional
            join purpose in db.Purposes.AsNoTracking() on text.PurposeId equals purpose.Id
            select new { Text = text, Purpose = purpose }).SingleOrDefaultAsync(cancellationToken);
        return found is null ? new NoSuchText() : ServiceTextReceipt.Of(found.Text, found.Purpose).ToState();
    }
}
