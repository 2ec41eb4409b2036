using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Simulator;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>A portal that sends to a provider, in this process, so that its clock, its database and its line can be troubled.</summary>
internal sealed class TroubledPortal : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly CallCount _calls = new();

    private TroubledPortal(PreparedCampaign campaign, TestedProvider provider)
    {
        (Campaign, Provider) = (campaign, provider);
        _app = SendingHost.Build(SendingHost.Settings(campaign.Folder, provider.Address), Clock, services => services.AddHttpClient("Vonage").AddHttpMessageHandler(() => new CallCounter(_calls)));
    }

    public PreparedCampaign Campaign { get; }

    public TestedProvider Provider { get; }

    public ShiftedClock Clock { get; } = new(TimeSpan.Zero);

    /// <summary>Texts handed to the provider so far, whatever it said.</summary>
    public int Calls => Volatile.Read(ref _calls.Value);

    public static async Task<TroubledPortal> StartAsync(PreparedCampaign template, SimulatorOptions behaviour)
    {
        var portal = new TroubledPortal(template.Copy(), await TestedProvider.StartAsync(behaviour));
        await portal._app.StartAsync();
        portal.Provider.Tell(new Uri(portal._app.Urls.First()));
        return portal;
    }

    public Task<SendingStop?> StopAsync() => _app.Services.GetRequiredService<SendingStopNotice>().FindAsync(Actor.CommandLine, default);

    public async Task<List<string>> AuditedAsync(string prefix)
    {
        await using var db = _app.Services.GetRequiredService<PortalDatabase>().Open();
        return await db.AuditEntries.Where(e => e.Action.StartsWith(prefix)).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await Provider.DisposeAsync();
        await Campaign.DisposeAsync();
    }

    private sealed class CallCount
    {
        public int Value;
    }

    private sealed class CallCounter(CallCount calls) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method == HttpMethod.Post)
                Interlocked.Increment(ref calls.Value);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
