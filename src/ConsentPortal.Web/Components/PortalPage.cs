using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace ConsentPortal.Web.Components;

/// <summary>
/// A page for staff. <see cref="Actor"/> is known from <see cref="OpenAsync"/> on and in every
/// <see cref="ComponentBase.OnParametersSetAsync"/>; while it loads, the page renders nothing of its own.
/// </summary>
public abstract class PortalPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _closing = new();
    private Action? _unfollow;
    private Task _showing = Task.CompletedTask;
    private bool _isRunning;
    private bool _isLeaving;

    protected PortalPage() => Closing = _closing.Token;

    [Inject]
    private CurrentActor Current { get; set; } = default!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = default!;

    [Inject]
    private NavigationManager Ways { get; set; } = default!;

    /// <summary>Who is at the screen; use cases ask again what they may do.</summary>
    protected Actor Actor { get; private set; } = Actor.Nobody;

    /// <summary>Cancelled when the page is left: no query outlives its reader.</summary>
    protected CancellationToken Closing { get; }

    /// <summary>True while a command runs, and from <see cref="LeaveFor"/> on; its button waits, so that a double click is one act.</summary>
    protected bool Busy => _isRunning || _isLeaving;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected sealed override async Task OnInitializedAsync()
    {
        Actor = await Current.GetAsync(Closing);
        await OpenAsync();
    }

    /// <summary>Loads what does not depend on the address.</summary>
    protected virtual Task OpenAsync() => Task.CompletedTask;

    /// <summary>Runs a command unless one is running, with the rights of this moment.</summary>
    protected async Task RunAsync(Func<Task> command)
    {
        if (Busy)
            return;
        _isRunning = true;
        try
        {
            Actor = await Current.GetAsync(Closing);
            await command();
        }
        catch (NotPermitted)
        {
            Say("Your role does not allow this. Nothing was changed; ask an administrator if your work needs it.", Severity.Error);
        }
        finally
        {
            _isRunning = false;
        }
    }

    /// <summary>
    /// Goes to another page once a command has made what stands there. The browser is told and comes back; until then this page still
    /// takes clicks, and the second of a double click would make the same thing again. Not for another address of the same page, which
    /// stays and would remain busy.
    /// </summary>
    protected void LeaveFor(string address)
    {
        _isLeaving = true;
        Ways.NavigateTo(address);
    }

    /// <summary>Shows what the address says, now and whenever it changes while the page stays, as filters and paging make it.</summary>
    /// <param name="path">The page's own; other addresses are other pages'.</param>
    /// <param name="show">Reads the address and loads what it asks for.</param>
    protected Task FollowAddressAsync(NavigationManager navigation, string path, Func<Task> show)
    {
        navigation.LocationChanged += Follow;
        _unfollow = () => navigation.LocationChanged -= Follow;
        return _showing = show();

        void Follow(object? sender, LocationChangedEventArgs change)
        {
            if (new Uri(change.Location).AbsolutePath == path)
                _ = InvokeAsync(() => _showing = ShowAfterAsync(_showing, show));
        }
    }

    /// <summary>Says what came of a command; true when it succeeded.</summary>
    protected bool Tell<T>(Result<T> outcome, string success)
    {
        Say(outcome.IsSuccess ? success : outcome.Failure.Message, outcome.IsSuccess ? Severity.Success : Severity.Error);
        return outcome.IsSuccess;
    }

    protected void Say(string sentence, Severity severity = Severity.Normal) => Snackbar.Add(sentence, severity);

    protected virtual void Dispose(bool disposing)
    {
        if (!disposing)
            return;
        _unfollow?.Invoke();
        _closing.Cancel();
        _closing.Dispose();
    }

    // One after the other: an earlier answer that comes late must not replace the one to the present address.
    private async Task ShowAfterAsync(Task before, Func<Task> show)
    {
        try
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await show();
            StateHasChanged();
        }
        catch (Exception left) when (left is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
        catch (Exception problem)
        {
            await DispatchExceptionAsync(problem);
        }
    }
}
