using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Doubts;

/// <summary>Texts of which nobody knows whether they left: filters in the address, settled one by one or a whole campaign at once.</summary>
public sealed partial class TextsInDoubtPage(DoubtList list, SettleDoubts settle, NavigationManager navigation)
{
    private DoubtFilters? _filters;
    private DoubtCounts? _counts;
    private DoubtPage? _page;
    private Asked? _asked;
    private string _grounds = "";
    private Failure? _problem;

    private string? WhyNot => ReasonNeeded.IsMetBy(_grounds) ? null : "Say how you know.";

    protected override Task OpenAsync() => FollowAddressAsync(navigation, Paths.TextsInDoubt, LoadAsync);

    private async Task LoadAsync()
    {
        _filters = DoubtFilters.From(navigation.Uri);
        _counts = await list.CountAsync(Actor, _filters.Campaign, Closing);
        _page = await list.PageAsync(Actor, _filters.Query, _filters.Before, Closing);
    }

    private static IReadOnlyList<TabLink> Tabs(DoubtCounts counts) =>
    [
        new(nameof(DoubtStage.Waiting), DoubtWords.Of(DoubtStage.Waiting), counts.Waiting),
        new(nameof(DoubtStage.LookedUp), DoubtWords.Of(DoubtStage.LookedUp), counts.LookedUp),
        new(nameof(DoubtStage.Settled), DoubtWords.Of(DoubtStage.Settled), counts.Settled),
    ];

    private static string About(DoubtStage stage) => stage switch
    {
        DoubtStage.Waiting => "Ask the provider's support, look into its dashboard, or ask whoever should have got the text. Until somebody settles them they count as sent.",
        DoubtStage.LookedUp => "For a day the portal asks the provider's records about them by the reference that it gave each. Most are settled so, or by a receipt.",
        DoubtStage.Settled => "What a person said, with their reason. Where a receipt came afterwards, it counts.",
    };

    private static string Nothing(DoubtStage stage) => stage switch
    {
        DoubtStage.Waiting => "No text waits to be settled",
        DoubtStage.LookedUp => "No text is being looked up",
        DoubtStage.Settled => "No text was settled by hand",
    };

    /// <returns>The state that a receipt has brought since a person settled the text; null while their word stands.</returns>
    private static MessageState? Overtaken(DoubtRow row) => row.IsByHand ? null : row.State;

    private void Ask(DoubtRow row) => Open(new Asked(
        "Settle a text", new DoubtsToSettle.Text(row.Id), $"{row.Campaign ?? row.Purpose}, to {row.MaskedPhone}. {DoubtWords.Of(row.Cause)}. {DoubtWords.Looked(row)}."));

    private void AskAll()
    {
        if (_filters is not { Campaign: { } campaign } || _page is not { Rows: [var first, ..] } page)
            return;
        Open(new Asked($"Settle {Figures.Counted(page.Total, "text")}", new DoubtsToSettle.AllOf(campaign), $"All texts of {first.Campaign} that the provider's records did not know within a day. One answer for all of them."));
    }

    private void Open(Asked asked) => (_asked, _grounds, _problem) = (asked, "", null);

    private void Close() => _asked = null;

    private Task SettleAsync(DoubtSettlement settlement) => RunAsync(async () =>
    {
        if (!(await settle.ExecuteAsync(Actor, _asked!.Which, settlement, _grounds, Closing)).TryGet(out var count, out _problem))
            return;
        Say($"{Figures.Counted(count, "text is", "texts are")} settled: {DoubtWords.Of(settlement).Word.ToLowerInvariant()}.", Severity.Success);
        Close();
        await LoadAsync();
    });

    private sealed record Asked(string Title, DoubtsToSettle Which, string What);
}
