using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// What this test project is when it is started as a program: a process that sends, to be killed or stalled. The settings
/// <c>Ahead</c> (its clock) and <c>Act</c> (what staff or a program do meanwhile: launch, pause, resume, cancel, service) are its own.
/// </summary>
internal static class SendingProgram
{
    /// <summary>Of the text that a program asks for; it asks with the same key each time.</summary>
    public const string ServiceWords = "Aurora Outfitters: order 4711 is ready.";

    /// <summary>The program, by the key with which its answers are kept.</summary>
    private static readonly Actor Shop = new(ActorKind.ApiKey, "0199b3a1-0000-7000-8000-000000000001", "Shop", new HashSet<string> { Permissions.SendServiceTexts });

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
            "cancel" => await CancelAsync(services, actor, id),
            "service" => await AskAsync(services),
            "launch" => await services.GetRequiredService<LaunchCampaign>().ExecuteAsync(actor, id, default),
            "resume" => await services.GetRequiredService<ResumeCampaign>().ExecuteAsync(actor, id, default),
            "pause" => await PauseAsync(services, actor, id),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "launch, pause, resume, cancel or service"),
        };
        await Console.Out.WriteLineAsync(done.IsSuccess ? $"Done: {act}" : $"Refused: {done.Failure.Message}");
    }

    private static async Task<Domain.Result<Domain.Done>> CancelAsync(IServiceProvider services, Actor actor, CampaignId id)
    {
        await SomeSentAsync(services);
        return await services.GetRequiredService<CancelCampaign>().ExecuteAsync(actor, id, "It is not wanted any more.", default);
    }

    private static async Task<Domain.Result<Domain.Done>> AskAsync(IServiceProvider services)
    {
        var wanted = new WantedText(new PhoneNumber(PreparedCampaign.Number(0), "US"), "Order updates", ServiceWords, null);
        var answer = await services.GetRequiredService<PlanServiceText>().ExecuteAsync(Shop, wanted, new RepeatableRequest("order-4711", new byte[32]), default);
        return answer.IsSuccess ? Domain.Done.Value : answer.Failure;
    }

    private static async Task<Domain.Result<Domain.Done>> PauseAsync(IServiceProvider services, Actor actor, CampaignId id)
    {
        await SomeSentAsync(services);
        return await services.GetRequiredService<PauseCampaign>().ExecuteAsync(actor, id, "Look at it again.", default);
    }

    private static async Task SomeSentAsync(IServiceProvider services)
    {
        while (await SentAsync(services) < SentBeforePause)
            await Task.Delay(20);
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
