using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Doubts;

/// <param name="Unanswered">Why there was no answer; null when the records hold no such text.</param>
internal sealed record DoubtLook(long MessageId, string? Unanswered);

/// <summary>
/// Keeps why texts are in doubt and what look-ups said, for the person who settles them. In a transaction of its own, after
/// that of the outcome: where a note is lost, a sentence is missing, but never an outcome.
/// </summary>
internal static class DoubtNotes
{
    private static readonly Actor Dispatcher = Actor.Job("dispatcher");

    public static Task OfOutcomesAsync(
        PortalDatabase database, IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, CancellationToken cancellationToken)
    {
        var causes = results.Where(r => r.Outcome is SendOutcome.Unconfirmed).ToDictionary(r => r.Text.MessageId, r => ((SendOutcome.Unconfirmed)r.Outcome).Cause);
        // The entry of the outcome says why.
        return NoteAsync(database, causes.Keys, doubt => doubt.Cause = causes[doubt.MessageId], entry: null, cancellationToken);
    }

    public static Task OfLooksAsync(PortalDatabase database, IReadOnlyCollection<DoubtLook> looks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var said = looks.ToDictionary(look => look.MessageId, look => look.Unanswered);
        return NoteAsync(database, said.Keys, doubt => Look(doubt, said[doubt.MessageId], now), (now, LookedUp(looks)), cancellationToken);
    }

    // A look changes no state, so it is not under the name of what is compared with the ledger: a receipt may have settled the text meanwhile.
    private static AuditFact LookedUp(IReadOnlyCollection<DoubtLook> looks) => new("texts.lookedUp", TextTrail.Kind, TextTrail.Ids(looks.Select(look => look.MessageId).Take(1)), After: new Dictionary<string, object?>
    {
        ["count"] = looks.Count, ["notThere"] = TextTrail.Ids(looks.Where(look => look.Unanswered is null).Select(look => look.MessageId)),
        ["unanswered"] = TextTrail.Ids(looks.Where(look => look.Unanswered is not null).Select(look => look.MessageId)),
    });

    private static void Look(TextDoubt doubt, string? unanswered, DateTimeOffset now)
    {
        doubt.Looks++;
        doubt.NotThere += unanswered is null ? 1 : 0;
        (doubt.LookedAt, doubt.Unanswered) = (now, unanswered is { Length: > DoubtMapping.LongestSentence } ? unanswered[..DoubtMapping.LongestSentence] : unanswered);
    }

    private static async Task NoteAsync(PortalDatabase database, IReadOnlyCollection<long> ids, Action<TextDoubt> note, (DateTimeOffset At, AuditFact Fact)? entry, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return;
        try
        {
            await database.WriteAsJobAsync(
                async db =>
                {
                    foreach (var doubt in await OfAsync(db, ids, cancellationToken))
                        note(doubt);
                    if (entry is { } said)
                        db.Audit(Dispatcher, said.At, said.Fact);
                },
                cancellationToken);
        }
        catch (DbUpdateException problem)
        {
            // Another process was noting the same text in the same moment; its note says as much.
            await using var db = database.Open();
            if (!db.IsUniqueViolation(problem))
                throw;
        }
    }

    /// <returns>One for each text, new where there was none; tracked, so that changes of it are saved.</returns>
    internal static async Task<IReadOnlyList<TextDoubt>> OfAsync(PortalDbContext db, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        var known = await db.TextDoubts.Where(d => EF.Parameter(wanted).Contains(d.MessageId)).ToListAsync(cancellationToken);
        var fresh = wanted.Except(known.Select(d => d.MessageId)).Select(id => new TextDoubt { MessageId = id }).ToList();
        db.TextDoubts.AddRange(fresh);
        return [.. known, .. fresh];
    }
}
