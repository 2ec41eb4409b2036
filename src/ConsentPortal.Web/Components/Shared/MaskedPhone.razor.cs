using System.Globalization;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>
/// A phone number as everybody sees it: masked. Whoever may reveal it gives a reason first and sees it for 60 seconds;
/// the callback does the revealing, so it also checks the permission and writes the audit entry.
/// </summary>
public sealed partial class MaskedPhone(TimeProvider clock, IDialogService dialogs) : IDisposable
{
    public const int SecondsShown = 60;

    private ITimer? _timer;
    private string? _full;
    private int _secondsLeft;
    private bool _busy;
    private Failure? _failure;

    [Parameter, EditorRequired]
    public required string Masked { get; set; }

    /// <summary>ISO 3166 code of the number's country, shown before it.</summary>
    [Parameter]
    public string? Region { get; set; }

    [Parameter]
    public bool MayReveal { get; set; }

    /// <summary>Given the reason, answers with the full number; called once per reveal.</summary>
    [Parameter]
    public Func<string, Task<Result<string>>>? Reveal { get; set; }

    private string? RegionName
    {
        get
        {
            try
            {
                return Region is null ? null : new RegionInfo(Region).EnglishName;
            }
            catch (ArgumentException)
            {
                return Region;
            }
        }
    }

    public void Dispose() => _timer?.Dispose();

    private async Task AskAsync()
    {
        _busy = true;
        try
        {
            var dialog = await dialogs.ShowAsync<RevealDialog>("Reveal the number");
            if (await dialog.Result is { Canceled: false, Data: string reason })
                await RevealAsync(reason);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task RevealAsync(string reason)
    {
        var outcome = await Reveal!(reason);
        _failure = outcome.Failure;
        if (!outcome.IsSuccess)
            return;
        _full = outcome.Value;
        _secondsLeft = SecondsShown;
        _timer?.Dispose();
        _timer = clock.CreateTimer(_ => _ = InvokeAsync(Tick), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    private void Tick()
    {
        if (--_secondsLeft <= 0)
            Hide();
        StateHasChanged();
    }

    private void Hide()
    {
        _full = null;
        _timer?.Dispose();
        _timer = null;
    }
}
