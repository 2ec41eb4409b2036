using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <summary>
/// Does one act to each of many requests, every one in its own transaction with its own audit entry: what the law refuses for
/// one keeps no other from being done.
/// </summary>
public static class EachRequest
{
    public const int Most = 500;

    /// <param name="progress">Told after each how many are through.</param>
    /// <param name="cancellationToken">Ends the work between two requests, never inside one; what is left is told as refused.</param>
    internal static async Task<Result<BulkOutcome>> RunAsync(
        PortalDatabase database, IReadOnlyCollection<PrivacyRequestId> ids, Func<PrivacyRequestId, Task<Result<Done>>> act, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
            return new NothingSelected();
        if (ids.Count > Most)
            return new TooManySelected(ids.Count);
        var (done, kept, through) = (0, 0, 0);
        var refused = new List<RefusedRequest>();
        foreach (var (id, number) in await NumbersAsync(database, ids, cancellationToken))
        {
            var outcome = cancellationToken.IsCancellationRequested ? new StoppedBefore() : await act(id);
            if (outcome.IsSuccess)
                done++;
            else if (outcome.Failure is FirstOfItsKind)
                kept++;
            else
                refused.Add(new RefusedRequest(id, number, outcome.Failure.Message));
            progress?.Report(++through);
        }

        return new BulkOutcome(done, kept, refused);
    }

    /// <summary>Words for many stand with each of them, and go only with the data of the person beside whom they stand: so they name none.</summary>
    internal static async Task<Failure?> NamingAsync(PortalDatabase database, SubscriberVault vault, IReadOnlyCollection<PrivacyRequestId> ids, string words, CancellationToken cancellationToken)
    {
        if (ids.Count > Most)
            return new TooManySelected(ids.Count);
        await using var db = database.Open();
        var people = await db.Subscribers.AsNoTracking().Where(s => db.PrivacyRequests.Any(r => r.SubscriberId == s.Id && ids.Contains(r.Id))).ToListAsync(cancellationToken);
        var numbers = await db.UnrecordedNumbers.AsNoTracking().Where(n => ids.Contains(n.RequestId)).ToListAsync(cancellationToken);
        return people.Any(person => PersonTraces.Refusal(vault, person, words) is not null) || numbers.Any(number => UnrecordedNumber.NamingRefusal(vault, number, words) is not null) ? new WordsNameOneOfMany() : null;
    }

    /// <returns>The lowest number first; those that are kept no more, last.</returns>
    private static async Task<IEnumerable<(PrivacyRequestId Id, int Number)>> NumbersAsync(PortalDatabase database, IReadOnlyCollection<PrivacyRequestId> ids, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var known = await db.PrivacyRequests.AsNoTracking().Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, r.Number }).ToDictionaryAsync(r => r.Id, r => r.Number, cancellationToken);
        return ids.Distinct().Select(id => (Id: id, Number: known.GetValueOrDefault(id))).OrderBy(r => r.Number == 0).ThenBy(r => r.Number);
    }
}

internal sealed record StoppedBefore() : Failure("You stopped before its turn. Nothing of it was changed.");
