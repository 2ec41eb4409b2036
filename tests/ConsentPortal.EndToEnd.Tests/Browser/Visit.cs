using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ConsentPortal.EndToEnd.Tests.Browser;

/// <summary>One person's window. Errors of scripts and of the content security policy are collected from the first request on.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _problems;

    public Visit(IBrowserContext context, IPage page, ConcurrentQueue<string> problems)
    {
        (_context, Page, _problems) = (context, page, problems);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                problems.Enqueue($"{page.Url}: {message.Text}");
        };
        page.PageError += (_, error) => problems.Enqueue($"{page.Url}: {error}");
    }

    public IPage Page { get; }

    public IReadOnlyCollection<string> Problems => _problems;

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await SettledAsync();
    }

    /// <summary>Until the heading stands and nothing loads any more.</summary>
    public async Task SettledAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Page.EvaluateAsync("() => document.fonts.ready");
    }

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = button }).First.ClickAsync();

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new PageGetByLabelOptions { Exact = true }).First.FillAsync(text);

    /// <summary>Opens a select by its label and takes the option with these words.</summary>
    public async Task ChooseAsync(string label, string option)
    {
        await Page.GetByRole(AriaRole.Combobox, new PageGetByRoleOptions { Name = label }).First.ClickAsync();
        await Page.Locator(".mud-popover-open .mud-list-item", new PageLocatorOptions { HasText = option }).First.ClickAsync();
        await Page.Locator(".mud-popover-open .mud-list-item").First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Hidden });
    }

    public Task SeeAsync(string text) => Page.GetByText(text).First.WaitForAsync();

    public async Task<byte[]> DownloadAsync(Func<Task> click)
    {
        var download = await Page.RunAndWaitForDownloadAsync(click);
        return await File.ReadAllBytesAsync(await download.PathAsync());
    }

    public async Task ShootAsync(string name)
    {
        await Page.EvaluateAsync("() => window.scrollTo(0, 0)");
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }

    /// <summary>Photographs the page as it is now, and adds to the problems what axe finds in it and that it is wider than the screen.</summary>
    public async Task LookAsync(string name)
    {
        await SettledAsync();
        await ShootAsync(name);
        foreach (var finding in await AxeAsync())
            _problems.Enqueue($"{name}: {finding}");
        if (await Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"))
            _problems.Enqueue($"{name} is wider than the screen.");
    }

    /// <summary>What axe finds against WCAG 2.2 A and AA, a line each.</summary>
    public async Task<IReadOnlyList<string>> AxeAsync()
    {
        var result = await Page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] } });
        return [.. result.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html}"))];
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(RepositoryRoot(), "artifacts", "screenshots")).FullName;

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "ConsentPortal.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
