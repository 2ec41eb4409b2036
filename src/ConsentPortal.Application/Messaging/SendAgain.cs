using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// Lets texts leave again after receipts had said that the account is at fault. The provider took those texts, so that no job can find out by itself whether it
/// was put right; what failed before is held against it no more.
/// </summary>
public sealed class SendAgain(PortalDatabase database, TimeProvider clock)
{
    /// <param name="reason">What was put right.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.SendCampaigns);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (!await SendingStopNotice.LetGoAsync(db, actor, reason.Trim(), now, cancellationToken))
                    return new SendingNotHeld();
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record SendingNotHeld() : Failure("Sending is not stopped by receipts any more. Nothing was changed; load the page again.");
