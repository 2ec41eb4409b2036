using ConsentPortal.Application.Segments;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>All segments with their rules in words.</summary>
public sealed partial class SegmentsPage(SegmentList segments, NavigationManager navigation) : PortalPage
{
    private IReadOnlyList<SegmentRow>? _rows;
    private IReadOnlyList<ActiveFilter> _active = [];

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public bool Archived { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var all = await segments.AllAsync(Actor, Archived, Closing);
        _rows = string.IsNullOrWhiteSpace(Search) ? all : [.. all.Where(s => Matches(s.Name) || Matches(s.Sentence))];
        _active = string.IsNullOrWhiteSpace(Search) ? [] : [new ActiveFilter("Search", Search, Address(null, Archived))];
    }

    private bool Matches(string text) => text.Contains(Search!.Trim(), StringComparison.OrdinalIgnoreCase);

    private void SearchFor(string? text) => navigation.NavigateTo(Address(text, Archived), replace: true);

    private void ShowArchived(bool archived) => navigation.NavigateTo(Address(Search, archived), replace: true);

    private string Address(string? search, bool archived) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(), ["archived"] = archived ? true : null,
    });
}
