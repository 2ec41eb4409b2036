using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The queue of requests, the next due first.</summary>
public sealed partial class PrivacyRequestsPage(PrivacyRequestList requests, NavigationManager navigation) : PortalPage
{
    private PrivacyRequestQueue? _page;
    private IReadOnlyList<ActiveFilter> _active = [];

    /// <summary>closed or all; open ones otherwise.</summary>
    [SupplyParameterFromQuery]
    public string? Show { get; set; }

    [SupplyParameterFromQuery]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    [SupplyParameterFromQuery]
    public string? Regime { get; set; }

    [SupplyParameterFromQuery]
    public bool Overdue { get; set; }

    [SupplyParameterFromQuery]
    public int Page { get; set; }

    private PrivacyRequestKind? WantedKind => Read<PrivacyRequestKind>(Kind);

    private PrivacyRequestStatus? WantedStatus => Read<PrivacyRequestStatus>(Status);

    private PrivacyRegime? WantedRegime => Read<PrivacyRegime>(Regime);

    protected override async Task OnParametersSetAsync()
    {
        bool? isOpen = Show switch { "closed" => false, "all" => null, _ => true };
        _page = await requests.PageAsync(Actor, new PrivacyRequestQuery(isOpen, WantedKind, WantedStatus, WantedRegime, Overdue, Page), Closing);
        _active = [.. Filters()];
    }

    private static T? Read<T>(string? text) where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private IEnumerable<ActiveFilter> Filters()
    {
        if (WantedKind is { } kind)
            yield return new ActiveFilter("Kind", RequestWords.Of(kind), Address("kind", null));
        if (WantedStatus is { } status)
            yield return new ActiveFilter("Status", RequestWords.Of(status).Word, Address("status", null));
        if (WantedRegime is { } regime)
            yield return new ActiveFilter("Law", RequestWords.Of(regime), Address("regime", null));
        if (Overdue)
            yield return new ActiveFilter("Due", "overdue", Address("overdue", null));
    }

    private string? Shows(string? what) => (Show ?? "") == (what ?? "") ? "true" : null;

    private void Go(string name, string? value) => navigation.NavigateTo(Address(name.ToLowerInvariant(), value?.ToLowerInvariant()));

    /// <summary>The same list with one thing changed; a change of filter goes back to the first page.</summary>
    private string Address(string name, string? value)
    {
        var changes = new Dictionary<string, object?> { [name] = value };
        changes.TryAdd("page", null);
        return navigation.GetUriWithQueryParameters(changes);
    }
}
