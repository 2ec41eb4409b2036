using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>
/// Everybody, masked, a page at a time. Filters stand in the address; what was searched for travels in the history entry,
/// because it may be a number or a name.
/// </summary>
public sealed partial class SubscribersPage(SubscriberList people, PurposeList purposes, ImportDetail imports, NavigationManager navigation)
{
    // More columns than these would push the rest out of sight; the column menu shows the others.
    private const int PurposesShown = 4;

    private MudDataGrid<SubscriberRow>? _grid;
    private SubscriberFilters? _filters;
    private IReadOnlyList<PurposeName> _purposes = [];
    private IReadOnlyList<string> _sources = [];
    private IReadOnlyList<string> _countries = [];
    private IReadOnlyList<ActiveFilter> _active = [];
    private string? _search;
    private int? _total;

    private int PageCount => Math.Max(1, ((_total ?? 0) + SubscriberFilters.PageSize - 1) / SubscriberFilters.PageSize);

    /// <summary>The last one where the address asks for a page behind it, as an old link does.</summary>
    private int ShownPage => Math.Min(_filters!.Page, PageCount);

    private string Showing => _total is not > 0 ? ""
        : $"{Figures.Count((ShownPage - 1) * SubscriberFilters.PageSize + 1)}–{Figures.Count(Math.Min(_total.Value, ShownPage * SubscriberFilters.PageSize))} of {Figures.Count(_total.Value)}";

    protected override async Task OpenAsync()
    {
        _purposes = await purposes.NamesAsync(Actor, Closing);
        _sources = await people.SourcesAsync(Actor, Closing);
        _countries = await people.CountriesAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.Subscribers, ShowAddressAsync);
    }

    private async Task ShowAddressAsync()
    {
        await ReadAddressAsync();
        await ReloadAsync();
    }

    private async Task ReadAddressAsync()
    {
        _filters = SubscriberFilters.From(navigation.Uri);
        // A link of this page carries no history entry: the search goes on under other filters, and ends with the last of them.
        _search = navigation.HistoryEntryState is { Length: > 0 } typed ? typed : _filters == new SubscriberFilters() ? null : _search;
        _active = await ActiveAsync(_filters with { Page = 1 });
    }

    private async Task<IReadOnlyList<ActiveFilter>> ActiveAsync(SubscriberFilters filters)
    {
        var active = new List<ActiveFilter>();
        if (filters.Purpose is { } purpose)
            active.Add(new ActiveFilter("Purpose", PurposeName(purpose), (filters with { Purpose = null }).Address));
        if (filters.Status is { } status)
            active.Add(new ActiveFilter("Standing", Meanings.Of(status).Word, (filters with { Status = null }).Address));
        if (filters.Country is { } country)
            active.Add(new ActiveFilter("Country", PersonWords.Country(country), (filters with { Country = null }).Address));
        if (filters.Source is { } source)
            active.Add(new ActiveFilter("Source", source, (filters with { Source = null }).Address));
        if (filters.Frequency is { } frequency)
            active.Add(new ActiveFilter("Frequency", PersonWords.Of(frequency), (filters with { Frequency = null }).Address));
        if (filters.Number is { } number)
            active.Add(new ActiveFilter("Number", PersonWords.Of(number).Word, (filters with { Number = null }).Address));
        if (filters.Import is { } import)
            active.Add(new ActiveFilter("Import", await ImportNameAsync(import), (filters with { Import = null }).Address));
        if (filters.Wording is not null)
            active.Add(new ActiveFilter("Agreed to", "one version of the words", (filters with { Wording = null }).Address));
        return active;
    }

    private async Task<string> ImportNameAsync(Domain.Subscribers.ImportBatchId id) =>
        Actor.May(Permissions.ImportSubscribers) && (await imports.GetAsync(Actor, id, Closing)).TryGet(out var import, out _) ? import.FileName : "one list";

    private async Task<GridData<SubscriberRow>> LoadAsync(GridState<SubscriberRow> state, CancellationToken cancellationToken)
    {
        var page = await people.PageAsync(Actor, _filters!.Query(_search), cancellationToken);
        _total = page.Total;
        StateHasChanged();
        return new GridData<SubscriberRow> { Items = page.Rows, TotalItems = page.Total };
    }

    private async Task ReloadAsync()
    {
        if (_grid is not null)
            await _grid.ReloadServerData();
    }

    private void Show(SubscriberFilters filters) => Turn(filters with { Page = 1 });

    private void Turn(SubscriberFilters filters) => navigation.NavigateTo(filters.Address, new NavigationOptions { HistoryEntryState = _search });

    private void SearchFor(string? text)
    {
        _search = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        navigation.NavigateTo((_filters! with { Page = 1 }).Address, new NavigationOptions { HistoryEntryState = _search, ReplaceHistoryEntry = true });
    }

    private string PurposeName(PurposeId? id) => _purposes.FirstOrDefault(p => p.Id == id)?.Name ?? "";

    private bool IsFurther(PurposeName purpose) => _purposes.Where(p => !p.IsRetired).Skip(PurposesShown).Contains(purpose);

    private static ConsentStatus? StatusOf(SubscriberRow person, PurposeId purpose) =>
        person.Consents.FirstOrDefault(c => c.PurposeId == purpose)?.Status is { } status and not ConsentStatus.None ? status : null;
}
