using ConsentPortal.Application.Breaches;
using ConsentPortal.Web.Components;

namespace ConsentPortal.Web.Features.Breaches;

/// <summary>The register, newest first, with the 72-hour clock of each.</summary>
public sealed partial class BreachesPage(BreachRegister register) : PortalPage
{
    private IReadOnlyList<BreachRow>? _rows;

    protected override async Task OpenAsync() => _rows = await register.AllAsync(Actor, Closing);
}
