using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.EndToEnd.Tests.Sending;

/// <summary>
/// A data folder with a campaign that is approved and launched, made by the portal's own use cases before any portal runs
/// on it. The purpose is transactional, so that texts leave at whatever hour the test runs.
/// </summary>
internal sealed class PreparedCampaign : IAsyncDisposable
{
    private const int Batch = 1_000;
    private const string Source = "Prepared";

    private readonly WebApplication _app;

    private PreparedCampaign(string folder)
    {
        Folder = folder;
        var builder = PortalHost.CreateBuilder(["--Data:Folder", folder, "--environment", "Testing", "--Logging:LogLevel:Default", "Error"]);
        builder.Services.AddPortal(builder.Configuration, builder.Environment);
        _app = builder.Build();
    }

    public string Folder { get; }

    public CampaignId Id { get; private set; }

    public PortalDatabase Database => Get<PortalDatabase>();

    public static async Task<PreparedCampaign> MakeAsync(int recipients)
    {
        var prepared = new PreparedCampaign(Directory.CreateTempSubdirectory("prepared").FullName);
        await prepared.Get<DatabasePreparation>().PrepareAsync(default);
        await prepared.Get<ShippedRoles>().EnsureAsync(default);
        await prepared.Get<DemoStaff>().EnsureAsync(default);
        var shop = await prepared.Get<DemoPurposes>().AddAsync(prepared.Now, default);
        await prepared.AddPeopleAsync(shop.Orders, recipients);
        prepared.Id = await prepared.LaunchAsync(shop.Orders.Purpose);
        SqliteConnection.ClearAllPools();
        return prepared;
    }

    /// <summary>How many rows of the ledger stand in each state.</summary>
    public async Task<IReadOnlyDictionary<MessageState, int>> StatesAsync()
    {
        await using var db = Database.Open();
        return await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == Id).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
    }

    public async Task<IReadOnlyDictionary<string, MessageState>> ByReferenceAsync()
    {
        await using var db = Database.Open();
        return await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == Id).ToDictionaryAsync(m => m.ClientRef, m => m.State);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(Folder, recursive: true);
    }

    private DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    private async Task AddPeopleAsync(DemoPurpose purpose, int count)
    {
        for (var done = 0; done < count; done += Batch)
        {
            var (from, size, now) = (done, Math.Min(Batch, count - done), Now);
            await Database.WriteAsync(db => AddBatchAsync(db, purpose, from, size, now), default);
        }
    }

    private async Task AddBatchAsync(PortalDbContext db, DemoPurpose purpose, int from, int size, DateTimeOffset now)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var events = new List<ConsentEvent>();
        for (var i = from; i < from + size; i++)
        {
            var phone = new PhoneNumber(FormattableString.Invariant($"+1415{2_000_000 + i}"), "US") { LineType = LineType.FixedLineOrMobile };
            var person = Get<SubscriberFactory>().Add(db, new NewSubscriber(phone, phone.LineType, SubscriberProfile.Empty, Source), now);
            events.Add(new ConsentEvent
            {
                SubscriberId = person.Id, PurposeId = purpose.Purpose.Id, NumberPeriodId = person.CurrentPeriodId, Kind = ConsentEventKind.Granted, Basis = LegalBasis.Contract,
                Level = ConsentLevel.Express, Channel = ConsentChannel.WebForm, IsActOfPerson = true, WordingId = purpose.In("en").Id, At = now, RecordedAt = now,
                ActorKind = ActorKind.Job, ActorId = "test",
            });
        }

        db.ConsentEvents.AddRange(events);
        await db.SaveChangesAsync();
        foreach (var e in events)
        {
            var record = new ConsentRecord { SubscriberId = e.SubscriberId, PurposeId = e.PurposeId };
            record.Take(ConsentState.From([e]));
            db.ConsentRecords.Add(record);
        }
    }

    private async Task<CampaignId> LaunchAsync(Purpose purpose)
    {
        var (author, approver) = (await StaffAsync("marketer@demo.example"), await StaffAsync("approver@demo.example"));
        var segment = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Everybody prepared", new AllOf([new SourceIs([Source])])), default)).Value;
        var edit = new CampaignEdit(null, default, "Shipping news", purpose.Id, segment, "Aurora Outfitters: your order is on its way. Reply STOP to end.", null, Now, null);
        var id = (await Get<SaveCampaign>().ExecuteAsync(author, edit, default)).Value;
        Done(await Get<RunDryRun>().ExecuteAsync(author, id, new Progress<int>(), default));
        Done(await Get<SubmitCampaign>().ExecuteAsync(author, id, default));
        Done(await Get<ApproveCampaign>().ExecuteAsync(approver, id, await HashAsync(id), default));
        Done(await Get<LaunchCampaign>().ExecuteAsync(author, id, default));
        return id;
    }

    private async Task<string> HashAsync(CampaignId id)
    {
        await using var db = Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        return CampaignContent.HashOf(campaign, await db.Purposes.SingleAsync(p => p.Id == campaign.PurposeId));
    }

    private async Task<Actor> StaffAsync(string email)
    {
        await using var db = Database.Open();
        return (await Get<StaffActors>().FindAsync(await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(), default))!;
    }

    private static void Done<T>(Domain.Result<T> outcome) => Assert.True(outcome.IsSuccess, outcome.Failure?.Message);
}
