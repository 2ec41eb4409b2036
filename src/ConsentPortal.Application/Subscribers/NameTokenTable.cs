using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

internal static class NameTokenTable
{
    /// <summary>Takes away the words by which some people are found, as <see cref="SubscriberFactory.NameTokens"/> made them of their names.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> ForgetAsync(this DbSet<NameToken> table, IEnumerable<NameToken> words, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var person in words.GroupBy(word => word.SubscriberId))
        {
            var (id, hashes) = (person.Key, person.Select(word => word.Hash).ToList());
            count += await table.Where(t => t.SubscriberId == id && hashes.Contains(t.Hash)).ExecuteDeleteAsync(cancellationToken);
        }

        return count;
    }

    /// <summary>Everything that leads to some people, whatever wrote it. Reads the whole table, so never under the lock of writers.</summary>
    public static Task<List<NameToken>> LeadingToAsync(this DbSet<NameToken> table, IReadOnlyCollection<SubscriberId> people, CancellationToken cancellationToken) =>
        table.AsNoTracking().Where(t => people.Contains(t.SubscriberId)).ToListAsync(cancellationToken);
}
