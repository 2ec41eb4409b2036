using System.Collections.Concurrent;
using ConsentPortal.EndToEnd.Tests.Processes;
using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>The portal as a process in Development, with demo data of its own, and one browser for all tests.</summary>
public sealed class PortalBrowser : IAsyncLifetime
{
    private const string SystemChromium = "/usr/bin/chromium";

    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"];

    private readonly string _folder = Directory.CreateTempSubdirectory("journey").FullName;
    private ProgramProcess _portal = null!;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything that the portal wrote to its log.</summary>
    public string Log => _portal.Output;

    public async Task InitializeAsync()
    {
        _portal = ProgramProcess.Start(
            new Dictionary<string, string> { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Data__Folder"] = _folder, ["Demo__Subscribers"] = "1500", ["Imports__ApprovalAbove"] = "1000" },
            "--urls", "http://127.0.0.1:0");
        _playwright = await Playwright.CreateAsync();
        _browser = await LaunchAsync();
        Address = await _portal.ReadyAsync();
    }

    /// <summary>A window of one person, signed in with one click; what goes wrong in it is kept.</summary>
    internal async Task<Visit> SignInAsync(string email, bool isDark = false, int width = 1280, int height = 900)
    {
        var visit = await OpenAsync(isDark, width, height);
        await visit.GoAsync("/account/sign-in");
        await visit.Page.Locator($"form:has(input[value='{email}']) button").ClickAsync();
        await visit.SettledAsync();
        return visit;
    }

    internal async Task<Visit> OpenAsync(bool isDark = false, int width = 1280, int height = 900)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Address.AbsoluteUri, ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light, TimezoneId = "Europe/Berlin", Locale = "en-GB",
            ViewportSize = new ViewportSize { Width = width, Height = height }, AcceptDownloads = true, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(60_000);
        return new Visit(context, await context.NewPageAsync(), new ConcurrentQueue<string>());
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
        await _portal.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The system's Chromium; on a machine without one, Playwright's own, which is installed and said so.</summary>
    private async Task<IBrowser> LaunchAsync()
    {
        if (File.Exists(SystemChromium))
            return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = SystemChromium, Args = Arguments });
        await Console.Error.WriteLineAsync("There is no /usr/bin/chromium, so Playwright's own browser is installed.");
        Microsoft.Playwright.Program.Main(["install", "chromium"]);
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { Args = Arguments });
    }
}

[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<PortalBrowser>
{
    public const string Name = "One portal, one browser";
}
