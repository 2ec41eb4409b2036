using System.Globalization;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports.Undo;

/// <summary>Ends the consents and requests that rest on an import: an event for each, never a deletion.</summary>
public sealed class ConsentRetraction(PortalDatabase database)
{
    internal async Task<ImportUndone> RetractAsync(ImportUndo undo, CancellationToken cancellationToken)
    {
        var (done, after) = (ImportUndone.Nothing, 0L);
        while (true)
        {
            var (step, last) = await database.WriteAsync(db => NextAsync(db, undo, after, cancellationToken), cancellationToken);
            done += step;
            if (last is null)
                return done;
            after = last.Value;
        }
    }

    private static async Task<(ImportUndone Step, long? Last)> NextAsync(PortalDbContext db, ImportUndo undo, long after, CancellationToken cancellationToken)
    {
        var events = await db.ConsentEvents.AsNoTracking().Where(e => e.ImportBatchId == undo.BatchId && e.Id > after)
            .OrderBy(e => e.Id).Take(ImportUndo.AtOnce).ToListAsync(cancellationToken);
        if (events.Count == 0)
            return (ImportUndone.Nothing, null);
        var people = events.Select(e => e.SubscriberId).Distinct().ToList();
        var records = await db.ConsentRecords.Where(r => people.Contains(r.SubscriberId)).ToDictionaryAsync(r => (r.SubscriberId, r.PurposeId), cancellationToken);
        var resting = events.Where(e => RestsOn(records[(e.SubscriberId, e.PurposeId)], e)).ToList();
        await RetractAsync(db, undo, resting, records, cancellationToken);
        return (ImportUndone.Nothing with { Retracted = resting.Count, KeptRefusals = events.Count(e => e.Kind == ConsentEventKind.Withdrawn) }, events[^1].Id);
    }

    // A later answer of the person, a yes or a no, stands on its own.
    private static bool RestsOn(ConsentRecord record, ConsentEvent e) => e.Kind switch
    {
        ConsentEventKind.Granted => record.Status == ConsentStatus.Granted && record.GrantEventId == e.Id,
        ConsentEventKind.Requested => record.Status == ConsentStatus.Pending && record.Channel == ConsentChannel.Import && record.Since == e.At,
        ConsentEventKind.Confirmed or ConsentEventKind.Renewed or ConsentEventKind.Withdrawn or ConsentEventKind.Expired or ConsentEventKind.Voided or ConsentEventKind.Retracted => false,
    };

    private static async Task RetractAsync(
        PortalDbContext db, ImportUndo undo, List<ConsentEvent> resting, Dictionary<(SubscriberId, PurposeId), ConsentRecord> records, CancellationToken cancellationToken)
    {
        var retractions = resting.ConvertAll(e => Retraction(e, undo));
        await db.InsertAsync(retractions, cancellationToken);
        foreach (var e in retractions)
            records[(e.SubscriberId, e.PurposeId)].Take(records[(e.SubscriberId, e.PurposeId)].State.Apply(e));
        var people = resting.Where(e => e.Kind == ConsentEventKind.Requested).Select(e => e.SubscriberId).ToList();
        var prompts = db.OutboundMessages.Where(m => people.Contains(m.SubscriberId) && m.Kind == MessageKind.DoubleOptInPrompt);
        var skipped = await prompts
            .Where(m => m.State == MessageState.Planned || m.State == MessageState.Deferred)
            .ExecuteUpdateAsync(
                m => m.SetProperty(x => x.State, MessageState.Skipped).SetProperty(x => x.Reason, "NoConsent").SetProperty(x => x.Rule, "C-10")
                    .SetProperty(x => x.DecidedAt, undo.Now).SetProperty(x => x.FinalAt, undo.Now),
                cancellationToken);
        if (skipped > 0)
            await TextTrail.NameSkippedAsync(db, undo.Actor, prompts, undo.Now, cancellationToken);
        await db.InsertAsync(
            retractions.ConvertAll(e => undo.Entry("consent.retracted", e.SubscriberId, new Dictionary<string, object?>
            {
                ["purpose"] = e.PurposeId.ToString(), ["event"] = e.Id, ["retracts"] = e.SupersedesId?.ToString(CultureInfo.InvariantCulture),
            })),
            cancellationToken);
    }

    private static ConsentEvent Retraction(ConsentEvent e, ImportUndo undo) => new()
    {
        SubscriberId = e.SubscriberId, PurposeId = e.PurposeId, NumberPeriodId = e.NumberPeriodId, Kind = ConsentEventKind.Retracted, Basis = e.Basis, Level = ConsentLevel.None,
        Channel = ConsentChannel.Staff, IsActOfPerson = false, At = undo.Now, RecordedAt = undo.Now, ActorKind = undo.Actor.Kind, ActorId = undo.Actor.Id,
        Reason = "The import was taken back", SupersedesId = e.Id, ImportBatchId = undo.BatchId, ImportRow = e.ImportRow,
    };
}
