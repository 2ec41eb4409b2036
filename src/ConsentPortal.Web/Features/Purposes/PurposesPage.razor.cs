using ConsentPortal.Application.Consent;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>What people can agree to, and how many have.</summary>
public sealed partial class PurposesPage(PurposeList purposes)
{
    private IReadOnlyList<PurposeRow>? _rows;

    protected override async Task OpenAsync() => _rows = await purposes.AllAsync(Actor, Closing);
}
