using Bunit;
using Bunit.TestDoubles;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components;
using ConsentPortal.Web.Features.Imports;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using MudBlazor;
using MudBlazor.Services;

namespace ConsentPortal.Web.Tests.Features;

/// <summary>
/// A staff page on its own over a whole portal: every use case, a SQLite file on disk, the shipped roles, and one signed-in
/// member of staff per role.
/// </summary>
public abstract class StaffPageTest : BunitContext, IAsyncLifetime
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly string _folder = Directory.CreateTempSubdirectory("pages").FullName;

    private BunitAuthorizationContext _authorization = null!;

    internal PortalDatabase Database => Services.GetRequiredService<PortalDatabase>();

    /// <summary>Everything, for preparing what a test looks at.</summary>
    protected static Actor Everybody { get; } = Actor.Job("test");

    public async Task InitializeAsync()
    {
        File.Copy(Path.Combine(await Template.Value, "portal.db"), Path.Combine(_folder, "portal.db"));
        Copy(Path.Combine(await Template.Value, "keys"), Path.Combine(_folder, "keys"));
        JSInterop.Mode = JSRuntimeMode.Loose;
        AddPortal(Services, _folder);
        Services.AddMudServices();
        Services.AddScoped<CurrentActor>();
        Services.AddSingleton<ImportUploads>();
        Services.AddPermissionPolicies();
        Services.AddIdentityCore<StaffMember>().AddDefaultTokenProviders();
        _authorization = AddAuthorization();
        // Renders for the first time, after which no service can be added.
        SetRendererInfo(new("Server", isInteractive: true));
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Signs in somebody who holds a shipped role.</summary>
    internal async Task<StaffMember> SignInAsync(RoleBundle bundle)
    {
        var person = await AddStaffAsync("Carla Mendes", bundle);
        _authorization.SetAuthorized(person.DisplayName);
        _authorization.SetClaims(new System.Security.Claims.Claim(System.Security.Claims.ClaimTypes.NameIdentifier, person.Id.ToString()));
        _authorization.SetPolicies([.. bundle.Permissions]);
        Render<MudPopoverProvider>();
        return person;
    }

    internal async Task<StaffMember> AddStaffAsync(string name, RoleBundle bundle)
    {
        var id = Guid.CreateVersion7();
        var email = $"{id:N}@staff.example";
        var person = new StaffMember { Id = id, DisplayName = name, Email = email, NormalizedEmail = email.ToUpperInvariant(), UserName = email, NormalizedUserName = email.ToUpperInvariant(), SecurityStamp = $"{id:N}" };
        await Database.WriteAsync(
            db =>
            {
                db.Users.Add(person);
                db.UserRoles.Add(new IdentityUserRole<Guid> { UserId = id, RoleId = db.Roles.Single(r => r.Name == bundle.Name).Id });
                return Task.CompletedTask;
            },
            default);
        return person;
    }

    protected T Get<T>() where T : notnull => Services.GetRequiredService<T>();

    internal async Task<SubscriberId> AddPersonAsync(string e164 = "+12125552368", string region = "US", string first = "Ada", string last = "Okafor", string source = "Store") =>
        (await Get<AddSubscriber>().ExecuteAsync(Everybody, new NewSubscriber(new PhoneNumber(e164, region), LineType.Mobile, new SubscriberProfile(first, last, null), source), default)).Value;

    internal async Task<(Purpose Purpose, Wording Wording)> AddPurposeAsync(string name = "Offers")
    {
        var now = TimeProvider.System.GetUtcNow();
        var purpose = new Purpose
        {
            Id = PurposeId.New(now), Name = name, Brand = "Aurora", MessageClass = MessageClass.Marketing, Basis = LegalBasis.Consent, Sender = "+12025550147", SenderCanReceive = true,
            NeedsDoubleOptIn = false, PromisedPerMonth = 4, CreatedAt = now,
        };
        var wording = new Wording
        {
            Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 1, Text = "I agree that Aurora may text me offers.", DoubleOptInPrompt = "Reply YES.", Confirmation = "Welcome.",
            HelpReply = "Help.", StopReply = "You are out.", PromisedFrequency = "4 a month", PrivacyPolicyVersion = "2026-01", ActiveFrom = now, Hash = new string('a', 64),
        };
        await Database.WriteAsync(
            db =>
            {
                db.Purposes.Add(purpose);
                db.Wordings.Add(wording);
                return Task.CompletedTask;
            },
            default);
        return (purpose, wording);
    }

#pragma warning disable CA2215 // The synchronous way throws; xunit calls the asynchronous one.
    protected override void Dispose(bool disposing)
    {
    }
#pragma warning restore CA2215

    private static void AddPortal(IServiceCollection services, string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Data:Folder"] = folder }).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddLogging();
        // No simulator and no account: a page that would ask the provider says so.
        services.AddSingleton<IHostEnvironment>(new TestHost { EnvironmentName = Environments.Production });
        services.AddPortal(configuration, new TestHost());
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("pages-template").FullName;
        var services = new ServiceCollection();
        AddPortal(services, folder);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
            await provider.GetRequiredService<ShippedRoles>().EnsureAsync(default);
        }

        SqliteConnection.ClearAllPools();
        return folder;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private sealed class TestHost : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "ConsentPortal.Web";

        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
