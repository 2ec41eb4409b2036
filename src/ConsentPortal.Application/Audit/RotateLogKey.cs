using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Audit;

/// <param name="Former">The public half of the key that signed until now.</param>
/// <param name="Current">What checkpoints are checked with from now on; publish it where the former one was published.</param>
public sealed record LogKeyRotated(VerifierKey Former, VerifierKey Current);

/// <summary>
/// Gives the log a new signing key. What the former key signed stays good, because its public half stays in the ring; a running
/// portal signs its next checkpoint with the new key.
/// </summary>
public sealed class RotateLogKey(PortalDatabase database, PortalFolders folders, TimeProvider clock)
{
    public const string Rotated = "keys.logKeyRotated";

    public async Task<LogKeyRotated> ExecuteAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RunMaintenance);
        var former = KeyOf(KeyRing.Load(folders.KeyRing));
        var done = new LogKeyRotated(former, KeyOf(KeyRing.RotateLogKey(folders.KeyRing, former)));
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, clock.GetUtcNow(), new AuditFact(
                    Rotated, "keyRing", done.Current.Name, Before: new Dictionary<string, object?> { ["logKey"] = former.ToString() },
                    After: new Dictionary<string, object?> { ["logKey"] = done.Current.ToString() }));
                return Task.CompletedTask;
            },
            cancellationToken);
        return done;
    }

    private static VerifierKey KeyOf(KeyRing ring)
    {
        using var signer = CheckpointSigner.FromSeed(ring.LogName, ring.SigningSeed);
        return signer.VerifierKey;
    }
}
