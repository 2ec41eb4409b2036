using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Suppressions;

/// <summary>Every number that may not be texted, as hashes: filters in the address, a look-up by the full number, and what staff listed by mistake taken back.</summary>
public sealed partial class SuppressionsPage(SuppressionList list, LiftSuppression lift, NavigationManager navigation)
{
    private SuppressionFilters? _filters;
    private SuppressionPage? _page;
    private SuppressionRow? _asked;
    private IReadOnlyList<ActiveFilter> _active = [];
    private string _number = "";
    private string? _numberProblem;
    private string _reason = "";
    private Failure? _problem;

    protected override async Task OpenAsync()
    {
        await FollowAddressAsync(navigation, Paths.Suppressions, LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filters = SuppressionFilters.From(navigation.Uri);
        _active = [.. Active(_filters with { Before = null })];
        _page = await list.PageAsync(Actor, _filters.Query, _filters.Before, Closing);
    }

    private static IEnumerable<ActiveFilter> Active(SuppressionFilters filters)
    {
        if (filters.Number is { } number)
            yield return new ActiveFilter("Number", number[..Math.Min(10, number.Length)] + "…", (filters with { Number = null }).Address);
        if (filters.Scope is { } scope)
            yield return new ActiveFilter("Reach", PersonWords.Of(scope), (filters with { Scope = null }).Address);
        if (filters.Source is { } source)
            yield return new ActiveFilter("From", SuppressionWords.Of(source), (filters with { Source = null }).Address);
        if (filters.IsInForce is { } inForce)
            yield return new ActiveFilter("State", inForce ? "In force" : "Lifted", (filters with { IsInForce = null }).Address);
    }

    private void Show(SuppressionFilters filters) => navigation.NavigateTo((filters with { Before = null }).Address);

    /// <summary>A number never stands in the address: its keyed hash does.</summary>
    private void FindNumber(string? text)
    {
        _numberProblem = null;
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (!PhoneNumber.Parse(text, null).TryGet(out var phone, out var refused))
        {
            _numberProblem = refused.Message;
            return;
        }

        _number = "";
        Show(_filters! with { Number = list.NumberOf(Actor, phone) });
    }

    private void Ask(SuppressionRow row) => (_asked, _reason, _problem) = (row, "", null);

    private void Close() => _asked = null;

    private Task LiftAsync() => RunAsync(async () =>
    {
        if (!(await lift.ExecuteAsync(Actor, _asked!.Id, _reason, Closing)).TryGet(out _, out _problem))
            return;
        Say("The entry was taken back. The number may be texted again once somebody agrees under it.", MudBlazor.Severity.Success);
        Close();
        await LoadAsync();
    });
}
