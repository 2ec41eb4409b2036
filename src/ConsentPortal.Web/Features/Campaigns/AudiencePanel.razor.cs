using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>How many people the chosen audience is, and who falls away before any rule is asked; counted anew with each choice.</summary>
public sealed partial class AudiencePanel(CampaignAudienceCount count, TimeProvider clock) : IDisposable
{
    /// <summary>Choosing is over when nothing has changed for so long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private AudienceQuestion? _asked;
    private AudienceFigures? _figures;
    private Failure? _problem;
    private CancellationTokenSource? _asking;
    private bool _counting;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>Null while purpose or segment is not chosen.</summary>
    [Parameter, EditorRequired]
    public AudienceQuestion? Question { get; set; }

    /// <summary>Null for everybody.</summary>
    [Parameter]
    public int? AtMost { get; set; }

    /// <summary>In percent.</summary>
    [Parameter]
    public int HoldoutPercent { get; set; }

    public void Dispose()
    {
        _asking?.Cancel();
        _asking?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (Question is { } question ? _asked?.IsAs(question) == true : _asked is null)
            return;
        // Older figures would stand beside choices that they do not belong to.
        Dispose();
        (_asked, _figures, _problem, _counting, _asking) = (Question, null, null, Question is not null, null);
        if (Question is null)
            return;
        _asking = new CancellationTokenSource();
        _ = CountAsync(Question, _asking.Token);
    }

    private async Task CountAsync(AudienceQuestion question, CancellationToken asking)
    {
        try
        {
            await Task.Delay(Pause, clock, asking);
            // The embedded store answers on the thread that asks: away from the circuit, so that typing goes on.
            var counted = await Task.Run(() => count.GetAsync(Actor, question, asking), asking);
            asking.ThrowIfCancellationRequested();
            counted.TryGet(out _figures, out _problem);
            _counting = false;
            StateHasChanged();
        }
        catch (OperationCanceledException) when (asking.IsCancellationRequested)
        {
            // Something else was chosen, or the page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }

    private List<WaterfallStep> StepsOf(AudienceFigures figures)
    {
        var steps = new List<WaterfallStep>();
        if (Question!.Reengages is not null)
            steps.Add(new("active", "Not silent, or not consented, for so long", figures.People - figures.Asked));
        steps.Add(new("unreachable", "Not reachable for this purpose", figures.Asked - figures.Reachable));
        if (Question.Exclude.Count > 0)
            steps.Add(new("left-out", "Left out", figures.LeftOut, Meaning.Withdrawn));
        if (HoldoutPercent > 0)
            steps.Add(new("held-out", "Held out, about", figures.HeldOut(HoldoutPercent), Meaning.Deferred));
        if (AtMost is not null)
            steps.Add(new("above", "Above the number of people", figures.Above(AtMost, HoldoutPercent), Meaning.Deferred));
        return steps;
    }
}
