using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// What this test project is when it is started as a program: a process that sends, to be killed or stalled. The settings
/// <c>Ahead</c> (its clock) and <c>Act</c> (what staff do meanwhile: launch, pause, resume) are its own.
/// </summary>
internal static class SendingProgram
{
    private const int SentBeforePause = 40;

    public static async Task<int> Main(string[] args)
    {
        if (args.Length == 0)
            return 0;
        var settings = new ConfigurationBuilder().AddCommandLine(args).Build();
        await using var app = SendingHost.Build(args, new ShiftedClock(settings.GetValue<TimeSpan>("Ahead")));
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"Sending, listening at {app.Urls.First()}");
        if (settings["Act"] is { Length: > 0 } act)
            await ActAsync(app, act);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task ActAsync(WebApplication app, string act)
    {
        var (services, (actor, id)) = (app.Services, await SceneAsync(app.Services));
        var done = act switch
        {
            "launch" => await services.GetRequiredService<LaunchCampaign>().ExecuteAsync(actor, id, default),
            "resume" => await services.GetRequiredService<ResumeCampaign>().ExecuteAsync(actor, id, default),
            "pause" => await PauseAsync(services, actor, id),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "launch, pause or resume"),
        };
        await Console.Out.WriteLineAsync(done.IsSuccess ? $"Done: {act}" : $"Refused: {done.Failure.Message}");
    }

    private static async Task<Domain.Result<Domain.Done>> PauseAsync(IServiceProvider services, Actor actor, CampaignId id)
    {
        while (await SentAsync(services) < SentBeforePause)
            await Task.Delay(20);
        return await services.GetRequiredService<PauseCampaign>().ExecuteAsync(actor, id, "Look at it again.", default);
    }

    private static async Task<int> SentAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        return await db.OutboundMessages.CountAsync(m => m.State == MessageState.Accepted || m.State == MessageState.Delivered);
    }

    private static async Task<(Actor Actor, CampaignId Id)> SceneAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<PortalDatabase>().Open();
        var staff = await db.Users.Where(s => s.Email == "marketer@demo.example").Select(s => s.Id).SingleAsync();
        return ((await services.GetRequiredService<StaffActors>().FindAsync(staff, default))!, await db.Campaigns.Select(c => c.Id).SingleAsync());
    }
}
