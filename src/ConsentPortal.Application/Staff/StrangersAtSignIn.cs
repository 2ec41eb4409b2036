using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Tries to sign in with an address that belongs to nobody. Each is an entry with a keyed hash of the address, so that guessing shows and an address that
/// comes again is told from another, and nobody's address stands in the log. Of an hour <see cref="MostAnHour"/> are listed and the further ones counted, so
/// that a flood does not fill the log. Each try writes, listed or not: it takes as long as a wrong password, which is counted with its account.
/// </summary>
internal sealed class StrangersAtSignIn(PortalDatabase database, LookupHash hashes, TimeProvider clock)
{
    public const int MostAnHour = 200;

    private const int Attempts = 5;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public async Task NoteAsync(string address, ActorOrigin origin, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await database.WriteAsync(db => NoteAsync(db, address, Actor.Stranger(origin), cancellationToken), cancellationToken);
                return;
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // The first one of another process came at the same moment.
            }
        }
    }

    private async Task NoteAsync(PortalDbContext db, string address, Actor stranger, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var row = await db.PortalSettings.FindAsync([PortalSetting.StrangersAtSignIn], cancellationToken);
        var before = row is null ? null : JsonSerializer.Deserialize<Tries>(row.Json);
        var tries = before is not null && now - before.Since < Window ? before : new Tries(now, 0, 0);
        var isListed = tries.Listed < MostAnHour;
        tries = isListed ? tries with { Listed = tries.Listed + 1 } : tries with { Further = tries.Further + 1 };
        if (row is null)
            db.PortalSettings.Add(row = new PortalSetting { Name = PortalSetting.StrangersAtSignIn, Json = "" });
        row.Json = JsonSerializer.Serialize(tries);
        if (isListed)
            db.Audit(stranger, now, new AuditFact("staff.signInFailed", "staff", stranger.Id, After: Told(address, tries, tries.Listed == 1 ? before?.Further : null)));
    }

    /// <param name="unlisted">How many tries of the hour that ended before this one are in no entry; null where this is not the first one since.</param>
    private Dictionary<string, object?> Told(string address, Tries tries, int? unlisted)
    {
        var told = new Dictionary<string, object?> { ["step"] = "address", ["addressHash"] = Convert.ToHexStringLower(hashes.StaffAddress(address)), ["tryOfHour"] = tries.Listed };
        if (unlisted > 0)
            told["unlistedBefore"] = unlisted;
        if (tries.Listed == MostAnHour)
            told["listedAgainFrom"] = tries.Since + Window;
        return told;
    }

    /// <param name="Since">When the hour began, with its first try (UTC).</param>
    /// <param name="Listed">How many of it have an entry.</param>
    /// <param name="Further">How many came after these.</param>
    private sealed record Tries(DateTimeOffset Since, int Listed, int Further);
}
