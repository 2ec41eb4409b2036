using ConsentPortal.Application.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace ConsentPortal.Web.Features.Staff;

/// <summary>The link by which an invited person chooses their password.</summary>
public sealed partial class InvitationLink
{
    [Parameter, EditorRequired]
    public required Uri Link { get; set; }

    [Parameter, EditorRequired]
    public required string Email { get; set; }

    internal static Uri Of(NavigationManager navigation, Invitation invitation) => new(QueryHelpers.AddQueryString(
        navigation.ToAbsoluteUri(Paths.AcceptInvitation).ToString(),
        new Dictionary<string, string?> { ["id"] = invitation.StaffId.ToString(), ["token"] = invitation.Token }));
}
