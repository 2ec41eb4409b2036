using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Taken">Answers that were stored.</param>
/// <param name="Reassigned">Of these, people whose number has a new owner; their consent was voided and the number listed.</param>
/// <param name="Unknown">Numbers that nobody here has.</param>
/// <param name="Older">Answers from before the number was this person's, or older than the one that is stored.</param>
/// <param name="Unreadable">Lines without a number, an answer or a date.</param>
public sealed record TakenAnswers(int Taken, int Reassigned, int Unknown, int Older, int Unreadable, IReadOnlyList<RefusedLine> Refused);

/// <summary>
/// Stores what the Reassigned Numbers Database said about numbers (47 CFR 64.1200(m), US-26). A "yes" means that the number
/// was disconnected for good and may have a new owner: the consent is void and the number is not texted. The file has a
/// number, an answer (yes, no, no data) and the day on which the database was asked in each line, in this order or under
/// headings that say so.
/// </summary>
public sealed class RecordReassignedAnswers(PortalDatabase database, LookupHash hashes, TimeProvider clock)
{
    public const string Reason = "The Reassigned Numbers Database reports a new owner.";

    private const int LinesAtOnce = 500;
    private const int MostRefused = 1000;

    public Task<Result<NumberFile>> OpenAsync(Actor actor, string path, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        return NumberFile.OpenAsync(path, name, cancellationToken);
    }

    /// <summary>The answers of a whole file, in transactions of five hundred lines. Running it again changes nothing.</summary>
    public async Task<Result<TakenAnswers>> ExecuteAsync(Actor actor, NumberFile file, Action<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (AnswerColumns.Of(file) is not { } columns)
            return new AnswerColumnsMissing();
        var (result, done) = (new TakenAnswers(0, 0, 0, 0, 0, []), 0);
        await foreach (var lines in file.ReadAsync(cancellationToken).Chunk(LinesAtOnce).WithCancellation(cancellationToken))
        {
            var (answers, refused) = columns.Read(lines, clock.GetUtcNow());
            var batch = await database.WriteAsJobAsync(db => TakeAsync(db, actor, answers, file.Hash, cancellationToken), cancellationToken);
            result = new TakenAnswers(
                result.Taken + batch.Taken, result.Reassigned + batch.Reassigned, result.Unknown + batch.Unknown, result.Older + batch.Older,
                result.Unreadable + refused.Count, [.. result.Refused, .. refused.Take(MostRefused - result.Refused.Count)]);
            progress?.Invoke(done += lines.Length);
        }

        return result;
    }

