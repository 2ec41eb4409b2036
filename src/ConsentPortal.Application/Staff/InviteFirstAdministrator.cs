using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Lets the first person into an empty portal: whoever the administrator of the machine names is invited. All others are
/// invited by staff.
/// </summary>
public sealed class InviteFirstAdministrator(PortalDatabase database, InviteStaff invite)
{
    public const string Setting = "Staff:FirstAdministrator";

    /// <param name="email">What <see cref="Setting"/> holds; null when it is not set.</param>
    /// <returns>Null when there are staff already: nobody is invited by a setting any more.</returns>
    public async Task<Result<Invitation>?> ExecuteAsync(Actor actor, string? email, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        await using (var db = database.Open())
        {
            if (await db.Users.AnyAsync(cancellationToken))
                return null;
        }

        if (string.IsNullOrWhiteSpace(email))
            return new NobodyCanSignIn();
        return await invite.ExecuteAsync(actor, "Administrator", email, [RoleBundle.Administrator.Name], cancellationToken);
    }
}

public sealed record NobodyCanSignIn()
    : Failure($"Nobody can sign in yet. Set {InviteFirstAdministrator.Setting} to the mail address of the first administrator and start again.");
