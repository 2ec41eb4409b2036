using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Balance;
using ConsentPortal.Application.Messaging.Differences;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.Messaging.Templates;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Application.Tests.Subscribers;

/// <summary>
/// A portal on a SQLite file of its own with one purpose, one wording and a clock that stands at Tue 24 Nov 2026, 17:00
/// UTC: noon in New York, an hour at which texts may go. The migrated file is made once and copied.
/// </summary>
internal sealed class PeoplePortal : IAsyncDisposable
{
    private static readonly Lazy<Task<string>> Template = new(MakeTemplateAsync);

    private readonly ServiceProvider _services;
    private readonly string _folder;

    private PeoplePortal(string folder, string? address, IInterceptor? watch = null)
    {
        _folder = folder;
        _services = Services(folder, Clock, address, watch);
    }

    public static DateTimeOffset Noon { get; } = new(2026, 11, 24, 17, 0, 0, TimeSpan.Zero);

    public FakeTimeProvider Clock { get; } = new(Noon);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public Actor Staff { get; private set; } = Actor.Nobody;

    public Purpose Offers { get; private set; } = null!;

    public Wording Wording { get; private set; } = null!;

    public PortalDatabase Database => Get<PortalDatabase>();

    /// <param name="address">Where people outside reach the portal; null for nowhere.</param>
    /// <param name="watch">Sees what the portal does with its database.</param>
    public static async Task<PeoplePortal> OpenAsync(string? address = null, IInterceptor? watch = null)
    {
        var folder = Directory.CreateTempSubdirectory("people").FullName;
        Copy(await Template.Value, folder);
        var portal = new PeoplePortal(folder, address, watch);
        portal.Staff = await portal.AddStaffAsync("Carla Mendes", [.. PermissionCatalogue.All.Select(p => p.Permission)]);
        portal.Offers = await portal.AddPurposeAsync("Offers", promised: 4);
        portal.Wording = await portal.AddWordingAsync(portal.Offers);
        return portal;
    }

    /// <summary>A portal on what another one has left in a folder, which is deleted with it.</summary>
    public static PeoplePortal OpenOn(string folder, DateTimeOffset now)
    {
        var portal = new PeoplePortal(folder, null);
        portal.Clock.SetUtcNow(now);
        return portal;
    }

    public string Folder => _folder;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public async Task<Actor> AddStaffAsync(string name, IReadOnlyList<string> permissions)
    {
        var id = Guid.CreateVersion7(Now);
        var email = $"{id:N}@staff.example";
        await Database.WriteAsync(
            db =>
            {
                db.Users.Add(new Application.Staff.StaffMember { Id = id, DisplayName = name, Email = email, UserName = email });
                return Task.CompletedTask;
            },
            default);
        return new Actor(ActorKind.Staff, id.ToString(), name, permissions.ToHashSet(), "Compliance officer");
    }

    public async Task<Purpose> AddPurposeAsync(string name, int? promised = null, MessageClass messageClass = MessageClass.Marketing)
    {
        var purpose = new Purpose
        {
            Id = PurposeId.New(Now), Name = name, Brand = "Aurora", MessageClass = messageClass, Basis = LegalBasis.Consent, Sender = "+12025550111",
            SenderCanReceive = true, NeedsDoubleOptIn = false, PromisedPerMonth = promised, CreatedAt = Now,
        };
        await Database.WriteAsync(db => Task.FromResult(db.Purposes.Add(purpose)), default);
        return purpose;
    }

    public async Task<Wording> AddWordingAsync(Purpose purpose, int version = 1, string frequency = "4 a month")
    {
        var wording = new Wording
        {
            Id = WordingId.New(Now), PurposeId = purpose.Id, Language = "en", Version = version, Text = "I agree that Aurora may text me offers.",
            DoubleOptInPrompt = "Reply YES.", Confirmation = "Welcome.", HelpReply = "Help.", StopReply = "You are out.", PromisedFrequency = frequency,
            PrivacyPolicyVersion = "2026-01", ActiveFrom = Now, Hash = new string('a', 64),
        };
        await Database.WriteAsync(db => Task.FromResult(db.Wordings.Add(wording)), default);
        return wording;
    }

    public async Task<SubscriberId> AddPersonAsync(string e164 = "+12125552368", string region = "US", string first = "Ada", string last = "Okafor") =>
        (await Get<AddSubscriber>().ExecuteAsync(
            Staff, new NewSubscriber(new PhoneNumber(e164, region), Domain.Subscribers.LineType.Mobile, new SubscriberProfile(first, last, "K-1"), "Web form"), default)).Value;

    /// <summary>Somebody else who has the same number, as a couple with one telephone.</summary>
    public Task<SubscriberId> AddTwinAsync(string e164 = "+12125552368", string first = "Ben", string? externalId = "K-2") => Database.WriteAsync(
        db => Task.FromResult(Get<SubscriberFactory>().Add(
            db, Staff, new NewSubscriber(new PhoneNumber(e164, "US"), Domain.Subscribers.LineType.Mobile, new SubscriberProfile(first, "Okafor", externalId), "Store"), Now.AddMinutes(1)).Id),
        default);

