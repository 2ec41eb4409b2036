using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Bulk;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>
/// The queue of requests, the next due first, and acts on many of them at once. Filters stand in the address; what was searched
/// for travels in the history entry, because it may be a number or a name.
/// </summary>
public sealed partial class PrivacyRequestsPage(PrivacyRequestList requests, AssignRequest assign, NavigationManager navigation) : PortalPage
{
    private readonly HashSet<PrivacyRequestId> _selected = [];
    private RequestFilters? _filters;
    private PrivacyRequestQueue? _page;
    private RequestChoices _choices = new([], []);
    private IReadOnlyList<RequestWorker> _workers = [];
    private IReadOnlyList<ActiveFilter> _active = [];
    private string? _search;

    private Guid? Me => Guid.TryParse(Actor.Id, out var id) && Actor.May(Permissions.HandlePrivacyRequests) ? id : null;

    private bool MayWork => Actor.May(Permissions.HandlePrivacyRequests);

    private bool IsPageSelected => _page is { Rows.Count: > 0 } page && page.Rows.All(r => _selected.Contains(r.Id));

    private int SelectableCount => Math.Min(_page?.Total ?? 0, EachRequest.Most);

    private bool IsFiltered => _filters is { AreNone: false } || _search is not null;

    /// <summary>Who works here now, and whoever stands in the address although they don't any more.</summary>
    private IEnumerable<Guid> Workers => _workers.Select(w => w.Id).Concat(_filters?.Worker is { } worker && _workers.All(w => w.Id != worker) ? [worker] : []);

    private IEnumerable<string> Countries => _choices.Places.Select(p => p.Country).Distinct().OrderBy(PersonWords.Country, StringComparer.InvariantCulture);

    private IReadOnlyList<string> States => [.. _choices.Places.Where(p => p.Country == _filters?.Country).Select(p => p.State).OfType<string>()];

    protected override async Task OpenAsync()
    {
        _choices = await requests.ChoicesAsync(Actor, Closing);
        _workers = await assign.WorkersAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.PrivacyRequests, ShowAddressAsync);
    }

    private async Task ShowAddressAsync()
    {
        var filters = RequestFilters.From(navigation.Uri);
        // A link of this page carries no history entry: the search goes on under other filters, and ends with the last of them.
        var search = navigation.HistoryEntryState is { Length: > 0 } typed ? typed : filters == new RequestFilters() ? null : _search;
        // What is out of sight must not be acted on unnoticed; another page or order of the same list is in sight.
        if (search != _search || filters with { Page = 0, Sort = null } != (_filters ?? filters) with { Page = 0, Sort = null })
            _selected.Clear();
        (_filters, _search) = (filters, search);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        _page = await requests.PageAsync(Actor, _filters!.Query(_search), Closing);
        _active = [.. Active(_filters with { Page = 0 })];
    }

    private IEnumerable<ActiveFilter> Active(RequestFilters filters)
    {
        if (filters.Kind is { } kind)
            yield return new ActiveFilter("Kind", RequestWords.Of(kind), (filters with { Kind = null }).Address);
        if (filters.Status is { } status)
            yield return new ActiveFilter("Status", RequestWords.Of(status).Word, (filters with { Status = null }).Address);
        if (filters.Regime is { } regime)
            yield return new ActiveFilter("Law", RequestWords.Of(regime), (filters with { Regime = null }).Address);
        if (filters.Country is { } country)
            yield return new ActiveFilter("Country", PersonWords.Country(country), (filters with { Country = null, State = null }).Address);
        if (filters.State is { } state)
            yield return new ActiveFilter("State", state, (filters with { State = null }).Address);
        if (filters.Source is { } source)
            yield return new ActiveFilter("Came by", source, (filters with { Source = null }).Address);
        if (filters.IsUnassigned || filters.Worker is not null)
            yield return new ActiveFilter("Works on it", WorkerName(filters.Worker), (filters with { Worker = null, IsUnassigned = false }).Address);
        foreach (var day in ActiveDays(filters))
            yield return day;
        if (filters.IsUnverified)
            yield return new ActiveFilter("Identity", "unverified", (filters with { IsUnverified = false }).Address);
        if (filters.IsUnconfirmed)
            yield return new ActiveFilter("Receipt", "to be confirmed", (filters with { IsUnconfirmed = false }).Address);
        if (filters.HasLetter)
            yield return new ActiveFilter("Letter", "to be sent", (filters with { HasLetter = false }).Address);
        if (filters.IsUnrecorded)
            yield return new ActiveFilter("Record", "none", (filters with { IsUnrecorded = false }).Address);
        if (filters.IsTwice)
            yield return new ActiveFilter("Asked", "twice", (filters with { IsTwice = false }).Address);
    }

    private static IEnumerable<ActiveFilter> ActiveDays(RequestFilters filters)
    {
        if (filters.IsOverdue)
            yield return new ActiveFilter("Due", "overdue", (filters with { IsOverdue = false }).Address);
        if (filters.DueBy is { } day)
            yield return new ActiveFilter("Due by", Figures.Date(day), (filters with { DueBy = null }).Address);
        if (filters.ReceivedFrom is { } from)
            yield return new ActiveFilter("Received from", Figures.Date(from), (filters with { ReceivedFrom = null }).Address);
        if (filters.ReceivedTo is { } to)
            yield return new ActiveFilter("Received to", Figures.Date(to), (filters with { ReceivedTo = null }).Address);
    }

    private string WorkerName(Guid? worker) =>
        worker is null ? "nobody yet" : worker == Me ? "me"
        : _workers.FirstOrDefault(w => w.Id == worker)?.Name ?? _page?.Rows.FirstOrDefault(r => r.AssigneeId == worker)?.Assignee ?? "somebody else";

    private static string Place(PrivacyRequestRow row) => row.State is { Length: > 0 } state ? $"{state}, {row.Region}" : PersonWords.Country(row.Region);

    private void Show(RequestFilters filters) => navigation.NavigateTo((filters with { Page = 0 }).Address, new NavigationOptions { HistoryEntryState = _search });

    private void SearchFor(string? text)
    {
        var search = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (search != _search)
            _selected.Clear();
        _search = search;
        navigation.NavigateTo((_filters! with { Page = 0 }).Address, new NavigationOptions { HistoryEntryState = _search, ReplaceHistoryEntry = true });
    }

    private void Select(PrivacyRequestId id, bool isSelected)
    {
        if (isSelected)
            _selected.Add(id);
        else
            _selected.Remove(id);
    }

    private void SelectPage(bool isSelected)
    {
        foreach (var row in _page!.Rows)
            Select(row.Id, isSelected);
    }

    private async Task SelectAllAsync()
    {
        _selected.Clear();
        _selected.UnionWith(await requests.IdsAsync(Actor, _filters!.Query(_search), EachRequest.Most, Closing));
    }

    /// <summary>What was refused stays selected, so that something else can be done with it.</summary>
    private async Task ActedAsync(BulkOutcome outcome)
    {
        _selected.IntersectWith(outcome.Refused.Select(r => r.Id));
        await LoadAsync();
    }
}
