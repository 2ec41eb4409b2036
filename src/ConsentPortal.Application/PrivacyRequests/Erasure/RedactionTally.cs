using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>What the provider has answered for a person's texts.</summary>
/// <param name="Waiting">Too young, not asked for yet or not answered: the job asks.</param>
/// <param name="Refused">Somebody has to act at the provider first.</param>
/// <param name="NextAt">When the job asks next; null when nothing is open.</param>
/// <param name="Answer">Why something is open, as the provider said last.</param>
public sealed record RedactionTally(int Texts, int Redacted, int NotHeld, int Waiting, int Refused, DateTimeOffset? NextAt = null, string? Answer = null)
{
    public int Open => Waiting + Refused;

    public string Sentence => Texts == 0
        ? "The SMS provider holds no text of this person that the portal knows of."
        : string.Create(CultureInfo.InvariantCulture, $"The SMS provider has to erase {Texts:N0} {(Texts == 1 ? "text" : "texts")}: {Redacted + NotHeld:N0} gone there, {Waiting:N0} to be asked for again, {Refused:N0} refused.");

    internal static async Task<RedactionTally> OfAsync(PortalDbContext db, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        var rows = db.ProviderRedactions.AsNoTracking().Where(r => r.RequestId == id);
        var counts = await rows.GroupBy(r => r.State).Select(g => new { State = g.Key, Count = g.Count() }).ToDictionaryAsync(c => c.State, c => c.Count, cancellationToken);
        var next = await rows.Where(r => r.State == RedactionState.Waiting || r.State == RedactionState.Refused).OrderBy(r => r.NextAt).ThenBy(r => r.Id)
            .Select(r => new { r.NextAt, r.Answer }).FirstOrDefaultAsync(cancellationToken);
        return new RedactionTally(
            counts.Values.Sum(), counts.GetValueOrDefault(RedactionState.Redacted), counts.GetValueOrDefault(RedactionState.NotHeld),
            counts.GetValueOrDefault(RedactionState.Waiting), counts.GetValueOrDefault(RedactionState.Refused), next?.NextAt, next?.Answer);
    }
}
