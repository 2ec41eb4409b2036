using ConsentPortal.Application.Policy;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The history of the policy, and what differs between any two versions; which two stands in the address.</summary>
public sealed partial class PolicyVersionsPage(PolicyVersions versions, NavigationManager navigation)
{
    private IReadOnlyList<PolicyView> _versions = [];
    private IReadOnlyList<FieldChange> _changes = [];
    private int _from;
    private int _to;

    [SupplyParameterFromQuery]
    public int? From { get; set; }

    [SupplyParameterFromQuery]
    public int? To { get; set; }

    protected override async Task OpenAsync() => _versions = await versions.ListAsync(Actor, Closing);

    protected override void OnParametersSet()
    {
        if (_versions.Count == 0)
            return;
        var newest = _versions[0];
        _to = Known(To) ?? newest.Number;
        _from = Known(From) ?? newest.BaseVersion ?? newest.Number;
        _changes = PolicyWords.Differences(_versions.First(v => v.Number == _from).Policy, _versions.First(v => v.Number == _to).Policy);
    }

    private int? Known(int? number) => _versions.Any(v => v.Number == number) ? number : null;

    private void Show(int from, int to) => navigation.NavigateTo(Paths.PolicyDifference(from, to), replace: true);

    private string Name(int number) => _versions.FirstOrDefault(v => v.Number == number) is { } version
        ? $"Version {number} · {PolicyWords.Of(version.Status).Word.ToLowerInvariant()}" : "";
}
