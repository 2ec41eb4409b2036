using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

internal static class NameTokenTable
{
    /// <summary>Takes away the words by which some people are found, as <see cref="SubscriberFactory.NameTokens"/> made them of their names.</summary>
    public static async Task ForgetAsync(this DbSet<NameToken> table, IEnumerable<NameToken> words, CancellationToken cancellationToken)
    {
        foreach (var person in words.GroupBy(word => word.SubscriberId))
        {
            var (id, hashes) = (person.Key, person.Select(word => word.Hash).ToList());
            await table.Where(t => t.SubscriberId == id && hashes.Contains(t.Hash)).ExecuteDeleteAsync(cancellationToken);
        }
    }
}
