using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;

namespace ConsentPortal.Web.Tests.Components;

/// <summary>A component rendered on its own, with MudBlazor's services and a clock that stands at 24 Nov 2026, 12:00 UTC.</summary>
public abstract class ComponentTest : BunitContext, IAsyncLifetime
{
    protected ComponentTest()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(Clock);
        SetRendererInfo(new("Server", isInteractive: true));
    }

    protected static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    protected FakeTimeProvider Clock { get; } = new(Noon);

    public Task InitializeAsync() => Task.CompletedTask;

    // MudBlazor's popover service can only be disposed asynchronously.
    async Task IAsyncLifetime.DisposeAsync() => await base.DisposeAsync();

#pragma warning disable CA2215 // The synchronous way throws; xunit calls the asynchronous one.
    protected override void Dispose(bool disposing)
    {
    }
#pragma warning restore CA2215
}
