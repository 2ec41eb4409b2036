using System.Data.Common;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// The last look at the database before texts are handed over: whether another process has committed a STOP, a withdrawal, a "never
/// text" entry, a restriction, an erasure or another number since they were decided on. (Those of this process are known to
/// <see cref="SendingGate"/>.) One question serves all texts that wait for an answer.
///
/// <para>Why no text is asked about too early. A question is asked for those texts alone whose turn with the provider had come
/// before it began, and each is handed over as soon as it has its answer: between its look and its call lie the rest of the question
/// and a few instructions, as if it had been asked for alone. Texts whose turn comes while a question is under way wait for the next
/// one, which begins when that one ends, and never take its answer. So sharing costs a text at most the rest of one question of
/// waiting, before its own look, and adds nothing after it.</para>
///
/// <para>Why an answer does not grow old. A process that is stalled between the answer and the call (a full thread pool, a suspended
/// machine) finds its answer older than <see cref="GoodFor"/> and asks again.</para>
///
/// <para>What is left. A STOP that another process commits within those instructions, or while the request is already on its way,
/// is a STOP that came while the text left: no order between the two exists that both processes could know without a lock over
/// the call itself, in which every STOP would have to wait for a provider that is slow. Within one process there is that lock, and the
/// order is exact (<see cref="SendingGate.TryPass"/> comes after this look).</para>
/// </summary>
internal sealed partial class LastLook(PortalDatabase database, TimeProvider clock, ILogger logger)
{
    /// <summary>How old an answer may be when its text is handed over. Much longer than going on with a text takes.</summary>
    public static readonly TimeSpan GoodFor = TimeSpan.FromMilliseconds(100);

    private readonly Lock _line = new();
    private List<Waiting> _waiting = [];
    private bool _isAsking;

    /// <summary>Call it when the text's turn has come, and hand the text over at once when it may leave.</summary>
    /// <returns>False when it has to be decided on again.</returns>
    public async Task<bool> MayLeaveAsync(AllowedText text, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (mayLeave, at) = await AskAsync(text, cancellationToken);
            if (!mayLeave || clock.GetElapsedTime(at) <= GoodFor)
                return mayLeave;
            // A text whose time is over waits for nothing; its own check says so.
            if (text.Time.Left(clock) <= TimeSpan.Zero)
                return false;
        }
    }

    private Task<Said> AskAsync(AllowedText text, CancellationToken cancellationToken)
    {
        var mine = new Waiting(text);
        lock (_line)
        {
            _waiting.Add(mine);
            if (_isAsking)
                return mine.Answer.Task.WaitAsync(cancellationToken);
            _isAsking = true;
        }

        _ = AskForAllAsync();
        return mine.Answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Goes on until nobody waits any more. Not cut off by whoever came first: others wait for the same answer.</summary>
    private async Task AskForAllAsync()
    {
        // Texts whose turn has come in the same moment come along.
        await Task.Yield();
        while (Next() is { } asked)
        {
            try
            {
                var strict = await WithheldAsync([.. asked.Select(w => w.Text)]);
                var at = clock.GetTimestamp();
                foreach (var waiting in asked)
                    waiting.Answer.TrySetResult(new Said(!strict.Contains(waiting.Text.MessageId), at));
            }
            catch (Exception problem)
            {
                asked.ForEach(waiting => waiting.Answer.TrySetException(problem));
            }
        }
    }

    private List<Waiting>? Next()
    {
        lock (_line)
        {
            if (_waiting.Count == 0)
            {
                _isAsking = false;
                return null;
            }

            var next = _waiting;
            _waiting = [];
            return next;
        }
    }

    /// <returns>The texts that may not leave on the decision that they have.</returns>
    private async Task<HashSet<long>> WithheldAsync(IReadOnlyList<AllowedText> texts)
    {
        try
        {
            await using var db = database.Open();
            var now = (await Rows(db, [.. texts.Select(t => t.SubscriberId).Distinct()]).ToListAsync(CancellationToken.None)).ToLookup(row => row.Id);
            return [.. texts.Where(text => IsStricter([.. now[text.SubscriberId]], text.Ground)).Select(text => text.MessageId)];
        }
        catch (DbException problem)
        {
            // What could not be asked is not sent; the texts are decided on again.
            LogNotAsked(logger, problem, texts.Count);
            return [.. texts.Select(text => text.MessageId)];
        }
    }

    /// <summary>By keys alone: a person, their withdrawn consents, the stops in force on their number; a row for each pair of the latter two.</summary>
    private static IQueryable<Row> Rows(PortalDbContext db, SubscriberId[] people) =>
        from person in db.Subscribers.AsNoTracking()
        where EF.Parameter(people).Contains(person.Id)
        join record in db.ConsentRecords.Where(r => r.Status == ConsentStatus.Withdrawn) on person.Id equals record.SubscriberId into records
        from record in records.DefaultIfEmpty()
        join stop in db.Suppressions.AsNoTracking().Where(s => s.LiftedAt == null) on person.PhoneHash equals stop.PhoneHash into stops
        from stop in stops.DefaultIfEmpty()
        select new Row(person.Id, person.ErasedAt != null, person.IsRestricted, person.CurrentPeriodId, (PurposeId?)record!.PurposeId, stop);

    /// <param name="rows">Of the text's person.</param>
    private static bool IsStricter(IReadOnlyList<Row> rows, SendGround ground) =>
        rows is not [var person, ..] || person.IsErased || person.PeriodId != ground.PeriodId || (person.IsRestricted && !ground.IsRestricted)
        || (ground.RestsOnConsent && rows.Any(row => row.Withdrawn == ground.Purpose.Id))
        || SendFactsReader.IsStricter(SendFactsReader.Strictest(rows.Select(row => row.Stop).OfType<Suppression>(), ground.Purpose), ground.Stop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether {Count} texts may still leave could not be asked; they wait")]
    private static partial void LogNotAsked(ILogger logger, Exception problem, int count);

    /// <param name="Withdrawn">A purpose whose texts the person does not want any more.</param>
    private sealed record Row(SubscriberId Id, bool IsErased, bool IsRestricted, NumberPeriodId PeriodId, PurposeId? Withdrawn, Suppression? Stop);

    /// <param name="At">A timestamp of the clock, when the answer was there.</param>
    private readonly record struct Said(bool MayLeave, long At);

    private sealed record Waiting(AllowedText Text)
    {
        public TaskCompletionSource<Said> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
