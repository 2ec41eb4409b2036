using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Differences;

/// <summary>Numbers about which the provider and the portal don't agree: filters in the address, each applied here or explained.</summary>
public sealed partial class ProviderDifferencesPage(
    ProviderDifferenceList list, SuppressionList suppressions, CompareNow compare, AskProviderForBlocks ask, ApplyProviderBlock apply, ExplainDifference explain, NavigationManager navigation)
{
    private DifferenceFilters? _filters;
    private ProviderDifferenceCounts? _counts;
    private ProviderDifferencePage? _page;
    private ProviderDifferenceRow? _asked;
    private IReadOnlyList<ActiveFilter> _active = [];
    private IReadOnlyList<string> _senders = [];
    private bool _isApply;
    private string _reason = "";
    private Failure? _problem;
    private Failure? _failure;

    protected override async Task OpenAsync()
    {
        _senders = await suppressions.SendersAsync(Actor, Closing);
        await FollowAddressAsync(navigation, Paths.ProviderDifferences, LoadAsync);
    }

    private async Task LoadAsync()
    {
        _filters = DifferenceFilters.From(navigation.Uri);
        _active = [.. Active(_filters with { Before = null })];
        _counts = await list.CountAsync(Actor, Closing);
        _page = await list.PageAsync(Actor, _filters.Query, _filters.Before, Closing);
    }

    private static IEnumerable<ActiveFilter> Active(DifferenceFilters filters)
    {
        if (filters.IsExplained)
            yield return new ActiveFilter("State", "Explained", (filters with { IsExplained = false }).Address);
        if (filters.Evidence is { } evidence)
            yield return new ActiveFilter("Evidence", DifferenceWords.Of(evidence), (filters with { Evidence = null }).Address);
        if (filters.Sender is { } sender)
            yield return new ActiveFilter("Sender", sender, (filters with { Sender = null }).Address);
    }

    private static IReadOnlyList<TabLink> Tabs(ProviderDifferenceCounts counts) =>
    [
        new(nameof(ProviderDifference.BlockedThere), DifferenceWords.Of(ProviderDifference.BlockedThere), counts.BlockedThere),
        new(nameof(ProviderDifference.StoppedHere), DifferenceWords.Of(ProviderDifference.StoppedHere), counts.StoppedHere),
    ];

    private static string About(ProviderDifference side) => side == ProviderDifference.StoppedHere
        ? "The number is stopped here, and the provider still lets texts through: another program with the same sender could text it."
        : "The provider takes no text to the number, and here somebody's consent is in force: texts to them fail and cost trust with the carriers.";

    private static string Nothing(ProviderDifference side) => side == ProviderDifference.StoppedHere
        ? "No text was delivered after a stop, and no stop is missing on a list of the provider. Bring its complete list to compare."
        : "Receipts that report an opt-out end the consent by themselves. What comes from the provider's records or its list shows here first.";

    private static string ExplainHint(ProviderDifference side) => side == ProviderDifference.StoppedHere
        ? "Nothing here starts because the provider lets texts through, and the provider has no door by which a stop could be told: it follows STOP texts, or its support. Say what was found or done."
        : "The consent stays in force, and texts go on failing at the provider until it lifts its block. Say why that is right.";

    private void Show(DifferenceFilters filters) => navigation.NavigateTo((filters with { Before = null }).Address);

    private void Ask(ProviderDifferenceRow row, bool isApply) => (_asked, _isApply, _reason, _problem) = (row, isApply, "", null);

    private void Close() => _asked = null;

    private Task CompareAsync() => RunAsync(async () =>
    {
        if ((await compare.ExecuteAsync(Actor, Closing)).TryGet(out _, out _failure))
            Say("Compared.", Severity.Success);
        await LoadAsync();
    });

    private Task AskAsync() => RunAsync(async () =>
    {
        if ((await ask.ExecuteAsync(Actor, Closing)).TryGet(out var asked, out _failure))
            Say($"In the last {AskProviderForBlocks.LookBack.Days} days the provider refused {Figures.Counted(asked.Refused, "text")} because it blocks the number; {Figures.Counted(asked.Ours, "number is", "numbers are")} of people here.", Severity.Success);
        await LoadAsync();
    });

    private Task ApplyAsync() => RunAsync(async () =>
    {
        if (!(await apply.ExecuteAsync(Actor, _asked!.Id, Closing)).TryGet(out var people, out _problem))
            return;
        Say($"Withdrawn for {Figures.Counted(people, "person", "people")}. The number is on the do-not-text list.", Severity.Success);
        Close();
        await LoadAsync();
    });

    private Task ExplainAsync() => RunAsync(async () =>
    {
        if (!(await explain.ExecuteAsync(Actor, _asked!.Id, _reason, Closing)).TryGet(out _, out _problem))
            return;
        Say("The explanation was kept. The difference stands under “Explained”.", Severity.Success);
        Close();
        await LoadAsync();
    });
}
