using ConsentPortal.Application.Imports;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>All imports, newest first.</summary>
public sealed partial class ImportsPage(ImportList list, ImportRuns runs, NavigationManager navigation)
{
    private const int PageSize = 50;

    private Application.Imports.ImportPage? _page;

    [SupplyParameterFromQuery(Name = "page")]
    private int PageNumber { get; set; }

    protected override async Task OnParametersSetAsync() =>
        _page = await list.PageAsync(Actor, (Math.Max(1, PageNumber) - 1) * PageSize, PageSize, Closing);

    private void Turn(int page) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("page", page));
}
