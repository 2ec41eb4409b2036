using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;

namespace ConsentPortal.Web.Components.Layout;

/// <summary>The pages that the person at the screen may open, in their groups; a group without any is left out.</summary>
public sealed partial class NavMenu(IAuthorizationService authorization, IHostEnvironment environment)
{
    private IReadOnlyList<NavigationGroup> _shown = [];

    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var person = (await Authentication).User;
        var shown = new List<NavigationGroup>();
        foreach (var group in environment.IsDevelopment() ? NavigationLinks.Groups.Append(NavigationLinks.Development) : NavigationLinks.Groups)
        {
            var links = new List<NavigationLink>();
            foreach (var link in group.Links)
            {
                if ((await authorization.AuthorizeAsync(person, link.Permission)).Succeeded)
                    links.Add(link);
            }

            if (links.Count > 0)
                shown.Add(group with { Links = links });
        }

        _shown = shown;
    }
}
