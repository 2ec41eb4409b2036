using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components;

/// <summary>Leaves the circuit for the sign-in page, and comes back to where it was asked.</summary>
public sealed class RedirectToSignIn(NavigationManager navigation) : ComponentBase
{
    protected override void OnInitialized()
    {
        var wanted = "/" + navigation.ToBaseRelativePath(navigation.Uri);
        navigation.NavigateTo($"{Paths.SignIn}?returnUrl={Uri.EscapeDataString(wanted)}", forceLoad: true);
    }
}
