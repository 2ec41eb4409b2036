using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>The consent events of one batch of rows, with what follows from them.</summary>
internal sealed class ImportConsents(ImportRun run, ImportedRows rows)
{
    private const string OptOutReason = "Refused according to an imported list";

    /// <summary>What a "no" in a list amounts to.</summary>
    public static Withdrawal Refusal(DateTimeOffset now) => new(SuppressionScope.All, SuppressionSource.Import, ConsentChannel.Import, OptOutReason, now);

    /// <param name="entry">Of the row, which tells of its consent too.</param>
    public void Take(ImportRow row, ConsentStep step, Subscriber subscriber, KnownPerson? person, KnownPeople people, SubjectKey key, ImportEntry entry)
    {
        switch (step)
        {
            case ConsentStep.Grant or ConsentStep.Request:
                Begin(row, step == ConsentStep.Request, subscriber, person, key, entry);
                break;
            case ConsentStep.Withdraw:
                Withdraw(row, subscriber, person, people, key, entry);
                break;
            case ConsentStep.None:
                break;
        }
    }

    /// <summary>The no of somebody who is not stored: nothing is kept but the stop of their number.</summary>
    public void StopStranger(ImportRow row, byte[] hash)
    {
        rows.Strangers.Add(hash);
        rows.Suppressions.Add(Stop(hash));
        rows.Entries.Add(AuditTrail.Entry(run.Actor, run.Now, new AuditFact("number.stopped", "import", run.BatchId.ToString(), Reason: $"Import, row {row.Number}", After: new Dictionary<string, object?>
        {
            ["number"] = SuppressionLabel.Of(hash), ["scope"] = SuppressionScope.All, ["source"] = SuppressionSource.Import, ["row"] = row.Number,
        }, PolicyVersion: run.Policy.Number)));
    }

    private Suppression Stop(byte[] hash) =>
        new() { PhoneHash = hash, Scope = SuppressionScope.All, Source = SuppressionSource.Import, Reason = OptOutReason, At = run.Now, IsActOfPerson = true };

    private void Begin(ImportRow row, bool asks, Subscriber subscriber, KnownPerson? person, SubjectKey key, ImportEntry entry)
    {
        var (purpose, wording) = (run.Terms.Purpose!, run.Terms.Wording!);
        rows.UsesWording = true;
        var e = Add(row, subscriber, person, purpose.Id, purpose.Basis, asks ? ConsentEventKind.Requested : ConsentEventKind.Granted, key);
        if (person?.Consents.FirstOrDefault(c => c.PurposeId == purpose.Id) is { } known)
            entry.Changes("status", known.Status, known.State.Apply(e).Status);
        // They agreed elsewhere and were told so there: only a missing confirmation is worth a text, and only if the importer wants it.
        if (asks && run.Terms.AsksForDoubleOptIn)
            rows.Prompts.Add(Replies.Make(run.Policy, key, subscriber, purpose, wording, MessageKind.DoubleOptInPrompt, run.Now));
        entry.Say(
            asks ? "consent.requested" : "consent.granted",
            ("purpose", purpose.Id.ToString()), ("wording", wording.Hash), ("channel", ConsentChannel.Import), ("level", ListSource.LevelOf(row.Source)),
            ("agreedAt", row.AnsweredAt), ("hasProof", row.HasProof));
    }

    private void Withdraw(ImportRow row, Subscriber subscriber, KnownPerson? person, KnownPeople people, SubjectKey key, ImportEntry entry)
    {
        var (ended, before, after) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var record in person?.Consents.Where(c => c.Status is not ConsentStatus.Withdrawn and not ConsentStatus.Voided) ?? [])
        {
            var e = Add(row, subscriber, person, record.PurposeId, record.Basis, ConsentEventKind.Withdrawn, key);
            ended.Add(record.PurposeId.ToString());
            before.Add($"{record.PurposeId}: {record.Status}");
            after.Add($"{record.PurposeId}: {record.State.Apply(e).Status}");
        }

        if (run.Terms.Purpose is { } purpose && person?.Consents.Any(c => c.PurposeId == purpose.Id) != true)
        {
            Add(row, subscriber, person, purpose.Id, purpose.Basis, ConsentEventKind.Withdrawn, key);
            ended.Add(purpose.Id.ToString());
        }

        if (!people.Stops(row.Phone!).Any(s => s.Scope == SuppressionScope.All))
            rows.Suppressions.Add(Stop(subscriber.PhoneHash!));

        if (person is not null)
            rows.Withdrawn.Add(subscriber.Id);
        if (before.Count > 0)
            entry.Changes("status", before, after);
        entry.Say("consent.withdrawn", ("scope", SuppressionScope.All), ("source", SuppressionSource.Import), ("purposes", ended));
    }

    private ConsentEvent Add(ImportRow row, Subscriber subscriber, KnownPerson? person, PurposeId purpose, LegalBasis basis, ConsentEventKind kind, SubjectKey key)
    {
        var ends = kind == ConsentEventKind.Withdrawn;
        var record = person?.Consents.FirstOrDefault(c => c.PurposeId == purpose);
        var evidence = new ConsentEvidence(Words: row.Source.Length > 0 ? $"{row.AnswerText} ({row.Source})" : row.AnswerText, DocumentHash: run.File.Hash);
        var e = new ConsentEvent
        {
            SubscriberId = subscriber.Id, PurposeId = purpose, NumberPeriodId = subscriber.CurrentPeriodId, Kind = kind, Basis = basis,
            Level = ends ? ConsentLevel.None : ListSource.LevelOf(row.Source), Channel = ConsentChannel.Import, IsActOfPerson = false,
            WordingId = ends ? null : run.Terms.Wording!.Id, At = ends ? run.Now : row.AnsweredAt ?? run.Now, RecordedAt = run.Now,
            ExpiresAt = kind == ConsentEventKind.Requested ? run.Now + run.Policy.DoubleOptInLifetime : null,
            EvidenceSealed = key.SealJson(evidence, SealedField.Evidence), ActorKind = run.Actor.Kind, ActorId = run.Actor.Id,
            Reason = ends ? OptOutReason : $"Import, row {row.Number}", SupersedesId = record?.GrantEventId, ImportBatchId = run.BatchId, ImportRow = row.Number,
        };
        rows.Add(e, record);
        return e;
    }
}
