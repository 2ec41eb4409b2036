using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>All campaigns, by status and name.</summary>
public sealed partial class CampaignsPage(CampaignList campaigns, SendingStopNotice notice, NavigationManager navigation) : PortalPage
{
    private CampaignListPage? _page;
    private IReadOnlyList<ActiveFilter> _active = [];
    private SendingStop? _stop;

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [SupplyParameterFromQuery]
    public int Page { get; set; }

    private CampaignStatus? Wanted => Enum.TryParse<CampaignStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _stop = await notice.FindAsync(Actor, Closing);
        _page = await campaigns.PageAsync(Actor, new CampaignQuery(Wanted, Page, Search), Closing);
        _active =
        [
            .. Wanted is { } status ? [new ActiveFilter("Status", CampaignWords.Of(status).Word, Address(null, 0))] : Array.Empty<ActiveFilter>(),
            .. string.IsNullOrWhiteSpace(Search) ? Array.Empty<ActiveFilter>() : [new ActiveFilter("Search", Search, Address(Wanted, 0, null))],
        ];
    }

    private void SearchFor(string? text) => navigation.NavigateTo(Address(Wanted, 0, text), replace: true);

    private string Address(CampaignStatus? status, int page) => Address(status, page, Search);

    private string Address(CampaignStatus? status, int page, string? search) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["status"] = status?.ToString().ToLowerInvariant(), ["search"] = string.IsNullOrWhiteSpace(search) ? null : search.Trim(), ["page"] = page > 0 ? page : null,
    });
}
