using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>Stored texts for the shop's programs, written by the marketer and seen by the approver; one of them waits.</summary>
public sealed class DemoTemplates(PortalDatabase database, StaffActors staff, TextTemplateList templates, SaveTextTemplate save, ProposeTextTemplate propose, DecideTextTemplate decide)
{
    private static readonly TemplateContent Shipped = new(
        [
            new("en", "Aurora Outfitters: {{ firstName | default: \"hello\" }}, order {{ orderNumber }} is on its way."),
            new("es", "Aurora Outfitters: su pedido {{ orderNumber }} va en camino."),
            new("fr", "Aurora Outfitters : votre commande {{ orderNumber }} est en route."),
            new("de", "Aurora Outfitters: Ihre Bestellung {{ orderNumber }} ist unterwegs."),
        ],
        [new("orderNumber", "4711")]);

    private static readonly TemplateContent Ready = new(
        [new("en", "Aurora Outfitters: order {{ orderNumber }} is ready in the store, until {{ lastDay | default: \"the end of the week\" }}.")],
        [new("orderNumber", "4711"), new("lastDay", "Saturday")]);

    public async Task AddAsync(DemoShop shop, CancellationToken cancellationToken)
    {
        var (marketer, approver) = (await ActorAsync(RoleBundle.Marketer, cancellationToken), await ActorAsync(RoleBundle.CampaignApprover, cancellationToken));
        var shipped = await ProposedAsync(marketer, "order-shipped", shop, Shipped, cancellationToken);
        var waits = (await templates.GetAsync(approver, shipped, cancellationToken)).Value.Versions[0];
        if (waits.State == TemplateState.Proposed)
            Done(await decide.ExecuteAsync(approver, shipped, waits.Hash, null, cancellationToken));
        await ProposedAsync(marketer, "order-ready", shop, Ready, cancellationToken);
    }

    private async Task<Guid> ProposedAsync(Actor marketer, string name, DemoShop shop, TemplateContent content, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var there = await db.TextTemplates.Where(t => t.Name == name).Select(t => t.Id).ToListAsync(cancellationToken);
        var id = there is [var known] ? known : (await save.ExecuteAsync(marketer, null, new TemplateDraft(name, shop.Orders.Purpose.Id, content), cancellationToken)).Value;
        if (await db.TextTemplateVersions.AnyAsync(v => v.TemplateId == id && v.State == TemplateState.Draft, cancellationToken))
            Done(await propose.ExecuteAsync(marketer, id, [], cancellationToken));
        return id;
    }

    private async Task<Actor> ActorAsync(RoleBundle role, CancellationToken cancellationToken)
    {
        var email = DemoStaff.People.First(p => p.Role == role).Email;
        await using var db = database.Open();
        var id = await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(cancellationToken);
        return await staff.FindAsync(id, cancellationToken) ?? throw new InvalidOperationException($"The demo {role.Name} is suspended.");
    }

    private static void Done(Result<Done> outcome)
    {
        if (!outcome.IsSuccess)
            throw new InvalidOperationException($"The demo data was refused: {outcome.Failure.Message}");
    }
}
