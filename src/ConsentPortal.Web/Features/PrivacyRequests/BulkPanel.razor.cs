using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Bulk;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>
/// Acts on the selected requests at once, and what came of them. Nothing that decides about a person is among them: who asks is
/// verified, and an erasure approved, one by one.
/// </summary>
public sealed partial class BulkPanel(AssignRequests assign, ExtendRequests extend, CommentOnRequests comment, CloseDuplicates close)
{
    private static readonly (BulkAct Act, string Text, string Icon)[] Choices =
    [
        (BulkAct.Assign, "Assign", Icons.Material.Outlined.AssignmentInd), (BulkAct.Extend, "Take more time", Icons.Material.Outlined.MoreTime),
        (BulkAct.Comment, "Comment", Icons.Material.Outlined.ChatBubbleOutline), (BulkAct.Close, "Close duplicates", Icons.Material.Outlined.CallMerge),
    ];

    private BulkAct? _act;
    private Guid? _worker;
    private string _words = "";
    private BulkOutcome? _outcome;
    private BulkAct _done;
    private Failure? _problem;
    private CancellationTokenSource? _stopping;
    private int _through;
    private int _total;

    private enum BulkAct
    {
        Assign,
        Extend,
        Comment,
        Close,
    }

    [Parameter, EditorRequired]
    public required IReadOnlySet<PrivacyRequestId> Selected { get; set; }

    /// <summary>How many of the filtered set one act can take.</summary>
    [Parameter]
    public int Selectable { get; set; }

    /// <summary>How many the filtered set has.</summary>
    [Parameter]
    public int Total { get; set; }

    [Parameter]
    public IReadOnlyList<RequestWorker> Workers { get; set; } = [];

    [Parameter]
    public EventCallback OnSelectAll { get; set; }

    [Parameter]
    public EventCallback OnClear { get; set; }

    [Parameter]
    public EventCallback<BulkOutcome> OnDone { get; set; }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stopping?.Cancel();
        base.Dispose(disposing);
    }

    private void Choose(BulkAct act) => (_act, _words, _problem) = (_act == act ? null : act, "", null);

    private Task ClearAsync()
    {
        (_act, _problem) = (null, null);
        return OnClear.InvokeAsync();
    }

    private Task AssignAsync() => ActAsync(BulkAct.Assign, (ids, progress, stop) => assign.ExecuteAsync(Actor, ids, _worker, progress, stop));

    private Task ExtendAsync() => ActAsync(BulkAct.Extend, (ids, progress, stop) => extend.ExecuteAsync(Actor, ids, _words.Trim(), progress, stop));

    private Task CommentAsync() => ActAsync(BulkAct.Comment, (ids, progress, stop) => comment.ExecuteAsync(Actor, ids, _words, progress, stop));

    private Task CloseAsync() => ActAsync(BulkAct.Close, (ids, progress, stop) => close.ExecuteAsync(Actor, ids, progress, stop));

    private Task ActAsync(BulkAct act, Func<IReadOnlyCollection<PrivacyRequestId>, IProgress<int>, CancellationToken, Task<Result<BulkOutcome>>> run) => RunAsync(async () =>
    {
        IReadOnlyList<PrivacyRequestId> ids = [.. Selected];
        (_outcome, _problem, _through, _total) = (null, null, 0, ids.Count);
        using var stopping = _stopping = new CancellationTokenSource();
        try
        {
            // Away from the circuit's thread, so that the page shows how far it is and can be told to stop.
            var result = await Task.Run(() => run(ids, new Told(this), stopping.Token), CancellationToken.None);
            if (!result.TryGet(out var outcome, out _problem))
                return;
            (_outcome, _done, _act, _words) = (outcome, act, null, "");
            await OnDone.InvokeAsync(outcome);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            Say("You stopped before anything was done.");
        }
        finally
        {
            (_stopping, _total) = (null, 0);
        }
    });

    private void Stop() => _stopping?.Cancel();

    private string Sentence(BulkOutcome outcome) => string.Join(' ', Sentences(outcome));

    private IEnumerable<string> Sentences(BulkOutcome outcome)
    {
        var requests = outcome.Done == 0 ? "No request" : Figures.Counted(outcome.Done, "request");
        var isOne = outcome.Done < 2;
        yield return _done switch
        {
            BulkAct.Assign => $"{requests} {(isOne ? "was" : "were")} assigned anew.",
            BulkAct.Extend => $"{requests} {(isOne ? "gets" : "get")} more time{(outcome.Done == 0 ? "" : outcome.Done == 1 ? " once the letter is sent" : " once the letters are sent")}.",
            BulkAct.Comment => $"{requests} got the comment.",
            BulkAct.Close => $"{requests} {(isOne ? "was" : "were")} closed as {(isOne ? "a duplicate" : "duplicates")}.",
        };
        if (outcome.Kept > 0)
            yield return $"{Figures.Count(outcome.Kept)} came in first and {(outcome.Kept == 1 ? "goes" : "go")} on.";
        if (outcome.Refused.Count > 0)
            yield return $"{Figures.Count(outcome.Refused.Count)} {(outcome.Refused.Count == 1 ? "was" : "were")} left as {(outcome.Refused.Count == 1 ? "it is" : "they are")}:";
    }

    /// <summary>Shows how far an act is.</summary>
    private sealed class Told(BulkPanel panel) : IProgress<int>
    {
        public void Report(int value)
        {
            panel._through = value;
            _ = panel.InvokeAsync(panel.StateHasChanged);
        }
    }
}
