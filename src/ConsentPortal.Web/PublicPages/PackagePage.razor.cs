using ConsentPortal.Application.PrivacyRequests.Access;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.PublicPages;

/// <summary>The answer to a request for access, behind its link and a code texted to the number.</summary>
public sealed partial class PackagePage(HandOutPackage handOut) : PublicPage
{
    private bool _isThere;
    private bool _isSent;

    /// <summary>Not named as the link of a preference page is, which it is not.</summary>
    [Parameter]
    public string Link { get; set; } = "";

    [SupplyParameterFromQuery]
    public string? Said { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _isThere = (await handOut.FindAsync(Link, Leaving)).IsSuccess;
        if (!_isThere)
            Answer(StatusCodes.Status404NotFound);
    }

    private async Task SendAsync() => _isSent = _isThere && (await handOut.TextCodeAsync(ActorFor("own-data"), Link, Leaving)).IsSuccess;
}