    public async Task<ConsentState> ConsentAsync(SubscriberId id, Purpose? purpose = null, Wording? wording = null, DateTimeOffset? at = null) =>
        (await Get<RecordConsent>().ExecuteAsync(Staff, id, new GivenConsent(
            (purpose ?? Offers).Id, (wording ?? Wording).Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten,
            new ConsentEvidence(FormUrl: "https://aurora.example/join", IpAddress: "203.0.113.7"), at ?? Now, IsActOfPerson: true, "Ticked on the web form"), default)).Value;

    public async Task<long> SendAsync(
        SubscriberId id, DateTimeOffset at, MessageState state = MessageState.Delivered, Purpose? purpose = null, string body = "Hello", MessageClass? messageClass = null)
    {
        var chosen = purpose ?? Offers;
        return await Database.WriteAsync(
            async db =>
            {
                var message = new OutboundMessage
                {
                    SubscriberId = id, Kind = MessageKind.Campaign, MessageClass = messageClass ?? chosen.MessageClass, PurposeId = chosen.Id,
                    ClientRef = Guid.CreateVersion7().ToString("N"), PlannedAt = at, DueAt = at, State = state,
                    SentAt = state is MessageState.Planned or MessageState.Skipped ? null : at, Parts = 1,
                    BodySealed = await SealAsync(db, id, body, SealedField.MessageBody),
                };
                db.OutboundMessages.Add(message);
                await db.SaveChangesAsync();
                return message.Id;
            },
            default);
    }

    public async Task<long> ReceiveAsync(SubscriberId? id, string body, DateTimeOffset at, ReviewState review = ReviewState.Waiting, string from = "+12125552368") =>
        await Database.WriteAsync(
            async db =>
            {
                var text = new InboundMessage
                {
                    ProviderMessageId = Guid.CreateVersion7().ToString("N"), SubscriberId = id, FromHash = Get<LookupHash>().Phone(from), To = "+12025550111",
                    BodySealed = id is { } known ? await SealAsync(db, known, body, SealedField.InboundBody) : null, ReceivedAt = at, Action = "review", Review = review,
                };
                db.InboundMessages.Add(text);
                await db.SaveChangesAsync();
                return text.Id;
            },
            default);

    /// <summary>From now on a stop ends as much as this says.</summary>
    public Task SetOptOutScopeAsync(Domain.Policy.OptOutScope scope) => Database.WriteAsync(
        async db => db.Policies.Add(new PolicyRow
        {
            Version = 2, Json = JsonSerializer.Serialize(await ActivePolicy.AtAsync(db, Now, default) with { OptOutScope = scope }, ActivePolicy.Json), Reason = "Test", AuthorId = null, CreatedAt = Now, ActiveFrom = Now,
        }),
        default);

    /// <summary>What an erasure leaves: no key, hence nothing readable.</summary>
    public Task EraseAsync(SubscriberId id) => Database.WriteAsync(
        db => db.Subscribers.Where(s => s.Id == id).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.WrappedKey, (byte[]?)null).SetProperty(x => x.ErasedAt, Now)),
        default);

    /// <summary>Gives every audit entry its place in the signed log.</summary>
    public Task SealAsync() => Get<AuditSealer>().SealAllAsync(default);

    public async Task<IReadOnlyList<JsonElement>> AuditAsync(string action)
    {
        await using var db = Database.Open();
        var leaves = await db.AuditEntries.Where(e => e.Action == action).OrderBy(e => e.Id).Select(e => e.Leaf).ToListAsync();
        return [.. leaves.Select(leaf => JsonDocument.Parse(leaf).RootElement)];
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<byte[]> SealAsync(PortalDbContext db, SubscriberId id, string text, SealedField field)
    {
        var wrapped = await db.Subscribers.Where(s => s.Id == id).Select(s => s.WrappedKey).SingleAsync();
        using var key = Get<SubjectKeys>().Unwrap(wrapped!, id);
        return key.Seal(text, field);
    }

    private static ServiceProvider Services(string folder, TimeProvider clock, string? address, IInterceptor? watch = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(clock);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("PublicPages:Address", address)]).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddPortalDatabase(configuration, new PortalFolders(folder))
            .AddSubscribers().AddPolicy().AddPurposes().AddPreferences().AddInbox().AddReceipts().AddSendingLimits().AddProviderBalance().AddProviderDifferences().AddTextTemplates().AddSegments().AddCampaigns().AddImports().AddReports().AddPrivacyRequests().AddRetention().AddBreaches()
            .AddDoubts().AddAudit().AddSingleton<ISmsGateway, ForgetfulProvider>().AddSingleton<Application.Staff.ApiAnswers>().AddSingleton<Application.Staff.StaffActors>();
        if (watch is not null)
            services.ConfigureDbContext<Application.Database.Sqlite.SqlitePortalDbContext>(options => options.AddInterceptors(watch));
        return services.BuildServiceProvider(validateScopes: true);
    }

    private static async Task<string> MakeTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("people-template").FullName;
        await using (var services = Services(folder, new FakeTimeProvider(Noon), null))
            await services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        SqliteConnection.ClearAllPools();
        return folder;
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
