using System.Collections.Frozen;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>One campaign from draft to results: what it says, what it would do, who agreed, and what came of it.</summary>
public sealed partial class CampaignPage(
    CampaignDetail campaigns, CampaignProgress progress, CampaignFeed feed, CampaignRecipients recipients, CampaignRuns runs, RunDryRun dryRun, CampaignActs acts, SendingStopNotice notice, NavigationManager navigation, TimeProvider clock) : PortalPage
{
    private CampaignView? _campaign;
    private CampaignFigures? _figures;
    private RecipientPage? _recipients;
    private OptOutsOverTime _optOuts = OptOutsOverTime.None;
    private IReadOnlyList<CampaignRun> _runs = [];
    private SendingStop? _stop;
    private Failure? _missing;
    private CancellationTokenSource? _run;
    private Guid? _followed;
    private CancellationTokenSource? _following;
    private int? _judged;
    private bool _startsLate;
    private int? _step;
    private int? _toFocus;
    private ElementReference _contentStep;
    private ElementReference _lintStep;
    private ElementReference _dryRunStep;
    private ElementReference _reviewStep;
    private FrozenSet<string> _confirmed = FrozenSet<string>.Empty;

    [Parameter]
    public Guid Id { get; set; }

    /// <summary>Of the recipients that are listed.</summary>
    [SupplyParameterFromQuery]
    public string? State { get; set; }

    [SupplyParameterFromQuery]
    public string? Reason { get; set; }

    /// <summary>The letter of one of the texts.</summary>
    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    /// <summary>Of the words that people got.</summary>
    [SupplyParameterFromQuery]
    public string? Language { get; set; }

    [SupplyParameterFromQuery]
    public long? After { get; set; }

    /// <summary>At which of the six steps to begin, from 1.</summary>
    [SupplyParameterFromQuery]
    public int? Step { get; set; }

    private RecipientFilter Filter => RecipientFilter.InStates(State) with { Reason = Reason, Variant = RecipientFilter.Letter(Text), After = After, Language = Language };

    private DateTimeOffset Now => clock.GetUtcNow();

    private int ReachedStep => _campaign!.Status switch
    {
        CampaignStatus.Draft or CampaignStatus.ChangesRequested => _campaign.DryRun is { IsCurrent: true } ? CampaignStep.Review : CampaignStep.DryRun,
        CampaignStatus.InReview => CampaignStep.Review,
        CampaignStatus.Finished or CampaignStatus.Cancelled or CampaignStatus.Approved or CampaignStatus.Scheduled or CampaignStatus.Preparing or CampaignStatus.Sending
            or CampaignStatus.Paused or CampaignStatus.Repeating => CampaignStep.Review + 1,
    };

    /// <summary>What is content and was approved, or is read by somebody who may not edit it, stands on this page.</summary>
    private string? AddressOf(int step) =>
        step <= CampaignStep.Timing && _campaign!.CanBeEdited && Actor.May(Permissions.EditCampaigns) ? Paths.CampaignEditor(_campaign.Id, step) : navigation.GetUriWithQueryParameter("step", step);

    /// <summary>The review of a draft begins with what the rules say of it; of what was approved, the content says by whom.</summary>
    private ElementReference PartOf(int step) => step switch
    {
        CampaignStep.DryRun => _dryRunStep,
        CampaignStep.Review when _campaign!.Status is CampaignStatus.InReview => _reviewStep,
        CampaignStep.Review when _campaign!.Status is CampaignStatus.Draft or CampaignStatus.ChangesRequested && _lintStep.Context is not null => _lintStep,
        _ => _contentStep,
    };

    private bool IsLaunched => _campaign!.Status is CampaignStatus.Scheduled or CampaignStatus.Preparing or CampaignStatus.Sending or CampaignStatus.Paused or CampaignStatus.Repeating;

    private bool IsSending => _campaign!.Status is CampaignStatus.Preparing or CampaignStatus.Sending;

    private string? WhyNotEdit => Actor.May(Permissions.EditCampaigns) ? null : "Your role reads campaigns and does not change them.";

    private string? WhyNotSubmit => WhyNotEdit ?? (
        _campaign!.DryRun is not { IsCurrent: true } ? "Run the dry run first: the approver decides on its numbers."
        : _campaign.Findings.Any(f => f.Finding.Severity == LintSeverity.Blocks) ? "A rule forbids the text as it is; edit it first."
        : _campaign.Findings.Any(f => f.Finding.NeedsConfirmation && !_confirmed.Contains(f.Key)) ? "Look at what the rules say of the text, and tick what may stay."
        : null);

    private string? WhyNotRelease =>
        !Actor.May(Permissions.ApproveCampaigns) ? "Your role does not approve campaigns."
        : Guid.TryParse(Actor.Id, out var me) && _campaign!.IsWorkOf(me) ? "You wrote in it or submitted it, so a second person has to look."
        : null;

    private bool IsPastStart => _campaign is { Status: CampaignStatus.Paused, WaitsForStart: true } campaign && campaign.StartAt <= Now;

    private string? WhyNotResume => WhyNotSend ?? (IsPastStart && !_startsLate ? "Its start has passed: tick that it may begin at once, or take it back to draft." : null);

    private string? WhyNotSend => Actor.May(Permissions.SendCampaigns) ? null : "Your role does not send campaigns.";

    protected override async Task OnParametersSetAsync()
    {
        var isAnother = _followed != Id;
        if (isAnother || _step != Step)
            (_step, _toFocus) = (Step, CampaignStep.Of(Step));
        if (isAnother)
            (_optOuts, _startsLate) = (OptOutsOverTime.None, false);
        await LoadAsync();
        // One page may show one campaign after another, such as the runs of a series.
        if (!isAnother || _campaign is null)
            return;
        _followed = Id;
        _following?.Cancel();
        _following = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        _ = FollowAsync(new CampaignId(Id), _following.Token);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_toFocus is not { } step || _campaign?.Id.Value != Id || PartOf(step).Context is null)
            return;
        _toFocus = null;
        await PartOf(step).FocusAsync();
    }

    protected override void Dispose(bool disposing)
    {
        _run?.Cancel();
        _following?.Cancel();
        _following?.Dispose();
        base.Dispose(disposing);
    }

    private async Task LoadAsync()
    {
        var id = new CampaignId(Id);
        if (!(await campaigns.GetAsync(Actor, id, Closing)).TryGet(out _campaign, out _missing))
            return;
        _stop = IsSending ? await notice.FindAsync(Actor, Closing) : null;
        _runs = _campaign.Repeats is null ? [] : await runs.LatestAsync(Actor, id, Closing);
        await TakeAsync((await progress.GetAsync(Actor, id, Closing)).Value);
        _recipients = _figures!.Texts == 0 ? null : await recipients.PageAsync(Actor, new RecipientQuery(id, Filter.State, Filter.Reason, Filter.After) { IsUndelivered = Filter.IsUndelivered, Variant = Filter.Variant, Language = Filter.Language }, Closing);
    }

    /// <summary>Shows the figures as they are pushed, until the page is left or shows another campaign; loads the rest again when the campaign itself was changed.</summary>
    private async Task FollowAsync(CampaignId id, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var news in feed.FollowAsync(Actor, id, cancellationToken))
                await InvokeAsync(() => ShowAsync(id, news));
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }

    private async Task ShowAsync(CampaignId id, CampaignNews news)
    {
        if (Busy || _campaign?.Id != id)
            return;
        _stop = IsSending ? news.Stop : null;
        if (news.Version != _campaign.Version || _figures is { Texts: 0 } != (news.Figures.Texts == 0))
            await LoadAsync();
        else
            await TakeAsync(news.Figures);
        StateHasChanged();
    }

    private async Task TakeAsync(CampaignFigures figures)
    {
        _figures = figures;
        // Read again only when somebody more has left.
        if (figures.OptOuts != _optOuts.Hours.Sum(hour => hour.People))
            _optOuts = await progress.OptOutsAsync(Actor, new CampaignId(Id), Closing);
    }

    private Task DryRunAsync() => RunAsync(async () =>
    {
        using var run = _run = CancellationTokenSource.CreateLinkedTokenSource(Closing);
        try
        {
            _judged = 0;
            Tell(await dryRun.ExecuteAsync(Actor, _campaign!.Id, new Progress<int>(Judged), run.Token), "The dry run is done. Nothing was sent.");
        }
        catch (OperationCanceledException) when (!Closing.IsCancellationRequested)
        {
            Say("The dry run was stopped. Nothing of it was kept.");
        }
        finally
        {
            (_run, _judged) = (null, null);
        }

        await LoadAsync();
    });

    private void Judged(int people)
    {
        if (_run is null)
            return;
        _judged = people;
        _ = InvokeAsync(StateHasChanged);
    }

    private void Confirm((string Key, bool IsConfirmed) tick) =>
        _confirmed = (tick.IsConfirmed ? _confirmed.Append(tick.Key) : _confirmed.Where(key => key != tick.Key)).ToFrozenSet(StringComparer.Ordinal);

    private void StopDryRun() => _run?.Cancel();

    private Task SubmitAsync() => ActAsync((id, token) => acts.Submit.ExecuteAsync(Actor, id, _confirmed, token), "The campaign was sent to review.");

    private Task ApproveAsync() => ActAsync((id, token) => acts.Approve.ExecuteAsync(Actor, id, _campaign!.ContentHash, token), "The campaign is approved.");

    private Task RequestChangesAsync(string reason) => ActAsync((id, token) => acts.RequestChanges.ExecuteAsync(Actor, id, reason, token), "The author was asked for changes.");

    private Task LaunchAsync() => ActAsync((id, token) => acts.Launch.ExecuteAsync(Actor, id, token), "The campaign is on its way.");

    private Task ResumeAsync() => ActAsync((id, token) => acts.Resume.ExecuteAsync(Actor, id, _startsLate, token), "The campaign goes on.");

    private Task TakeBackAsync(string reason) => ActAsync((id, token) => acts.TakeBack.ExecuteAsync(Actor, id, reason, token), "The campaign is a draft again; it needs a new approval.");

    private Task ReleaseAsync() => ActAsync((id, token) => acts.Release.ExecuteAsync(Actor, id, token), "The run goes, and later audiences are compared with this one.");

    private Task PauseAsync(string reason) => ActAsync((id, token) => acts.Pause.ExecuteAsync(Actor, id, reason, token), "The campaign is paused.");

    private Task CancelAsync(string reason) => ActAsync((id, token) => acts.Cancel.ExecuteAsync(Actor, id, reason, token), "The campaign was cancelled; what waited is skipped.");

    private Task ActAsync(Func<CampaignId, CancellationToken, Task<Result<Done>>> act, string success) => RunAsync(async () =>
    {
        Tell(await act(_campaign!.Id, Closing), success);
        await LoadAsync();
    });

    private string Address(RecipientFilter filter) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["state"] = filter.StateText, ["reason"] = filter.Reason, ["text"] = filter.Variant?.ToString(), ["language"] = filter.Language, ["after"] = filter.After,
    });
}
