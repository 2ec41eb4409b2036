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
/// A data folder with a campaign that is approved and, unless somebody else shall, launched, made by the portal's own use
/// cases before any portal runs on it. The purpose is transactional, so that texts leave at whatever hour the test runs.
/// </summary>
internal sealed class PreparedCampaign : IAsyncDisposable
{
    public const string Words = "Aurora Outfitters: your order is on its way. Reply STOP to end.";

    private const int Batch = 1_000;
    private const int FirstNumber = 2_000_000;
    private const string Source = "Prepared";

    private static readonly MessageState[] Unfinished = [MessageState.Planned, MessageState.Deferred, MessageState.Sending];

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

    /// <summary>The number of one of the recipients.</summary>
    public static string Number(int i) => FormattableString.Invariant($"+1415{FirstNumber + i}");

    /// <param name="digits">A number without its plus.</param>
    public static int IndexOf(string digits) => int.Parse(digits.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture) - FirstNumber;

    /// <param name="repeats">Null for a campaign that is sent once.</param>
    public static async Task<PreparedCampaign> MakeAsync(int recipients, bool isLaunched = true, Recurrence? repeats = null)
    {
        var prepared = new PreparedCampaign(Directory.CreateTempSubdirectory("prepared").FullName);
        await prepared.Get<DatabasePreparation>().PrepareAsync(default);
        await prepared.Get<ShippedRoles>().EnsureAsync(default);
        await prepared.Get<DemoStaff>().EnsureAsync(default);
        var shop = await prepared.Get<DemoPurposes>().AddAsync(prepared.Now, default);
        await prepared.AddPeopleAsync(shop.Orders, recipients);
        prepared.Id = await prepared.ApproveAsync(shop.Orders.Purpose, repeats);
        if (isLaunched)
            await prepared.LaunchAsync();
        SqliteConnection.ClearAllPools();
        return prepared;
    }

    public async Task LaunchAsync() => Done(await Get<LaunchCampaign>().ExecuteAsync(await StaffAsync("marketer@demo.example"), Id, default));

    /// <summary>How many rows of the ledger stand in each state.</summary>
    public async Task<IReadOnlyDictionary<MessageState, int>> StatesAsync()
    {
        await using var db = Database.Open();
        return await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == Id).GroupBy(m => m.State).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
    }

    /// <summary>Whether every text of the campaign has come to an end, or to a doubt.</summary>
    public async Task<bool> IsDoneAsync() => await StatesAsync() is { Count: > 0 } states && !Unfinished.Any(states.ContainsKey);

    /// <summary>Whether the portal's own answers to people have left or been dropped.</summary>
    public async Task<bool> HasAnsweredAsync()
    {
        await using var db = Database.Open();
        return !await db.OutboundMessages.AnyAsync(m => m.CampaignId == null && Unfinished.Contains(m.State));
    }

    public async Task<CampaignStatus> StatusAsync()
    {
        await using var db = Database.Open();
        return await db.Campaigns.Where(c => c.Id == Id).Select(c => c.Status).SingleAsync();
    }

    /// <summary>The numbers whose texts are in doubt, in the order in which they were planned.</summary>
    public async Task<IReadOnlyList<string>> InDoubtAsync()
    {
        await using var db = Database.Open();
        var people = await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == Id && m.State == MessageState.Unconfirmed).OrderBy(m => m.Id)
            .Join(db.Subscribers, m => m.SubscriberId, s => s.Id, (_, s) => s).ToListAsync();
        return people.ConvertAll(person => Get<SubscriberVault>().Open(person)!.Phone.E164);
    }

    /// <summary>How many texts each process has handed over.</summary>
    public async Task<IReadOnlyDictionary<string, int>> SendersAsync()
    {
        await using var db = Database.Open();
        return await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == Id && m.SendingBy != null).GroupBy(m => m.SendingBy!).Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
    }

    /// <summary>Every so many people asked that their data be left alone, so that their texts are skipped.</summary>
    public async Task RestrictAsync(int every)
    {
        await using var db = Database.Open();
        var people = await db.Subscribers.OrderBy(s => s.Id).Select(s => s.Id).ToListAsync();
        var some = people.Where((_, i) => i % every == 0).ToList();
        await db.Subscribers.Where(s => some.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true));
    }

    /// <summary>The same again, for another portal to work on.</summary>
    public PreparedCampaign Copy()
    {
        SqliteConnection.ClearAllPools();
        var folder = Directory.CreateTempSubdirectory("prepared").FullName;
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return new PreparedCampaign(folder) { Id = Id };
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
            var phone = new PhoneNumber(Number(i), "US") { LineType = LineType.FixedLineOrMobile };
            var person = Get<SubscriberFactory>().Add(db, Actor.Job("test"), new NewSubscriber(phone, phone.LineType, SubscriberProfile.Empty, Source), now);
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

    private async Task<CampaignId> ApproveAsync(Purpose purpose, Recurrence? repeats)
    {
        var (author, approver) = (await StaffAsync("marketer@demo.example"), await StaffAsync("approver@demo.example"));
        var segment = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Everybody prepared", new AllOf([new SourceIs([Source])])), default)).Value;
        var edit = new CampaignEdit(null, default, "Shipping news", purpose.Id, segment, Words, null, Now, null) { Repeats = repeats };
        var id = (await Get<SaveCampaign>().ExecuteAsync(author, edit, default)).Value;
        Done(await Get<RunDryRun>().ExecuteAsync(author, id, new Progress<int>(), default));
        Done(await Get<SubmitCampaign>().ExecuteAsync(author, id, default));
        Done(await Get<ApproveCampaign>().ExecuteAsync(approver, id, await HashAsync(id), default));
        return id;
    }

    private async Task<string> HashAsync(CampaignId id)
    {
        await using var db = Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        return CampaignContent.HashOf(campaign, await db.Purposes.SingleAsync(p => p.Id == campaign.PurposeId), []);
    }

    private async Task<Actor> StaffAsync(string email)
    {
        await using var db = Database.Open();
        return (await Get<StaffActors>().FindAsync(await db.Users.Where(s => s.Email == email).Select(s => s.Id).SingleAsync(), default))!;
    }

    private static void Done<T>(Domain.Result<T> outcome) => Assert.True(outcome.IsSuccess, outcome.Failure?.Message);
}
