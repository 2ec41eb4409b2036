using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>What the wordings of a purpose promise, those of former versions too: each person is kept the promise that they read.</summary>
internal static class PromisedWords
{
    /// <returns>Only wordings that give a number.</returns>
    public static async Task<IReadOnlyDictionary<WordingId, FrequencyPromise>> OfAsync(PortalDbContext db, PurposeId purpose, CancellationToken cancellationToken)
    {
        var wordings = await db.Wordings.AsNoTracking().Where(w => w.PurposeId == purpose).Select(w => new { w.Id, w.PromisedFrequency }).ToListAsync(cancellationToken);
        return wordings.Select(w => (w.Id, Promise: FrequencyPromise.Read(w.PromisedFrequency))).Where(w => w.Promise is not null).ToDictionary(w => w.Id, w => w.Promise!.Value);
    }
}
