using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <summary>The consent events of one batch of rows, and the folded rows that belong to them.</summary>
internal sealed class ImportConsents(PortalDbContext db, ImportRun run, PolicyVersion policy)
{
    private const string OptOutReason = "Refused according to an imported list";

    private static readonly Type[] Tables =
    [
        typeof(Subscriber), typeof(NumberPeriod), typeof(NameToken), typeof(SubscriberAttribute), typeof(ConsentEvent), typeof(Suppression), typeof(AuditEntry),
        typeof(ImportIssue),
    ];

    private readonly List<(ConsentEvent Event, ConsentRecord? Record)> _events = [];
    private readonly List<SubscriberId> _withdrawn = [];
    private bool _usesWording;

    public void Take(ImportRow row, ConsentStep step, Subscriber subscriber, KnownPerson? person, KnownPeople people, SubjectKey key)
    {
        switch (step)
        {
            case ConsentStep.Grant or ConsentStep.Request:
                Begin(row, step == ConsentStep.Request, subscriber, person, key);
                break;
            case ConsentStep.Withdraw:
                Withdraw(row, subscriber, person, people, key);
                break;
            case ConsentStep.None:
                break;
        }
    }

    /// <summary>Saves everything that the batch has added, then folds each event into its row.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_usesWording)
        {
            var wording = run.Terms.Wording!.Id;
            await db.Wordings.Where(w => w.Id == wording && w.FirstUsedAt == null)
                .ExecuteUpdateAsync(w => w.SetProperty(x => x.FirstUsedAt, run.Now), cancellationToken);
        }

        if (_withdrawn.Count > 0)
        {
            var withdrawal = new Withdrawal(SuppressionScope.All, SuppressionSource.Import, ConsentChannel.Import, OptOutReason, run.Now);
            await WithdrawConsent.SkipPlannedAsync(db.OutboundMessages.Where(m => _withdrawn.Contains(m.SubscriberId)), withdrawal, run.Now, cancellationToken);
        }

        // The fold names the granting event by its id, which the database gives.
        await PreparedInserts.WriteAsync(db, Tables, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var (e, known) in _events)
        {
            var record = known ?? new ConsentRecord { SubscriberId = e.SubscriberId, PurposeId = e.PurposeId };
            record.Take(record.State.Apply(e));
            if (known is null)
                db.ConsentRecords.Add(record);
        }

        await PreparedInserts.WriteAsync(db, [typeof(ConsentRecord)], cancellationToken);
    }

    private void Begin(ImportRow row, bool asks, Subscriber subscriber, KnownPerson? person, SubjectKey key)
    {
        var (purpose, wording) = (run.Terms.Purpose!, run.Terms.Wording!);
        _usesWording = true;
        Add(row, subscriber, person, purpose.Id, purpose.Basis, asks ? ConsentEventKind.Requested : ConsentEventKind.Granted, key);
        // They agreed elsewhere and were told so there: only a missing confirmation is worth a text, and only if the importer wants it.
        if (asks && run.Terms.AsksForDoubleOptIn)
            Replies.Plan(db, policy, key, subscriber, purpose, wording, MessageKind.DoubleOptInPrompt, run.Now);
        Audit(asks ? "consent.requested" : "consent.granted", row, subscriber, new Dictionary<string, object?>
        {
            ["purpose"] = purpose.Id.ToString(), ["wording"] = wording.Hash, ["channel"] = ConsentChannel.Import, ["level"] = ListSource.LevelOf(row.Source),
            ["agreedAt"] = row.AnsweredAt, ["hasProof"] = row.HasProof,
        });
    }

    private void Withdraw(ImportRow row, Subscriber subscriber, KnownPerson? person, KnownPeople people, SubjectKey key)
    {
        var ended = new List<string>();
        foreach (var record in person?.Consents.Where(c => c.Status is not ConsentStatus.Withdrawn and not ConsentStatus.Voided) ?? [])
        {
            Add(row, subscriber, person, record.PurposeId, record.Basis, ConsentEventKind.Withdrawn, key);
            ended.Add(record.PurposeId.ToString());
        }

        if (run.Terms.Purpose is { } purpose && person?.Consents.Any(c => c.PurposeId == purpose.Id) != true)
        {
            Add(row, subscriber, person, purpose.Id, purpose.Basis, ConsentEventKind.Withdrawn, key);
            ended.Add(purpose.Id.ToString());
        }

        if (!people.Stops(row.Phone!).Any(s => s.Scope == SuppressionScope.All))
        {
            db.Suppressions.Add(new Suppression
            {
                PhoneHash = subscriber.PhoneHash!, Scope = SuppressionScope.All, Source = SuppressionSource.Import, Reason = OptOutReason, At = run.Now,
            });
        }

        if (person is not null)
            _withdrawn.Add(subscriber.Id);
        Audit("consent.withdrawn", row, subscriber, new Dictionary<string, object?> { ["scope"] = SuppressionScope.All, ["source"] = SuppressionSource.Import, ["purposes"] = ended });
    }

    private void Add(ImportRow row, Subscriber subscriber, KnownPerson? person, PurposeId purpose, LegalBasis basis, ConsentEventKind kind, SubjectKey key)
    {
        var ends = kind == ConsentEventKind.Withdrawn;
        var record = person?.Consents.FirstOrDefault(c => c.PurposeId == purpose);
        var evidence = new ConsentEvidence(Words: row.Source.Length > 0 ? $"{row.AnswerText} ({row.Source})" : row.AnswerText, DocumentHash: run.File.Hash);
        var e = new ConsentEvent
        {
            SubscriberId = subscriber.Id, PurposeId = purpose, NumberPeriodId = subscriber.CurrentPeriodId, Kind = kind, Basis = basis,
            Level = ends ? ConsentLevel.None : ListSource.LevelOf(row.Source), Channel = ConsentChannel.Import, IsActOfPerson = false,
            WordingId = ends ? null : run.Terms.Wording!.Id, At = ends ? run.Now : row.AnsweredAt ?? run.Now, RecordedAt = run.Now,
            ExpiresAt = kind == ConsentEventKind.Requested ? run.Now + policy.DoubleOptInLifetime : null,
            EvidenceSealed = key.Seal(JsonSerializer.Serialize(evidence), SealedField.Evidence), ActorKind = run.Actor.Kind, ActorId = run.Actor.Id,
            Reason = ends ? OptOutReason : $"Import, row {row.Number}", SupersedesId = record?.GrantEventId, ImportBatchId = run.BatchId, ImportRow = row.Number,
        };
        db.ConsentEvents.Add(e);
        _events.Add((e, record));
    }

    private void Audit(string action, ImportRow row, Subscriber subscriber, Dictionary<string, object?> after)
    {
        after["import"] = run.BatchId.ToString();
        after["row"] = row.Number;
        db.Audit(run.Actor, run.Now, new AuditFact(action, "subscriber", subscriber.Id.ToString(), subscriber.Id, $"Import, row {row.Number}", After: after));
    }
}
