using ConsentPortal.Web.Components.Theme;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using MudBlazor;

namespace ConsentPortal.Web.Components.Layout;

/// <summary>The frame of every staff page: bar, navigation, content, and the one place of MudBlazor's four providers.</summary>
public sealed partial class MainLayout(NavigationManager navigation, IJSRuntime browser, IDialogService dialogs) : IDisposable
{
    private bool _dark;
    private bool _open = true;
    private ErrorBoundary? _boundary;

    [CascadingParameter]
    public required BrowserChoices Choices { get; set; }

    private string Here => "/" + navigation.ToBaseRelativePath(navigation.Uri).Split('#')[0];

    public void Dispose() => navigation.LocationChanged -= StartAfresh;

    protected override void OnInitialized()
    {
        _dark = Choices.Dark;
        navigation.LocationChanged += StartAfresh;
    }

    /// <summary>A page that failed must not keep the next one from showing.</summary>
    private void StartAfresh(object? sender, LocationChangedEventArgs change) => _boundary?.Recover();

    private async Task SwitchModeAsync()
    {
        _dark = !_dark;
        await browser.InvokeVoidAsync("consentPortal.setTheme", _dark ? "dark" : "light");
    }

    private async Task ShowKeysAsync() => await dialogs.ShowAsync<KeysDialog>("Keys");
}
