using System.Text;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Staff;

/// <summary>
/// Mails to staff. They are put as files into the folder <c>mails</c>, from which a mail system may collect them; the page
/// that caused one shows its link too, so that a portal without a mail system works.
/// </summary>
public sealed class StaffMail(PortalFolders folders, TimeProvider clock)
{
    public async Task<string> InviteAsync(Actor actor, Invitation invitation, Uri link, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageStaff);
        Directory.CreateDirectory(folders.Mails);
        var now = clock.GetUtcNow();
        var file = Path.Combine(folders.Mails, $"{now:yyyyMMdd-HHmmssfff}-{invitation.StaffId:N}.eml");
        var mail = new StringBuilder()
            .Append("To: ").Append(invitation.Email).Append("\r\n")
            .Append("Subject: Your invitation to ConsentPortal\r\n")
            .Append("Date: ").Append(now.ToString("r", System.Globalization.CultureInfo.InvariantCulture)).Append("\r\n")
            .Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n")
            .Append("You have been invited to ConsentPortal. Choose your password within a day at this address:\r\n\r\n")
            .Append(link).Append("\r\n\r\nIf you did not expect this, ignore it: nothing happens without the link.\r\n");
        await File.WriteAllTextAsync(file, mail.ToString(), cancellationToken);
        return file;
    }
}
