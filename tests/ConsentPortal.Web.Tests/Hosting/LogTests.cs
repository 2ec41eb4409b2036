using System.Collections.Concurrent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Tests.Account;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>
/// Whatever the portal logs, at whatever level an administrator asks for, names nobody: no number, name, mail address or
/// word of a text.
/// </summary>
public sealed class LogTests
{
    private const string Sender = "+12025550147";

    [Theory]
    [InlineData(SmsForwarding.Form)]
    [InlineData(SmsForwarding.Query)]
    public async Task A_day_at_the_portal_leaves_no_personal_data_in_the_log(SmsForwarding forwarding)
    {
        using var log = new Captured();
        await using var portal = await StartedPortal.StartAsync("Development", log);
        portal.Get<SimulatorHost>().Simulator!.Options = SimulatorOptions.Prompt with { InboundBySmsApi = true, SmsForwarding = forwarding };

        await AddAsync(portal);
        await ImportAsync(portal);
        await ReplyAsync(portal, "12125552368", "STOP");
        await ReplyAsync(portal, "12125552369", "Zwetschgenkuchen for everybody");
        await SignInAsync(portal);

        Assert.NotEmpty(log.Lines);
        Assert.Contains(log.Lines, line => line.Contains("ConsentPortal.", StringComparison.Ordinal));
        Assert.Empty(log.Lines.Where(IsPersonal).Take(5));
    }

    private static bool IsPersonal(string line)
    {
        string[] personal = ["2125552368", "2125552369", "2125552370", "212 555", "Philomena", "Quackenbush", "Zwetschgenkuchen", "Thaddeus", "philomena@", "lantern over"];
        return personal.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task AddAsync(StartedPortal portal)
    {
        var profile = new SubscriberProfile("Philomena", "Quackenbush", "K-77120");
        var add = portal.Get<AddSubscriber>();
        Assert.True((await add.ExecuteAsync(Actor.CommandLine, new NewSubscriber(new PhoneNumber("+12125552368", "US"), LineType.Mobile, profile, "Store"), default)).IsSuccess);
        Assert.False((await add.ExecuteAsync(Actor.CommandLine, new NewSubscriber(new PhoneNumber("+12125552368", "US"), LineType.Mobile, profile, "Store"), default)).IsSuccess);
        await portal.Get<SubscriberList>().PageAsync(Actor.CommandLine, new SubscriberQuery(Search: "Philomena"), default);
    }

    private static async Task ImportAsync(StartedPortal portal)
    {
        var file = Path.Combine(portal.Get<PortalFolders>().Root, "list.csv");
        await File.WriteAllTextAsync(file, "Mobile,First\n+12125552369,Thaddeus\n+1 212 555 2370,Thaddeus\nnot a number +12125552370 12,Thaddeus\n");
        var map = ColumnMap.Parse("phone=Mobile,firstName=First").Value;
        var imported = await portal.Get<ImportSubscribers>().ExecuteAsync(Actor.CommandLine, new ImportRequest(file, "list.csv", map, "US"), ImportWatch.None, default);
        Assert.Equal(2, imported.Value.Summary.New);
    }

    /// <summary>A handset texts; what the portal answers has been handed over and delivered when this ends.</summary>
    private static async Task ReplyAsync(StartedPortal portal, string from, string text)
    {
        var simulator = portal.Get<SimulatorHost>().Simulator!;
        var id = simulator.Reply(from, Sender.TrimStart('+'), text).MessageId;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            await using var db = portal.Open();
            var isIn = await db.InboundMessages.AnyAsync(m => m.ProviderMessageId == id, patience.Token);
            var isWaiting = await db.OutboundMessages.AnyAsync(
                m => m.Kind != MessageKind.Campaign && (m.State == MessageState.Planned || m.State == MessageState.Sending || m.State == MessageState.Accepted), patience.Token);
            if (isIn && !isWaiting)
                return;
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task SignInAsync(StartedPortal portal)
    {
        var invited = await portal.Get<Application.Staff.InviteStaff>().ExecuteAsync(Actor.CommandLine, "Philomena Quackenbush", "philomena@staff.example", [RoleBundle.Marketer.Name], default);
        using var browser = portal.OpenBrowser();
        await StaffedPortal.AcceptAsync(browser, invited.Value, StaffedPortal.Password);
        await StaffedPortal.SignInAsync(browser, invited.Value.Email, "philomena@staff.example");
        Assert.Equal("/imports", (await StaffedPortal.SignInAsync(browser, invited.Value.Email, returnUrl: "/imports")).Location);
        await browser.GetAsync("/imports");
        await browser.GetAsync(Paths.Account);
    }

    /// <summary>Takes every line of every category, with its exception.</summary>
    private sealed class Captured : ILoggerProvider
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(categoryName, Lines);

        public void Dispose()
        {
        }

        private sealed class Category(string name, ConcurrentQueue<string> lines) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state) where TState : notnull
            {
                lines.Enqueue($"{name} scope {state}");
                return null;
            }

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                lines.Enqueue($"{logLevel} {name} {formatter(state, exception)} {exception}");
        }
    }
}
