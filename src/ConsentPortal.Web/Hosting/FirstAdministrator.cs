using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Hosting;

/// <summary>
/// Lets the first person into an empty portal: whoever <c>Staff:FirstAdministrator</c> names is invited, and the link is
/// printed where only the administrator of the machine sees it. All others are invited by staff.
/// </summary>
internal static class FirstAdministrator
{
    private const string Setting = "Staff:FirstAdministrator";

    /// <returns>What to tell the administrator of the machine; null when there are staff.</returns>
    public static async Task<string?> SentenceAsync(WebApplication app, IReadOnlyList<string> addresses)
    {
        await using (var db = app.Services.GetRequiredService<PortalDatabase>().Open())
        {
            if (await db.Users.AnyAsync())
                return null;
        }

        if (app.Configuration[Setting] is not { Length: > 0 } email)
            return $"Nobody can sign in yet. Set {Setting} to the mail address of the first administrator and start again.";
        var invited = await app.Services.GetRequiredService<InviteStaff>().ExecuteAsync(Actor.Job("first start"), "Administrator", email, [RoleBundle.Administrator.Name], CancellationToken.None);
        return invited.TryGet(out var invitation, out var failure)
            ? $"Invitation for the first administrator, valid for a day: {InvitationLink.Of(invitation, addresses.Count > 0 ? addresses[0] : "http://localhost")}"
            : $"{Setting}: {failure.Message}";
    }
}

/// <summary>The address behind which an invited person chooses a password.</summary>
internal static class InvitationLink
{
    /// <param name="portal">The portal's own address.</param>
    public static Uri Of(Invitation invitation, string portal) =>
        new(new Uri(portal), $"{Paths.AcceptInvitation}?id={invitation.StaffId}&token={Uri.EscapeDataString(invitation.Token)}");
}
