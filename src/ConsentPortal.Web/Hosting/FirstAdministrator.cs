using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Hosting;

/// <summary>Prints the first administrator's invitation where only the administrator of the machine sees it.</summary>
internal static class FirstAdministrator
{
    /// <returns>What to tell the administrator of the machine; null when there are staff.</returns>
    public static async Task<string?> SentenceAsync(WebApplication app, IReadOnlyList<string> addresses)
    {
        var invited = await app.Services.GetRequiredService<InviteFirstAdministrator>()
            .ExecuteAsync(Actor.Job("first start"), app.Configuration[InviteFirstAdministrator.Setting], CancellationToken.None);
        if (invited is not { } outcome)
            return null;
        if (outcome.TryGet(out var invitation, out var failure))
            return $"Invitation for the first administrator, valid for a day: {InvitationLink.Of(invitation, addresses.Count > 0 ? addresses[0] : "http://localhost")}";
        return failure is NobodyCanSignIn ? failure.Message : $"{InviteFirstAdministrator.Setting}: {failure.Message}";
    }
}

/// <summary>The address behind which an invited person chooses a password.</summary>
internal static class InvitationLink
{
    /// <param name="portal">The portal's own address.</param>
    public static Uri Of(Invitation invitation, string portal) =>
        new(new Uri(portal), $"{Paths.AcceptInvitation}?id={invitation.StaffId}&token={Uri.EscapeDataString(invitation.Token)}");
}
