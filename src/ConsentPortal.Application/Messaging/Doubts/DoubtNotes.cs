using ConsentPortal.Application.Database;
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
    public static Task OfOutcomesAsync(
        PortalDatabase database, IReadOnlyCollection<(AllowedText Text, SendOutcome Outcome)> results, CancellationToken cancellationToken)
    {
        var causes = results.Where(r => r.Outcome is SendOutcome.Unconfirmed).ToDictionary(r => r.Text.MessageId, r => ((SendOutcome.Unconfirmed)r.Outcome).Cause);
        return NoteAsync(database, causes.Keys, doubt => doubt.Cause = causes[doubt.MessageId], cancellationToken);
    }

    public static Task OfLooksAsync(PortalDatabase database, IReadOnlyCollection<DoubtLook> looks, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var said = looks.ToDictionary(look => look.MessageId, look => look.Unanswered);
        return NoteAsync(database, said.Keys, doubt => Look(doubt, said[doubt.MessageId], now), cancellationToken);
    }

    private static void Look(TextDoubt doubt, string? unanswered, DateTimeOffset now)
    {
        doubt.Looks++;
        doubt.NotThere += unanswered is null ? 1 : 0;
        (doubt.LookedAt, doubt.Unanswered) = (now, unanswered is { Length: > DoubtMapping.LongestSentence } ? unanswered[..DoubtMapping.LongestSentence] : unanswered);
    }

    private static async Task NoteAsync(PortalDatabase database, IReadOnlyCollection<long> ids, Action<TextDoubt> note, CancellationToken cancellationToken)
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
