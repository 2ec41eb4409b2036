using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Inbox;

/// <summary>Texts from handsets that need a person, oldest first, and what was decided on the others.</summary>
public sealed partial class InboxPage(OpenInbox inbox, DecideInbound decide, NavigationManager navigation)
{
    private const string Waiting = "waiting";
    private const string ToCheck = "to-check";

    // Whoever's texts were shown: tabs, pages and decisions of this visit leave no second entry in the audit trail.
    private readonly HashSet<SubscriberId> _seen = [];
    private Application.Messaging.InboxPage? _page;
    private IReadOnlyList<TabLink> _tabs = [];

    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int PageNumber { get; set; }

    private string Current => State is ToCheck or "opt-outs" or "no-action" or "all" ? State : Waiting;

    private ReviewState? Wanted => Current switch
    {
        ToCheck => ReviewState.ToCheck,
        "opt-outs" => ReviewState.TakenAsOptOut,
        "no-action" => ReviewState.NoAction,
        "all" => null,
        _ => ReviewState.Waiting,
    };

    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        _page = await inbox.ExecuteAsync(Actor, new InboxQuery(Wanted, Math.Max(1, PageNumber) - 1), _seen, Closing);
        _tabs = [new TabLink(Waiting, "Waiting", _page.Waiting), new TabLink(ToCheck, "To check", _page.ToCheck), new TabLink("opt-outs", "Taken as opt-out"), new TabLink("no-action", "No action"), new TabLink("all", "All texts")];
    }

    private Task DecideAsync(InboxRow text, InboundOutcome outcome) => RunAsync(async () =>
    {
        Tell(await decide.ExecuteAsync(Actor, text.Id, outcome, Closing), outcome switch
        {
            InboundOutcome.TakeAsOptOut => "Taken as an opt-out. Nothing more is sent to this person.",
            InboundOutcome.NoAction => "No action was needed. Texts may go on.",
            InboundOutcome.ReadRightly => "Kept as an opt-out.",
            InboundOutcome.Misread => SaysWrongNumber(text) ? "Noted. The number counts as somebody else's all the same." : "Noted. The stop stays until the person texts START: ask them to.",
        });
        await LoadAsync();
    });

    // Whoever has the number now has stopped nothing of the one who agreed, so that no START of theirs takes it back.
    private static bool SaysWrongNumber(InboxRow text) => text.Rule == "US-26";

    private static string IfWrong(InboxRow text) => SaysWrongNumber(text)
        ? "The number counts as somebody else's from now on, and no START changes that."
        : "If that was wrong, ask the person to text START: nobody else may lift their stop.";

    private static string Read(InboxRow text) => $"{MessageWords.Taken(text.Taken)}{(text.Tier is { } tier ? $" by {tier}" : "")}{(text.Rule is { } rule ? $", {rule}" : "")}";

    private static string Address(string state) => state == Waiting ? Paths.Inbox : $"{Paths.Inbox}?state={state}";

    private void Turn(int page) => navigation.NavigateTo(navigation.GetUriWithQueryParameter("page", page));
}
