using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
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

    /// <summary>The member of staff who works on it.</summary>
    [SupplyParameterFromQuery]
    public Guid? Worker { get; set; }

    /// <summary>yyyy-MM-dd: due on this day or before.</summary>
    [SupplyParameterFromQuery]
    public string? DueBy { get; set; }

    /// <summary>number lists the latest first; what is due next comes first otherwise.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public int Page { get; set; }

    private PrivacyRequestKind? WantedKind => Read<PrivacyRequestKind>(Kind);

    private PrivacyRequestStatus? WantedStatus => Read<PrivacyRequestStatus>(Status);

    private bool IsByDueDay => Sort switch { "number" => false, "due" => true, _ => Show is null };

    private Guid? Me => Guid.TryParse(Actor.Id, out var id) && Actor.May(Permissions.HandlePrivacyRequests) ? id : null;

    private DateOnly? WantedDay => DateOnly.TryParseExact(DueBy, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string? Text(object? value) => value?.ToString() is { Length: > 0 } text ? text : null;

    private PrivacyRegime? WantedRegime => Read<PrivacyRegime>(Regime);

    protected override async Task OnParametersSetAsync()
    {
        bool? isOpen = Show switch { "closed" => false, "all" => null, _ => true };
        _page = await requests.PageAsync(Actor, new PrivacyRequestQuery(isOpen, WantedKind, WantedStatus, WantedRegime, Overdue, Page, AssigneeId: Worker, DueBy: WantedDay, ByDueDay: IsByDueDay), Closing);
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
        if (Worker is { } worker)
            yield return new ActiveFilter("Works on it", worker == Me ? "me" : (_page is { Rows: [var first, ..] } ? first.Assignee : null) ?? "somebody else", Address("worker", null));
        if (WantedDay is { } day)
            yield return new ActiveFilter("Due by", Figures.Date(day), Address("dueby", null));
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
