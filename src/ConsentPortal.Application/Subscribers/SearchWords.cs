using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <summary>Finds people by their words, and lays words down and takes them away, in whichever run they lie.</summary>
internal static class SearchWords
{
    // Each run is one more place to look into for every search, so only words of some two thousand people are worth one.
    private const int SmallestRun = 10_000;

    // The runs are named to the query, because the key begins with them.
    public static IQueryable<SubscriberId> WithWord(this PortalDbContext db, long hash) =>
        db.SearchWords.Where(w => db.SearchRuns.Select(r => r.Number).Contains(w.Run) && w.Hash == hash).Select(w => w.SubscriberId);

    /// <summary>Adds the words of many people who were added together.</summary>
    /// <param name="words">Is put in order.</param>
    public static async Task AddWordsAsync(this PortalDbContext db, List<SearchWord> words, CancellationToken cancellationToken)
    {
        if (words.Count < SmallestRun)
        {
            await db.InsertAsync(words, cancellationToken);
            return;
        }

        var run = new SearchRun();
        db.SearchRuns.Add(run);
        await db.SaveChangesAsync(cancellationToken);
        foreach (var word in words)
            word.Run = run.Number;
        // In the order of the key, so that each lands behind the one before.
        words.Sort(static (one, other) => one.Hash == other.Hash ? one.SubscriberId.Value.CompareTo(other.SubscriberId.Value) : one.Hash.CompareTo(other.Hash));
        await db.InsertAsync(words, cancellationToken);
    }

    /// <summary>Takes away the words by which some people are found, as <see cref="SubscriberFactory.Words"/> made them.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> ForgetWordsAsync(this PortalDbContext db, IEnumerable<SearchWord> words, CancellationToken cancellationToken)
    {
        var (count, run) = (0, SearchRun.OfSinglePeople);
        foreach (var person in words.GroupBy(word => word.SubscriberId))
        {
            var (id, hashes) = (person.Key, person.Select(word => word.Hash).ToList());
            var theirs = db.SearchWords.Where(w => hashes.Contains(w.Hash) && w.SubscriberId == id);
            // Neighbours of a list lie in one run, so hardly anybody has to be looked for in all of them.
            int[] likely = [SearchRun.OfSinglePeople, run];
            var removed = await theirs.Where(w => likely.Contains(w.Run)).ExecuteDeleteAsync(cancellationToken);
            count += removed;
            if (removed >= hashes.Count)
                continue;
            var left = theirs.Where(w => db.SearchRuns.Select(r => r.Number).Contains(w.Run));
            run = await left.Select(w => (int?)w.Run).FirstOrDefaultAsync(cancellationToken) ?? run;
            count += await left.ExecuteDeleteAsync(cancellationToken);
        }

        return count;
    }

    /// <summary>Everything that leads to some people, whatever wrote it. Reads the whole table, so never under the lock of writers.</summary>
    public static Task<List<SearchWord>> WordsOfAsync(this PortalDbContext db, IReadOnlyCollection<SubscriberId> people, CancellationToken cancellationToken) =>
        db.SearchWords.AsNoTracking().Where(w => people.Contains(w.SubscriberId)).ToListAsync(cancellationToken);
}
