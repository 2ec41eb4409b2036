using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>What the report on hours and caps knows of texts that were held back, whatever became of them.</summary>
public sealed class HeldTextTests : IAsyncLifetime
{
    private const string Kind = "quiet-hours-and-caps";

    private PeoplePortal _portal = null!;
    private ReportDesk _reports = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _reports = new ReportDesk(_portal);
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Texts_that_were_held_back_are_counted_once_by_what_became_of_them()
    {
        var people = await _desk.PeopleAsync(4);
        var (campaign, held) = await HeldAtNightAsync();
        // One stops, one is made to wait longer, one leaves in the morning, and one comes to an end of its own.
        await _portal.Get<WithdrawConsent>().ExecuteAsync(_portal.Staff, people[0], new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Said so on the phone", _portal.Now), default);
        var morning = (await _desk.TextsAsync(campaign))[1].DueAt;
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.SubscriberId == people[1]).ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, morning.AddDays(1))), default);
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.SubscriberId == people[3]).ExecuteUpdateAsync(m => m.SetProperty(x => x.NotAfter, morning)), default);
        _portal.Clock.SetUtcNow(morning.AddMinutes(1));
        Assert.Single(await _desk.DecideAsync(campaign));
        await EndedAtOnceAsync(people[2]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var table = await TableAsync(new ReportFilter());

        Assert.Equal(
            [("Quiet hours", "1", "1", "2", "4"), ("Frequency cap", "0", "0", "1", "1")], table.Rows.Select(r => (r[0], r[3], r[4], r[5], r[6])));
        Assert.Equal(["Total", "", "", "1", "1", "3", "5"], table.Totals);
        await using var db = _portal.Database.Open();
        Assert.Equal(4, (await db.OutboundMessages.AsNoTracking().ToListAsync()).Count(m => m.FirstHeldAt == held));
        var row = Assert.Single(await _reports.RowsAsync(Kind, new ReportFilter()));
        Assert.Equal((held.ToString("yyyy-MM-ddTHH:mm:ssZ"), "Quiet hours", table.Rows[0][1]), (row[11], row[12], row[13]));
    }

    [Fact]
    public async Task A_text_counts_in_the_days_in_which_it_was_first_held_back()
    {
        await _desk.PeopleAsync(1);
        var (campaign, held) = await HeldAtNightAsync();
        _portal.Clock.SetUtcNow((await _desk.TextsAsync(campaign))[0].DueAt);
        Assert.Single(await _desk.DecideAsync(campaign));
        _portal.Clock.Advance(TimeSpan.FromDays(2));
        var day = DateOnly.FromDateTime(held.UtcDateTime);

        Assert.Equal("1", Assert.Single((await TableAsync(new ReportFilter(day, day))).Rows)[3]);
        Assert.Empty((await TableAsync(new ReportFilter(day.AddDays(1), day.AddDays(1)))).Rows);
    }

    [Fact]
    public async Task When_a_text_was_held_back_first_is_not_overwritten_by_a_later_time()
    {
        await _desk.PeopleAsync(1);
        var (campaign, held) = await HeldAtNightAsync();
        var rule = (await _desk.TextsAsync(campaign))[0].Rule;
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.ExecuteUpdateAsync(m => m.SetProperty(x => x.DueAt, _portal.Now)), default);

        Assert.Empty(await _desk.DecideAsync(campaign));

        var text = Assert.Single(await _desk.TextsAsync(campaign));
        Assert.Equal((_portal.Now, nameof(SendReason.QuietHours)), (text.DecidedAt, text.Reason));
        Assert.Equal((held, nameof(SendReason.QuietHours), rule), (text.FirstHeldAt, text.FirstHeldReason, text.FirstHeldRule));
    }

    [Fact]
    public async Task A_campaigns_own_hours_are_not_held_against_the_rules()
    {
        await _desk.PeopleAsync(1);
        var campaign = await _desk.LaunchedAsync(_desk.Draft() with { Hours = new SendingHours(14, 16) });
        await _desk.Planner().PlanOnceAsync(default);
        Assert.Empty(await _desk.DecideAsync(campaign));
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(nameof(SendReason.CampaignHours), Assert.Single(await _desk.TextsAsync(campaign)).Reason);
        Assert.Empty((await TableAsync(new ReportFilter())).Rows);
    }

    [Fact]
    public async Task Paper_and_json_have_the_same_figures_of_held_texts()
    {
        await _desk.PeopleAsync(2);
        await HeldAtNightAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var paper = PdfText.Of(await _reports.MakeAsync(Kind, new ReportFilter(), ReportFormats.Pdf));
        var json = (await _reports.JsonAsync(Kind, new ReportFilter())).GetProperty("figures").EnumerateArray().Last(f => f.TryGetProperty("table", out _));

        Assert.Contains("Quiet hours", paper, StringComparison.Ordinal);
        Assert.Matches(@" 0 2 0 2\b", paper);
        Assert.Equal(["0", "2", "0", "2"], json.GetProperty("table")[0].EnumerateArray().Skip(3).Select(c => c.GetString()!));
    }

    /// <summary>A campaign whose texts came due at midnight in New York.</summary>
    private async Task<(CampaignId Campaign, DateTimeOffset HeldAt)> HeldAtNightAsync()
    {
        _portal.Clock.Advance(TimeSpan.FromHours(12));
        var campaign = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        Assert.Empty(await _desk.DecideAsync(campaign));
        Assert.All(await _desk.TextsAsync(campaign), text => Assert.Equal((MessageState.Deferred, "QuietHours"), (text.State, text.Reason)));
        return (campaign, _portal.Now);
    }

    private Task EndedAtOnceAsync(SubscriberId person) => _portal.Database.WriteAsync(
        db =>
        {
            db.OutboundMessages.Add(new OutboundMessage
            {
                SubscriberId = person, Kind = MessageKind.Transactional, MessageClass = MessageClass.Transactional, PurposeId = _portal.Offers.Id, ClientRef = "capped", PlannedAt = _portal.Now, DueAt = _portal.Now,
                State = MessageState.Skipped, Reason = nameof(SendReason.FrequencyCap), Rule = "ST-FL-2", DecidedAt = _portal.Now,
            });
            return Task.CompletedTask;
        },
        default);

    private async Task<ReportBlock.Table> TableAsync(ReportFilter filter) => (await _reports.PreviewAsync(Kind, filter)).Blocks.OfType<ReportBlock.Table>().Last();
}
