using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>Writes what receipts say of texts to staff, in the caller's transaction. They teach nothing about any subscriber's number.</summary>
internal static class StaffReceipts
{
    /// <param name="receipts">Those that are of no text in the send ledger.</param>
    public static async Task TakeAsync(PortalDbContext db, IReadOnlyList<DeliveryReceipt> receipts, CancellationToken cancellationToken)
    {
        if (receipts.Count == 0)
            return;
        var refs = receipts.Select(r => r.ClientRef).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var ids = receipts.Where(r => r.ClientRef is null).Select(r => r.ProviderMessageId).Distinct(StringComparer.Ordinal).ToList();
        var texts = await db.StaffTexts.Where(t => refs.Contains(t.ClientRef) || ids.Contains(t.ProviderMessageId!)).ToListAsync(cancellationToken);
        foreach (var receipt in receipts)
            if (texts.FirstOrDefault(t => receipt.ClientRef is { } reference ? t.ClientRef == reference : t.ProviderMessageId == receipt.ProviderMessageId) is { } text)
                Apply(text, receipt);
    }

    /// <summary>States only rise, so that receipts may come in any order.</summary>
    private static void Apply(StaffText text, DeliveryReceipt receipt)
    {
        text.ProviderMessageId ??= receipt.ProviderMessageId;
        var reached = ReceiptFold.Reached(receipt.Status);
        if (ReceiptFold.Rank(reached) <= ReceiptFold.Rank(text.State))
            return;
        text.State = reached;
        text.FinalAt = reached == MessageState.Accepted ? null : receipt.At;
        text.ErrorCode = reached is MessageState.Failed or MessageState.Expired ? receipt.ErrorCode : null;
    }
}
