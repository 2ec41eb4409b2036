using System.Globalization;
using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Demo;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ConsentPortal.Web.Tests.Hosting;

/// <summary>The demo business, made at instants at which it might have turned out otherwise: a weekend, the turn of the year, a leap day at its end, the Monday after a holiday.</summary>
public sealed class DemoDaysTests : IDisposable
{
    private const int People = 60;

    private static readonly IEnumerable<CampaignStatus> States = new[]
    {
        CampaignStatus.Draft, CampaignStatus.InReview, CampaignStatus.ChangesRequested, CampaignStatus.Approved, CampaignStatus.Scheduled, CampaignStatus.Repeating, CampaignStatus.Paused,
        CampaignStatus.Finished, CampaignStatus.Cancelled,
    }.Order();

    private readonly string _folder = Directory.CreateTempSubdirectory("demo").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("2026-11-28T12:00:00Z")]
    [InlineData("2027-01-01T00:30:00Z")]
    [InlineData("2028-02-29T23:30:00Z")]
    [InlineData("2026-07-06T04:00:00Z")]
    public async Task The_demo_is_as_alive_at_whatever_hour_and_on_whatever_day_it_is_made(string at)
    {
        var now = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);
        await using var app = await MakeAsync(now);
        await using var db = app.Services.GetRequiredService<PortalDatabase>().Open();

        var campaigns = await db.Campaigns.AsNoTracking().ToListAsync();
        Assert.Equal(States, campaigns.Select(c => c.Status).Distinct().Order());
        Assert.All(campaigns.Where(c => c.Status is CampaignStatus.Draft or CampaignStatus.InReview or CampaignStatus.Approved or CampaignStatus.Scheduled), c => Assert.True(c.StartAt > now));
        Assert.True(campaigns.Single(c => c.Status == CampaignStatus.Repeating).NextRunAt > now);
        await LedgerAsync(db, campaigns, now);
        await PromptsAsync(db, now);
        Assert.All(await db.TextDoubts.ToListAsync(), doubt => Assert.True(doubt.LookedAt <= now && doubt.NotThere <= doubt.Looks));
        var unrecorded = Assert.Single(await db.PrivacyRequests.Where(r => r.SubscriberId == null && r.Status == PrivacyRequestStatus.Received).ToListAsync());
        Assert.InRange(unrecorded.DueOn.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber, 10, 14);
        AttentionKind[] wanted =
        [
            AttentionKind.BreachesToTell, AttentionKind.RequestsOverdue, AttentionKind.RequestsDueSoon, AttentionKind.ErasuresToApprove, AttentionKind.LettersToSend, AttentionKind.TextsToReview,
            AttentionKind.BlockedAtProvider, AttentionKind.DoubtsToSettle,
        ];
        Assert.Empty(wanted.Except(await AttentionAsync(app.Services, db)));
    }

    private static async Task LedgerAsync(PortalDbContext db, List<Campaign> campaigns, DateTimeOffset now)
    {
        var texts = await db.OutboundMessages.AsNoTracking().Where(m => m.Kind == MessageKind.Campaign).ToListAsync();
        var counts = texts.CountBy(m => m.State).ToDictionary();
        Assert.All(campaigns.Where(c => c.Status is CampaignStatus.Finished or CampaignStatus.Paused), c => Assert.Contains(texts, m => m.CampaignId == c.Id && m.State == MessageState.Delivered));
        Assert.Contains(texts, m => m.State == MessageState.Planned);
        Assert.DoesNotContain(texts, m => m.SentAt > now || m.FinalAt > now);
        Assert.InRange(counts[MessageState.Failed], 1, texts.Count / 10);
        Assert.InRange(counts[MessageState.Unconfirmed], 1, texts.Count / 10);
        Assert.True(counts[MessageState.Delivered] > texts.Count / 3, string.Join(", ", counts));
    }

    /// <summary>Whoever was asked lately to confirm got the text that asks; a confirmation without one would be a hole in the funnel.</summary>
    private static async Task PromptsAsync(PortalDbContext db, DateTimeOffset now)
    {
        var month = now.AddDays(-30);
        var asked = await db.ConsentEvents.AsNoTracking().Where(e => e.Kind == ConsentEventKind.Requested && e.At >= month).Select(e => new { e.SubscriberId, e.PurposeId, e.At }).ToListAsync();
        var prompts = await db.OutboundMessages.AsNoTracking().Where(m => m.Kind == MessageKind.DoubleOptInPrompt).ToListAsync();
        Assert.All(asked, a => Assert.Contains(prompts, p => p.SubscriberId == a.SubscriberId && p.PurposeId == a.PurposeId && p.SentAt == a.At));
        Assert.All(prompts, p => Assert.True(p.DecisionKind == (int)DecisionKind.Allow && p.FinalAt <= now, $"{p.State}, {p.Reason}, {p.FinalAt}"));
        Assert.All(
            await db.ConsentRecords.AsNoTracking().Where(r => r.Status == ConsentStatus.Pending).Select(r => r.ExpiresAt).ToListAsync(),
            end => Assert.True(end > now));
    }

    private static async Task<IEnumerable<AttentionKind>> AttentionAsync(IServiceProvider services, PortalDbContext db)
    {
        var officer = await db.Users.Where(u => u.Email == "compliance@demo.example").Select(u => u.Id).SingleAsync();
        var actor = await services.GetRequiredService<StaffActors>().FindAsync(officer, default);
        return (await services.GetRequiredService<AttentionList>().GetAsync(actor!, default)).Select(a => a.Kind);
    }

    private async Task<WebApplication> MakeAsync(DateTimeOffset now)
    {
        var builder = PortalHost.CreateBuilder(["--Data:Folder", _folder, "--environment", "Testing", "--Logging:LogLevel:Default", "None"]);
        builder.Services.AddPortal(builder.Configuration, builder.Environment).AddSingleton<TimeProvider>(new FakeTimeProvider(now));
        var app = builder.Build();
        await app.Services.GetRequiredService<DatabasePreparation>().PrepareAsync(default);
        await app.Services.GetRequiredService<ShippedRoles>().EnsureAsync(default);
        Assert.Equal(People, await app.Services.GetRequiredService<DemoPortal>().EnsureAsync(People, _ => { }, default));
        return app;
    }
}
