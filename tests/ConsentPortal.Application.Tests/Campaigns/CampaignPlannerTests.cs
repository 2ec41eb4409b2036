using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class CampaignPlannerTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Everybody_of_the_audience_gets_one_row()
    {
        var people = await _desk.PeopleAsync(9);
        await _portal.AddPersonAsync("+4930901820", "DE");
        var id = await _desk.LaunchedAsync();

        Assert.Equal(9, await _desk.Planner().PlanOnceAsync(default));

        var texts = await _desk.TextsAsync(id);
        Assert.Equal(people.ToHashSet(), texts.Select(t => t.SubscriberId).ToHashSet());
        Assert.All(texts, t => Assert.Equal(
            (MessageState.Planned, MessageKind.Campaign, MessageClass.Marketing, null, _portal.Now), (t.State, t.Kind, t.MessageClass, t.BodySealed, t.DueAt)));
        Assert.Equal(9, texts.Select(t => t.ClientRef).Distinct().Count());
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_planner_that_dies_in_the_middle_is_continued_by_the_next_and_nobody_is_planned_twice()
    {
        var people = await _desk.PeopleAsync(11);
        var id = await _desk.LaunchedAsync();
        using var death = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.Planner(batch: 3, new AfterEachBatch(death.Cancel)).PlanOnceAsync(death.Token));
        Assert.Equal(3, (await _desk.TextsAsync(id)).Count);
        Assert.Equal(CampaignStatus.Preparing, (await _desk.ViewAsync(id)).Status);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(8, await _desk.Planner(batch: 3).PlanOnceAsync(default));
        Assert.Equal(people.ToHashSet(), (await _desk.TextsAsync(id)).Select(t => t.SubscriberId).ToHashSet());
        Assert.Equal(11, (await _desk.TextsAsync(id)).Count);
    }

    [Fact]
    public async Task A_second_planner_waits_for_the_lease_of_the_first()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync();

        var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _desk.Planner(batch: 1).PlanOnceAsync(default))));

        Assert.Equal(2, counts.Sum());
        Assert.Equal(2, (await _desk.TextsAsync(id)).Count);
    }

    [Fact]
    public async Task A_planner_that_was_taken_for_dead_leaves_the_rest_to_its_heir()
    {
        var people = await _desk.PeopleAsync(9);
        var id = await _desk.LaunchedAsync();
        var heirs = 0;
        var slow = _desk.Planner(batch: 2, new AfterEachBatch(() =>
        {
            // The clock jumps past the lease while the first planner is between two batches.
            _portal.Clock.Advance(TimeSpan.FromMinutes(2));
            heirs += Task.Run(() => _desk.Planner().PlanOnceAsync(default)).GetAwaiter().GetResult();
        }));

        var own = await slow.PlanOnceAsync(default);

        Assert.Equal((2, 7), (own, heirs));
        Assert.Equal(people.ToHashSet(), (await _desk.TextsAsync(id)).Select(t => t.SubscriberId).ToHashSet());
    }

    [Fact]
    public async Task Planning_again_plans_nobody_again()
    {
        await _desk.PeopleAsync(5);
        var id = await _desk.LaunchedAsync();
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        Assert.Equal(0, await planner.PlanOnceAsync(default));
        await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default);

        Assert.Equal(0, await planner.PlanOnceAsync(default));
        Assert.Equal(5, (await _desk.TextsAsync(id)).Count);
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_campaign_paused_before_it_was_planned_is_planned_after_it_goes_on()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync();
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));
        await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(2, await _desk.Planner().PlanOnceAsync(default));
    }

    [Fact]
    public async Task A_campaign_for_later_waits_and_starts_by_itself()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        Assert.Equal(CampaignStatus.Scheduled, (await _desk.ViewAsync(id)).Status);
        var planner = _desk.Planner();
        Assert.Equal(0, await planner.PlanOnceAsync(default));

        _portal.Clock.Advance(TimeSpan.FromHours(3) - TimeSpan.FromMinutes(5));

        Assert.Equal(2, await planner.PlanOnceAsync(default));
        Assert.All(await _desk.TextsAsync(id), t => Assert.Equal(PeoplePortal.Noon.AddHours(3), t.DueAt));
    }

    [Fact]
    public async Task A_campaign_paused_before_its_start_does_not_start_and_keeps_its_approval()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        Assert.Null((await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));

        Assert.Null((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default)).Failure);

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Scheduled, "Ben Oduya"), (view.Status, view.ApprovedBy));
        _portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await _desk.Planner().PlanOnceAsync(default));
    }

    [Fact]
    public async Task A_campaign_whose_start_passed_while_it_was_paused_goes_on_only_when_that_is_meant()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3), notAfter: _portal.Now.AddHours(9)));
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        _portal.Clock.Advance(TimeSpan.FromHours(4));
        var planner = _desk.Planner();

        Assert.Equal(0, await planner.PlanOnceAsync(default));
        Assert.IsType<StartHasPassed>((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default)).Failure);
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(id)).Status);

        Assert.Null((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, mayStartLate: true, default)).Failure);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(2, await planner.PlanOnceAsync(default));
    }

    [Fact]
    public async Task A_campaign_paused_until_its_last_moment_can_only_be_taken_back_or_cancelled()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3), notAfter: _portal.Now.AddHours(4)));
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        _portal.Clock.Advance(TimeSpan.FromHours(5));

        Assert.IsType<CampaignNotReady>((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, mayStartLate: true, default)).Failure);
        Assert.Null((await _portal.Get<TakeBackCampaign>().ExecuteAsync(_desk.Author, id, "Too late for it", default)).Failure);
    }

    [Fact]
    public async Task A_campaign_whose_sender_changed_while_it_was_paused_does_not_go_on()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        await _portal.Database.WriteAsync(async db => (await db.Purposes.FindAsync(_portal.Offers.Id))!.Sender = "+12025550199", default);

        Assert.Contains("differs from what was approved", (await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default)).Failure!.Message, StringComparison.Ordinal);
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(id)).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_campaign_that_waits_for_its_start_can_be_taken_back_to_draft_and_needs_a_new_approval(bool isPaused)
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        if (isPaused)
            await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);

        Assert.Null((await _portal.Get<TakeBackCampaign>().ExecuteAsync(_desk.Author, id, "The price is wrong", default)).Failure);

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, "The price is wrong", null, true), (view.Status, view.StatusReason, view.ApprovedBy, view.DryRun!.IsCurrent));
        Assert.Single(await _portal.AuditAsync("campaign.takenBack"));
        Assert.IsType<CampaignNotReady>((await _desk.LaunchAsync(id)).Failure);
        _portal.Clock.Advance(TimeSpan.FromHours(4));
        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));
        Assert.Null((await _desk.SubmitAsync(id)).Failure);
    }

    [Fact]
    public async Task What_has_begun_can_not_be_taken_back()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync();
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);

        Assert.IsType<CampaignNotReady>((await _portal.Get<TakeBackCampaign>().ExecuteAsync(_desk.Author, id, "The price is wrong", default)).Failure);
        Assert.Equal(CampaignStatus.Paused, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_scheduled_campaign_whose_sender_changed_goes_back_to_its_author()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.LaunchedAsync(_desk.Draft(start: _portal.Now.AddHours(3)));
        await _portal.Database.WriteAsync(async db => (await db.Purposes.FindAsync(_portal.Offers.Id))!.Sender = "+12025550199", default);
        _portal.Clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(0, await _desk.Planner().PlanOnceAsync(default));

        var view = await _desk.ViewAsync(id);
        Assert.Equal(CampaignStatus.Draft, view.Status);
        Assert.Contains("differs from what was approved", view.StatusReason);
        Assert.Single(await _portal.AuditAsync("campaign.approvalVoided"));
    }

    [Fact]
    public async Task Cancelling_skips_what_waits_with_the_reason_and_leaves_the_rest()
    {
        await _desk.PeopleAsync(3);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await SetAsync(id, MessageState.Delivered, count: 1);

        Assert.Null((await _portal.Get<CancelCampaign>().ExecuteAsync(_desk.Author, id, "The shop burnt down", default)).Failure);

        var texts = await _desk.TextsAsync(id);
        Assert.Equal(2, texts.Count(t => t.State == MessageState.Skipped && t.Reason == nameof(SendReason.CampaignCancelled)));
        Assert.Equal(1, texts.Count(t => t.State == MessageState.Delivered));
        Assert.Equal(CampaignStatus.Cancelled, (await _desk.ViewAsync(id)).Status);
        Assert.IsType<CampaignNotReady>((await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default)).Failure);
    }

    [Fact]
    public async Task A_campaign_without_a_text_left_to_send_is_finished()
    {
        await _desk.PeopleAsync(2);
        var id = await _desk.LaunchedAsync();
        var planner = _desk.Planner();
        await planner.PlanOnceAsync(default);
        Assert.Equal(CampaignStatus.Sending, (await _desk.ViewAsync(id)).Status);
        await SetAsync(id, MessageState.Accepted, count: 2);

        await planner.PlanOnceAsync(default);

        Assert.Equal(CampaignStatus.Finished, (await _desk.ViewAsync(id)).Status);
        Assert.Single(await _portal.AuditAsync("campaign.finished"));
    }

    [Fact]
    public async Task Progress_counts_states_reasons_and_opt_outs()
    {
        var people = await _desk.PeopleAsync(4);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await SetAsync(id, MessageState.Delivered, count: 2, price: 0.01m);
        await SetAsync(id, MessageState.Skipped, count: 1, reason: nameof(SendReason.QuietHours));
        var texted = (await _desk.TextsAsync(id)).First(t => t.State == MessageState.Delivered).SubscriberId;
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, texted, new Withdrawal(SuppressionScope.All, SuppressionSource.Keyword, ConsentChannel.Keyword, "Texted STOP", _portal.Now), default);

        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value;
        var page = await _portal.Get<CampaignRecipients>().PageAsync(_desk.Author, new RecipientQuery(id, MessageState.Skipped), default);
        var row = Assert.Single((await _portal.Get<CampaignList>().PageAsync(_desk.Author, new CampaignQuery(CampaignStatus.Sending), default)).Rows);

        Assert.Equal((4, 3, 2, 1, 0.02m), (figures.Texts, figures.Done, figures.Sent, figures.OptOuts, figures.Price));
        Assert.Contains(figures.Reasons, r => r is { State: MessageState.Skipped, Reason: nameof(SendReason.QuietHours), Count: 1 });
        Assert.Contains("•••", Assert.Single(page.Rows).MaskedPhone);
        Assert.Equal((4, 3, 2, 2, 1), (row.Texts, row.Done, row.Sent, row.LastMinute, row.OptOuts));
        Assert.Contains(people, p => p == texted);
    }

    [Fact]
    public async Task A_withdrawal_counts_for_the_last_text_before_it_and_for_no_later_reason()
    {
        var people = await _desk.PeopleAsync(2);
        var (first, second) = (await _desk.LaunchedAsync(), await _desk.LaunchedAsync());
        await _desk.Planner().PlanOnceAsync(default);
        await SetAsync(first, MessageState.Delivered, count: 2);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        await SetAsync(second, MessageState.Delivered, count: 2);

        await WithdrawAsync(people[0]);
        Assert.Equal((0, 1), (await OptOutsAsync(first), await OptOutsAsync(second)));

        _portal.Clock.Advance(CampaignOutcomes.OptOutTime + TimeSpan.FromMinutes(1));
        await WithdrawAsync(people[1]);
        Assert.Equal((0, 1), (await OptOutsAsync(first), await OptOutsAsync(second)));
    }

    [Fact]
    public async Task Whoever_leaves_on_the_first_day_stands_in_the_hour_that_the_organisations_clock_showed()
    {
        var people = await _desk.PeopleAsync(3);
        await _portal.Database.WriteAsync(
            db => Task.FromResult(db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = """{"name":"Aurora","zone":"Asia/Kolkata"}""" })), default);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await SetAsync(id, MessageState.Delivered, count: 3);
        Assert.Empty((await _portal.Get<CampaignProgress>().OptOutsAsync(_desk.Author, id, default)).FirstDay);

        // It began at 22:30 there; half an hour later another hour begins.
        await WithdrawAsync(people[0]);
        _portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await WithdrawAsync(people[1]);
        _portal.Clock.Advance(TimeSpan.FromHours(24));
        await WithdrawAsync(people[2]);

        var over = await _portal.Get<CampaignProgress>().OptOutsAsync(_desk.Author, id, default);
        Assert.Equal(("Asia/Kolkata", 24, PeoplePortal.Noon.AddMinutes(-30)), (over.Zone, over.FirstDay.Count, over.FirstDay[0].Start));
        Assert.Equal([1, 1, 0], over.FirstDay.Take(3).Select(hour => hour.People));
        Assert.Equal((2, 3), (over.FirstDay.Sum(hour => hour.People), over.Hours.Sum(hour => hour.People)));
    }

    /// <summary>The page of the campaign and the list of all say the same.</summary>
    private async Task<int> OptOutsAsync(CampaignId id)
    {
        var row = (await _portal.Get<CampaignList>().PageAsync(_desk.Author, new CampaignQuery(), default)).Rows.Single(r => r.Id == id);
        var told = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.OptOuts;
        Assert.Equal(told, row.OptOuts);
        return told;
    }

    private Task<Result<Done>> WithdrawAsync(SubscriberId person) => _portal.Get<WithdrawConsent>().ExecuteAsync(
        _portal.Staff, person, new Withdrawal(SuppressionScope.Purpose, SuppressionSource.Keyword, ConsentChannel.Keyword, "Texted STOP", _portal.Now, _portal.Offers.Id), default);

    [Fact]
    public async Task While_it_sends_its_rate_its_end_and_what_was_charged_are_told()
    {
        await _desk.PeopleAsync(6);
        var id = await _desk.LaunchedAsync();
        Assert.Null((await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, await _desk.SaveAsync(_desk.Draft()), default)).Value.Speed);
        await _desk.Planner(batch: 10).PlanOnceAsync(default);
        await SetAsync(id, MessageState.Delivered, count: 1, price: 0.01m);
        _portal.Clock.Advance(TimeSpan.FromSeconds(61));
        await SetAsync(id, MessageState.Accepted, count: 2);
        await _portal.Database.WriteAsync(async db => (await db.OutboundMessages.OrderBy(m => m.Id).LastAsync(m => m.CampaignId == id)).DueAt = _portal.Now.AddHours(5), default);

        var figures = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value;

        Assert.Equal(new SendingSpeed(2, 2, 1, _portal.Now.AddHours(5)), figures.Speed);
        Assert.Equal((1, 0.01m), (figures.PricedTexts, figures.Price));
        Assert.Equal(_portal.Now.AddHours(5), figures.Speed!.EndsAt(figures.At));
        Assert.Equal(_portal.Now.AddMinutes(1), (figures.Speed with { LastDueAt = null }).EndsAt(figures.At));
        Assert.Null((figures.Speed with { LastMinute = 0 }).EndsAt(figures.At));
    }

    [Fact]
    public async Task Recipients_are_found_by_the_code_with_which_their_text_failed()
    {
        await _desk.PeopleAsync(3);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        await SetAsync(id, MessageState.Failed, count: 2, reason: nameof(SendReason.ProviderErrorPermanent));
        await _portal.Database.WriteAsync(async db => (await db.OutboundMessages.FirstAsync(m => m.State == MessageState.Failed)).ErrorCode = "1190", default);

        var failed = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Reasons.Where(r => r.State == MessageState.Failed).ToList();

        Assert.Equal(["1190", nameof(SendReason.ProviderErrorPermanent)], failed.Select(r => r.Reason!).Order(StringComparer.Ordinal));
        Assert.Single((await _portal.Get<CampaignRecipients>().PageAsync(_desk.Author, new RecipientQuery(id, MessageState.Failed, "1190"), default)).Rows);
    }

    [Fact]
    public async Task A_code_is_told_with_what_it_means_where_it_came_from_and_failed_and_expired_are_listed_together()
    {
        await _desk.PeopleAsync(4);
        var id = await _desk.LaunchedAsync();
        await _desk.Planner(batch: 10).PlanOnceAsync(default);
        await SetAsync(id, MessageState.Failed, count: 1, reason: nameof(SendReason.ProviderErrorPermanent), code: "1120", hasLeft: false);
        await SetAsync(id, MessageState.Failed, count: 1, code: "1120");
        await SetAsync(id, MessageState.Expired, count: 1, code: "1360");

        var rows = (await _portal.Get<CampaignRecipients>().PageAsync(_desk.Author, new RecipientQuery(id) { IsUndelivered = true }, default)).Rows;
        var reasons = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Reasons;

        string[] meanings = ["expired before delivery", "sender not allowed", "the sender is invalid"];
        Assert.Equal(meanings, rows.Select(r => r.Error!.Meaning).Order(StringComparer.Ordinal));
        Assert.Equal(meanings, reasons.Select(r => r.Error!.Meaning).Order(StringComparer.Ordinal));
        Assert.Equal([ProviderErrorClass.Configuration, ProviderErrorClass.Configuration, ProviderErrorClass.Transient], rows.Select(r => r.Error!.Class!.Value));
    }

    private Task SetAsync(CampaignId id, MessageState state, int count, string? reason = null, decimal? price = null, string? code = null, bool hasLeft = true) => _portal.Database.WriteAsync(
        async db =>
        {
            foreach (var text in await db.OutboundMessages.Where(m => m.CampaignId == id && m.State == MessageState.Planned).Take(count).ToListAsync())
                (text.State, text.Reason, text.SentAt, text.Price, text.ErrorCode) = (state, reason, state == MessageState.Skipped || !hasLeft ? null : _portal.Now, price, code);
        },
        default);
}