    /// <summary>One answer for one person, as staff looked it up.</summary>
    /// <param name="at">When the database was asked (UTC).</param>
    public async Task<Result<Done>> RecordOneAsync(Actor actor, SubscriberId id, ReassignedAnswer answer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        if (at > now.AddMinutes(5))
            return new ReassignedDateImpossible();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var person = await db.Subscribers.FindAsync([id], cancellationToken);
                if (person is not { ErasedAt: null, PhoneHash: not null, MergedIntoId: null })
                    return new SubscriberNotFound();
                var period = await db.NumberPeriods.SingleAsync(p => p.Id == person.CurrentPeriodId, cancellationToken);
                if (!await StoreAsync(db, actor, person, period, answer, at, null, now, cancellationToken))
                    return new ReassignedAnswerOlder();
                return Done.Value;
            },
            cancellationToken);
    }

    private async Task<TakenAnswers> TakeAsync(
        PortalDbContext db, Actor actor, IReadOnlyList<ReassignedLine> lines, string file, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var wanted = lines.Select(l => hashes.Phone(l.Phone)).ToList();
        var people = await db.Subscribers.Where(s => wanted.Contains(s.PhoneHash!) && s.ErasedAt == null && s.MergedIntoId == null).ToListAsync(cancellationToken);
        var ids = people.ConvertAll(s => s.CurrentPeriodId);
        var periods = await db.NumberPeriods.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellationToken);
        var byNumber = people.ToLookup(s => Convert.ToHexString(s.PhoneHash!), StringComparer.Ordinal);
        var (taken, reassigned, unknown, older) = (0, 0, 0, 0);
        foreach (var line in lines)
        {
            var theirs = byNumber[Convert.ToHexString(hashes.Phone(line.Phone))].ToList();
            unknown += theirs.Count == 0 ? 1 : 0;
            foreach (var person in theirs)
            {
                if (!await StoreAsync(db, actor, person, periods[person.CurrentPeriodId], line.Answer, line.At, file, now, cancellationToken))
                    older++;
                else
                    (taken, reassigned) = (taken + 1, reassigned + (line.Answer == ReassignedAnswer.Yes ? 1 : 0));
            }
        }

        return new TakenAnswers(taken, reassigned, unknown, older, 0, []);
    }

    /// <returns>False where the answer is about a time before the number was this person's, or older than the one that is stored.</returns>
    private static async Task<bool> StoreAsync(
        PortalDbContext db, Actor actor, Subscriber person, NumberPeriod period, ReassignedAnswer answer, DateTimeOffset at, string? file, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // A file names days; the day on which somebody came counts as theirs.
        if (at < period.From.AddDays(-1) || at <= period.ReassignedCheckedAt)
            return false;
        var before = new Dictionary<string, object?> { ["answer"] = period.ReassignedAnswer, ["askedAt"] = period.ReassignedCheckedAt };
        (period.ReassignedAnswer, period.ReassignedCheckedAt) = (answer, at);
        if (answer == ReassignedAnswer.Yes)
            await VoidAsync(db, actor, person, at, now, cancellationToken);
        db.Audit(actor, now, new AuditFact("number.reassignedAnswer", "subscriber", person.Id.ToString(), person.Id, Before: before, After: new Dictionary<string, object?>
        {
            ["answer"] = answer, ["askedAt"] = at, ["file"] = file,
        }));
        return true;
    }

    private static async Task VoidAsync(PortalDbContext db, Actor actor, Subscriber person, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        (person.NumberState, person.UpdatedAt, person.Version) = (NumberState.Reassigned, now, Guid.CreateVersion7(now));
        var records = await db.ConsentRecords.Where(r => r.SubscriberId == person.Id).ToListAsync(cancellationToken);
        foreach (var record in records.Where(r => r.Status is ConsentStatus.Granted or ConsentStatus.Pending or ConsentStatus.Expired))
            await ConsentLedger.AppendAsync(db, new ConsentEvent
            {
                SubscriberId = person.Id, PurposeId = record.PurposeId, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Voided, Basis = record.Basis,
                Level = ConsentLevel.None, Channel = ConsentChannel.Provider, IsActOfPerson = false, At = at, RecordedAt = now, ActorKind = actor.Kind, ActorId = actor.Id,
                Reason = Reason, SupersedesId = record.GrantEventId,
            }, cancellationToken);
        if (!await db.Suppressions.Where(s => s.PhoneHash == person.PhoneHash && s.Source == SuppressionSource.Reassigned).AnyAsync(SuppressionReach.Everything.IsTheSame, cancellationToken))
            db.Suppressions.Add(SuppressionReach.Everything.Entry(person.PhoneHash!, SuppressionSource.Reassigned, Reason, now));
        await WithdrawConsent.SkipPlannedAsync(
            db, actor, db.OutboundMessages.Where(m => m.SubscriberId == person.Id), SuppressionReach.Everything.Withdrawal(SuppressionSource.Reassigned, Reason, now), now, cancellationToken);
    }
}

public sealed record AnswerColumnsMissing() : Failure(
    "The file needs three columns: the number, the answer (yes, no or no data) and the day on which the database was asked. Nothing was taken; name them number, answer and date.");

public sealed record ReassignedDateImpossible() : Failure("The day lies in the future. Nothing was recorded; enter the day on which the database was asked.");

public sealed record ReassignedAnswerOlder() : Failure(
    "A newer answer is stored, or the number was not this person's on that day. Nothing was changed.");
