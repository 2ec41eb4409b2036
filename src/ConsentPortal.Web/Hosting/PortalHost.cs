using ConsentPortal.Application.Database;
using ConsentPortal.Web.Account;
using ConsentPortal.Web.Api;
using ConsentPortal.Web.Commands;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Webhooks;
using ConsentPortal.Web.PublicPages;
using ConsentPortal.Web.Features.Audit;
using ConsentPortal.Web.Features.Breaches;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Features.Consent;
using ConsentPortal.Web.Features.Differences;
using ConsentPortal.Web.Features.Doubts;
using ConsentPortal.Web.Features.EvidenceRooms;
using ConsentPortal.Web.Features.Imports;
using ConsentPortal.Web.Features.PrivacyRequests;
using ConsentPortal.Web.Features.Purposes;
using ConsentPortal.Web.Features.Reports;
using ConsentPortal.Web.Features.Segments;
using ConsentPortal.Web.Features.Settings;
using ConsentPortal.Web.Features.Subscribers;
using ConsentPortal.Web.Features.Suppressions;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace ConsentPortal.Web.Hosting;

/// <summary>Puts the portal together: configuration, services, the request pipeline and its endpoints, in that order.</summary>
internal static class PortalHost
{
    /// <param name="people">Told what the administrator of the machine should know; standard error.</param>
    public static async Task<int> RunAsync(string[] args, TextWriter people)
    {
        try
        {
            await using var app = Build(args);
            using var claim = await PortalStart.PrepareAsync(app, people, CancellationToken.None);
            await StartAsync(app);
            await PortalStart.GreetAsync(app, people);
            await app.WaitForShutdownAsync();
            return ExitCode.Done;
        }
        catch (Exception problem) when (StartProblem(problem) is { } sentence)
        {
            await people.WriteLineAsync(sentence);
            return ExitCode.WrongInput;
        }
    }

    /// <summary>Where the start fails half way, the jobs that have begun are stopped in order: they would complain of services that are gone.</summary>
    private static async Task StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.StopAsync();
            throw;
        }
    }

    public static WebApplication Build(string[] args)
    {
        var builder = CreateBuilder(args);
        AddServices(builder);
        var startLog = new StartLog(builder.Logging);
        var app = builder.Build();
        startLog.Watch(app);
        UsePipeline(app);
        MapEndpoints(app);
        return app;
    }

    /// <summary>Settings and service rules that the portal and the verbs of its command line share.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        // The program's own folder, not the working directory: the portal then finds its files from wherever it is started.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddRootSettings();
        builder.UseBuiltAssets();
        builder.WebHost.ConfigureKestrel(server => server.AddServerHeader = false);
        // It writes whole addresses, and the provider may put a number and a text into the query.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateScopes, provider.ValidateOnBuild) = (true, true));
        return builder;
    }

    private static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddPortal(builder.Configuration, builder.Environment).AddPortalJobs();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices(mud => mud.SnackbarConfiguration.PositionClass = MudBlazor.Defaults.Classes.Position.BottomLeft);
        services.AddVonageWebhooks();
        services.AddPublicPages();
        services.AddAccountPages();
        services.AddApi();
        services.AddScoped<CurrentActor>();
        services.AddImportPages();
        services.AddPermissionPolicies().AddStaffSignIn(builder.Environment);
        services.AddHsts(hsts => (hsts.MaxAge, hsts.IncludeSubDomains) = (TimeSpan.FromDays(365), true));
        services.Configure<ForwardedHeadersOptions>(options => ProxyHeaders.Configure(options, builder.Configuration));
    }

    private static void UsePipeline(WebApplication app)
    {
        app.UseForwardedHeaders();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
            app.UseHsts();
            // A program that follows the redirect has sent its key and a number in clear already, and would go on doing so.
            app.UseWhen(context => !ApiErrors.IsForPrograms(context), pages => pages.UseHttpsRedirection());
        }

        app.UseSecurityHeaders(SecurityHeaders.Policy());
        if (!app.Environment.IsDevelopment())
            app.UseApiOverTlsOnly();
        app.UseWhen(IsForPeople, pages => pages.UsePageOfStatus("/not-found"));
        app.UsePublicSorryPage();
        app.UseApiErrors();
        app.UseRouting();
        app.UseDevelopmentOnlyPages();
        // Before anybody is asked to sign in: a subscriber who mistypes an address must not land at the staff's door.
        app.Use((context, next) => context.GetEndpoint() is null ? NotFoundAsync(context) : next(context));
        app.UseApiMismatches();
        app.UseRateLimiter();
        app.UseReadableQueries();
        app.UsePublicVisits();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    private static void MapEndpoints(WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapAccount();
        app.MapVonageWebhooks();
        app.MapPublicPages();
        app.MapApi();
        app.MapImports();
        app.MapSuppressions();
        app.MapProviderDifferences();
        app.MapDoubts();
        app.MapCampaigns();
        app.MapPrices();
        app.MapSegments();
        app.MapEvidence();
        app.MapWordingPictures();
        app.MapConsentRegister();
        app.MapAudit();
        app.MapReports();
        app.MapEvidenceRooms();
        app.MapPrivacyRequests();
        app.MapBreaches();
        app.MapRazorComponents<App>()
            // The portal's own policy names frame-ancestors; Blazor would add a second header beside it.
            .AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
    }

    private static Task NotFoundAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>Programs that call the API or a webhook get a bare status code or a problem document, never a page.</summary>
    private static bool IsForPeople(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !context.Request.Path.StartsWithSegments("/webhooks", StringComparison.OrdinalIgnoreCase)
        && context.Request.Path != Paths.CheckNumber;

    /// <summary>What an administrator can mend is said in a sentence; anything else is a bug and keeps its stack trace.</summary>
    private static string? StartProblem(Exception problem) => problem switch
    {
        StartRefusedException refused => refused.Message,
        OptionsValidationException settings => string.Join(Environment.NewLine, settings.Failures),
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => $"{problem.Message} Another program uses the address; end it, or start with --urls http://localhost:PORT.",
        _ => null,
    };
}
