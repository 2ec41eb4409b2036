using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Staff;

/// <summary>Invites a colleague and shows the link, because a portal need not have a mail system.</summary>
public sealed partial class InvitePage(StaffList staff, InviteStaff invite, StaffMail mail, NavigationManager navigation)
{
    private readonly HashSet<string> _chosen = [];

    private IReadOnlyList<RoleRow> _roles = [];
    private string _name = "";
    private string _email = "";
    private string _invited = "";
    private Uri? _link;
    private Failure? _problem;

    private string? WhyNot =>
        string.IsNullOrWhiteSpace(_name) || string.IsNullOrWhiteSpace(_email) ? "Enter the name and the mail address."
        : _chosen.Count == 0 ? "Choose at least one role."
        : RoleWords.Conflict(_roles.Where(role => _chosen.Contains(role.Name))) is not null ? "Resolve the conflict of roles." : null;

    protected override async Task OpenAsync() => _roles = await staff.RolesAsync(Actor, Closing);

    private Task InviteAsync() => RunAsync(async () =>
    {
        _link = null;
        if (!(await invite.ExecuteAsync(Actor, _name, _email, [.. _chosen], Closing)).TryGet(out var invitation, out _problem))
            return;
        var link = InvitationLink.Of(navigation, invitation);
        await mail.InviteAsync(Actor, invitation, link, Closing);
        (_link, _invited, _name, _email) = (link, invitation.Email, "", "");
        _chosen.Clear();
    });
}
