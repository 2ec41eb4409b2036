using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>How many suspect numbers there are, what it costs to ask the provider about them, and how far the asking is.</summary>
public sealed partial class SuspectNumbersPanel(LookUpSuspectNumbers lookUp)
{
    private readonly CancellationTokenSource _stop = new();
    private SuspectNumbers? _numbers;
    private LookedUpSuspects? _found;
    private Failure? _problem;
    private int? _asked;
    private int _of;

    [Parameter]
    public EventCallback OnChange { get; set; }

    protected override async Task OpenAsync() => _numbers = await lookUp.CountAsync(Actor, Closing);

    private Task LookUpAsync() => RunAsync(async () =>
    {
        (_found, _problem, _asked, _of) = (null, null, 0, _numbers!.ToAsk);
        try
        {
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(Closing, _stop.Token);
            if (!(await lookUp.ExecuteAsync(Actor, _of, Show, ending.Token)).TryGet(out _found, out _problem))
                return;
            _numbers = await lookUp.CountAsync(Actor, Closing);
            await OnChange.InvokeAsync();
        }
        finally
        {
            _asked = null;
        }
    });

    private void Stop() => _stop.Cancel();

    private void Show(int asked) => _ = InvokeAsync(() =>
    {
        _asked = asked;
        StateHasChanged();
    });

    private static string Sentence(LookedUpSuspects found)
    {
        List<string> parts = [];
        if (found.Usable > 0)
            parts.Add($"{Figures.Count(found.Usable)} reached, texted again from now on");
        if (found.Invalid > 0)
            parts.Add($"{Figures.Count(found.Invalid)} that can't exist, not texted any more");
        if (found.Suspect > 0)
            parts.Add($"{Figures.Count(found.Suspect)} not reached, still suspect");
        if (found.Unanswered > 0)
            parts.Add($"{Figures.Count(found.Unanswered)} without an answer");
        return parts.Count == 0 ? "Stopped before anybody was asked." : $"Asked about {Figures.Counted(found.Asked, "number")}: {string.Join("; ", parts)}.";
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _stop.Dispose();
        base.Dispose(disposing);
    }
}
