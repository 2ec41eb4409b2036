using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Who of an audience gets nothing before any rule is asked, and which of the texts the others get.</summary>
public sealed class CampaignAudienceTests : IAsyncLifetime
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
    public async Task A_segment_names_the_campaigns_that_leave_its_people_out_too()
    {
        var list = await ListAsync("Has complained", (await _desk.PeopleAsync(2))[0]);
        var id = await _desk.SaveAsync(_desk.Draft() with { Exclude = [list] });

        var use = Assert.Single((await _portal.Get<SegmentDetail>().GetAsync(_desk.Author, list, default)).Value.UsedBy);
        Assert.Equal((id, 1, true), (use.Id, use.Version, use.IsLeftOut));
        Assert.False(Assert.Single((await _portal.Get<SegmentDetail>().GetAsync(_desk.Author, _desk.Segment, default)).Value.UsedBy).IsLeftOut);
    }

    [Fact]
    public async Task Recipients_can_be_asked_for_by_the_text_that_they_drew()
    {
        await _desk.PeopleAsync(12);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { OtherTexts = [new TextEdit("Aurora: other words. {{ stopLine }}")] });
        using (var planner = _desk.Planner())
            await planner.PlanOnceAsync(default);

        var rows = (await _portal.Get<CampaignRecipients>().PageAsync(_desk.Author, new RecipientQuery(id) { Variant = 'B' }, default)).Rows;

        Assert.Equal((await _desk.TextsAsync(id)).Count(t => t.Variant == 'B'), rows.Count);
        Assert.All(rows, row => Assert.Equal('B', row.Variant));
    }

    [Fact]
    public async Task The_audience_that_is_counted_while_one_chooses_is_the_one_that_the_planner_plans()
    {
        var people = await _desk.PeopleAsync(9);
        await _desk.PeopleAsync(3, consenting: false);
        var list = await ListAsync("Has complained", people[1], people[4]);
        var figures = (await _portal.Get<CampaignAudienceCount>().GetAsync(_desk.Author, new AudienceQuestion(_portal.Offers.Id, _desk.Segment, [list], null), default)).Value;

        Assert.Equal((12, 12, 9, 2), (figures.People, figures.Asked, figures.Reachable, figures.LeftOut));
        Assert.Equal((0, 2, 5), (figures.HeldOut(0), figures.Above(5, 0), figures.Gets(5, 0)));
        Assert.Equal((4, 0, 3), (figures.HeldOut(50), figures.Above(null, 50), figures.Gets(null, 50)));
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Exclude = [list], AtMost = 5 });
        await _desk.Planner(batch: 20).PlanOnceAsync(default);
        var texts = await _desk.TextsAsync(id);
        Assert.Equal((figures.People, figures.LeftOut, figures.Gets(5, 0)), (texts.Count, texts.Count(t => t.Reason == nameof(SendReason.ExcludedSegment)), texts.Count(t => t is { State: MessageState.Planned, IsWithoutPlace: false })));
    }

    [Fact]
    public async Task A_campaign_about_orders_counts_whoever_did_not_stop_as_the_segment_does_and_no_pause_keeps_them_out()
    {
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: Domain.Consent.MessageClass.Transactional);
        var people = await _desk.PeopleAsync(4, consenting: false);
        await WithdrawAsync(people[0]);
        await _portal.Database.WriteAsync(async db => (await db.Subscribers.FindAsync(people[1]))!.PausedUntil = _portal.Now.AddDays(3), default);

        var figures = (await _portal.Get<CampaignAudienceCount>().GetAsync(_desk.Author, new AudienceQuestion(orders.Id, _desk.Segment, [], null), default)).Value;
        var segment = (await _portal.Get<SegmentDetail>().GetAsync(_desk.Author, _desk.Segment, default)).Value;
        var counted = (await _portal.Get<SegmentCount>().GetAsync(_desk.Author, segment.Rule, orders.Id, default)).Value;

        Assert.Equal((4, 3), (figures.People, figures.Reachable));
        Assert.Equal((4, 3, 3), (counted.People, counted.Agreed, counted.Reachable));
    }

    [Fact]
    public async Task Of_a_campaign_that_asks_people_to_come_back_only_the_silent_are_counted()
    {
        await _desk.PeopleAsync(3);
        _portal.Clock.Advance(TimeSpan.FromDays(200));
        var awake = (await _desk.PeopleAsync(1, consenting: false))[0];
        await _portal.ConsentAsync(awake);

        var figures = (await _portal.Get<CampaignAudienceCount>().GetAsync(
            _desk.Author, new AudienceQuestion(_portal.Offers.Id, _desk.Segment, [], new Reengagement(180, 14, SilenceOutcome.EndConsent)), default)).Value;

        Assert.Equal((4, 3, 3, 0), (figures.People, figures.Asked, figures.Reachable, figures.LeftOut));
    }

    [Fact]
    public async Task People_of_an_excluded_list_get_nothing_and_have_a_row_that_says_so()
    {
        var people = await _desk.PeopleAsync(7);
        var list = await ListAsync("Has complained", people[1], people[4]);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Exclude = [list] });

        await _desk.Planner(batch: 3).PlanOnceAsync(default);

        var texts = await _desk.TextsAsync(id);
        Assert.Equal(7, texts.Count);
        Assert.Equal([people[1], people[4]], texts.Where(t => t is { State: MessageState.Skipped, Reason: nameof(SendReason.ExcludedSegment) }).Select(t => t.SubscriberId).ToHashSet());
    }

    [Fact]
    public async Task The_dry_run_leaves_out_whom_the_planner_leaves_out_and_everybody_counts_once()
    {
        var people = await _desk.PeopleAsync(12);
        var list = await ListAsync("Has complained", people[0], people[5]);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Exclude = [list], HoldoutPercent = 10, AtMost = 2 });
        await _desk.Planner(batch: 5).PlanOnceAsync(default);

        var run = (await _desk.ViewAsync(id)).DryRun!;
        var left = (await _desk.TextsAsync(id)).Where(t => t.State == MessageState.Skipped).GroupBy(t => t.Reason!).ToDictionary(g => g.Key, g => g.Count());

        Assert.Equal((12, 2, 10), (run.Audience, run.Allowed, run.Excluded));
        Assert.Equal(left, run.Detail.Reasons.ToDictionary(r => r.Reason.ToString(), r => r.Count));
        Assert.Equal(nameof(SendReason.ExcludedSegment), run.Detail.Reasons.OrderBy(r => r.Reason).First().Reason.ToString());
        Assert.Equal(2, left[nameof(SendReason.ExcludedSegment)]);
        Assert.Equal(2, (await _desk.TextsAsync(id)).Count(t => t.State == MessageState.Planned));
    }

    [Fact]
    public async Task A_limited_campaign_reaches_the_same_people_however_it_is_planned()
    {
        var people = await _desk.PeopleAsync(12);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = 5 });

        await _desk.Planner(batch: 2).PlanOnceAsync(default);

        await using var db = _portal.Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        var chosen = (await _desk.TextsAsync(id)).Where(t => t.State == MessageState.Planned).Select(t => t.SubscriberId).ToHashSet();
        Assert.Equal(people.OrderBy(campaign.LotOf).Take(5).ToHashSet(), chosen);
    }

    [Fact]
    public async Task Whoever_joins_the_segment_later_does_not_raise_the_number_above_its_limit()
    {
        await _desk.PeopleAsync(3);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = 3 });
        using var death = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _desk.Planner(batch: 3, new AfterEachBatch(death.Cancel)).PlanOnceAsync(death.Token));
        await _portal.Get<PauseCampaign>().ExecuteAsync(_desk.Author, id, "Wait for the shop", default);
        for (var i = 0; i < 4; i++)
            await _portal.ConsentAsync(await _portal.AddPersonAsync($"+1212555{4100 + i}"));
        await _portal.Get<ResumeCampaign>().ExecuteAsync(_desk.Author, id, default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(4, await _desk.Planner().PlanOnceAsync(default));

        var texts = await _desk.TextsAsync(id);
        Assert.Equal(3, texts.Count(t => t.State == MessageState.Planned));
        Assert.Equal(4, texts.Count(t => t.Reason == nameof(SendReason.AudienceCap)));
    }

    [Fact]
    public async Task A_limited_campaign_has_a_place_for_nobody_who_can_not_be_texted()
    {
        var agreed = await _desk.PeopleAsync(6);
        await _desk.PeopleAsync(9, consenting: false);
        await WithdrawAsync(agreed[0]);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = 4 });

        await _desk.Planner(batch: 3).PlanOnceAsync(default);

        await using var db = _portal.Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        var planned = (await _desk.TextsAsync(id)).Where(t => t.State == MessageState.Planned).Select(t => t.SubscriberId).ToHashSet();
        Assert.Equal(agreed.Skip(1).OrderBy(campaign.LotOf).Take(4).ToHashSet(), planned.Intersect(agreed.Skip(1)).ToHashSet());
        Assert.Equal((4, 4), (campaign.CapTaken, (await _desk.ViewAsync(id)).DryRun!.Allowed));
    }

    [Fact]
    public async Task The_dry_run_of_a_limited_campaign_counts_as_many_out_as_the_planner_and_the_others_say_why()
    {
        await _desk.PeopleAsync(6);
        await _desk.PeopleAsync(9, consenting: false);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = 4 });
        await _desk.Planner(batch: 5).PlanOnceAsync(default);

        var reasons = (await _desk.ViewAsync(id)).DryRun!.Detail.Reasons.ToDictionary(r => r.Reason, r => r.Count);
        var texts = await _desk.TextsAsync(id);

        Assert.Equal(texts.Count(t => t.Reason == nameof(SendReason.AudienceCap)), reasons[SendReason.AudienceCap]);
        Assert.Equal(texts.Count(t => t.State == MessageState.Planned) - 4, reasons.GetValueOrDefault(SendReason.NoConsent));
    }

    [Fact]
    public async Task Whoever_has_paused_keeps_the_place_that_they_drew()
    {
        var people = await _desk.PeopleAsync(3);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == people[1]).ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, _portal.Now.AddDays(2))), default);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = 3 });

        await _desk.Planner().PlanOnceAsync(default);

        Assert.Equal(3, (await _desk.TextsAsync(id)).Count(t => t.State == MessageState.Planned));
        await using var db = _portal.Database.Open();
        Assert.Equal(3, (await db.Campaigns.SingleAsync(c => c.Id == id)).CapTaken);
    }

    [Fact]
    public async Task Whoever_agrees_between_planning_and_sending_does_not_raise_the_number_above_its_limit_and_their_row_says_so()
    {
        var agreed = await _desk.PeopleAsync(3);
        var silent = await _desk.PeopleAsync(6, consenting: false);
        var id = await PlannedAsync(3);
        foreach (var person in silent)
            await _portal.ConsentAsync(person);

        var sent = await _desk.DecideAsync(id);

        Assert.Equal(agreed.ToHashSet(), sent.Select(t => t.SubscriberId).ToHashSet());
        Assert.All((await _desk.TextsAsync(id)).Where(t => silent.Contains(t.SubscriberId)), t => Assert.Equal((MessageState.Skipped, nameof(SendReason.AudienceCap)), (t.State, t.Reason)));
    }

    [Fact]
    public async Task Whoever_agrees_late_gets_a_place_that_nobody_drew()
    {
        await _desk.PeopleAsync(2);
        var silent = await _desk.PeopleAsync(5, consenting: false);
        var id = await PlannedAsync(4);
        foreach (var person in silent)
            await _portal.ConsentAsync(person);

        Assert.Equal(4, (await _desk.DecideAsync(id)).Count);

        Assert.Equal(3, (await _desk.TextsAsync(id)).Count(t => t is { State: MessageState.Skipped, Reason: nameof(SendReason.AudienceCap) }));
        Assert.Equal(4, await PlacesAsync(id));
    }

    [Fact]
    public async Task A_place_that_was_found_late_is_kept_over_the_night()
    {
        await _desk.PeopleAsync(1);
        var silent = await _desk.PeopleAsync(3, consenting: false);
        var id = await PlannedAsync(2);
        foreach (var person in silent)
            await _portal.ConsentAsync(person);
        _portal.Clock.SetUtcNow(PeoplePortal.Noon.AddHours(13));

        Assert.Empty(await _desk.DecideAsync(id));
        Assert.Equal((2, 2), ((await _desk.TextsAsync(id)).Count(t => t.State == MessageState.Deferred), await PlacesAsync(id)));
        _portal.Clock.SetUtcNow((await _desk.TextsAsync(id)).Max(t => t.DueAt));

        Assert.Equal(2, (await _desk.DecideAsync(id)).Count);
    }

    [Fact]
    public async Task Nobody_takes_the_place_of_somebody_who_drew_it_and_withdrew()
    {
        var agreed = await _desk.PeopleAsync(2);
        var silent = await _desk.PeopleAsync(4, consenting: false);
        var id = await PlannedAsync(2);
        await WithdrawAsync(agreed[0]);
        foreach (var person in silent)
            await _portal.ConsentAsync(person);

        Assert.Equal([agreed[1]], (await _desk.DecideAsync(id)).Select(t => t.SubscriberId));

        var texts = await _desk.TextsAsync(id);
        Assert.All(texts.Where(t => t.SubscriberId != agreed[1]), t => Assert.Equal((MessageState.Skipped, true), (t.State, t.Reason is not null)));
        Assert.NotEqual(nameof(SendReason.AudienceCap), texts.Single(t => t.SubscriberId == agreed[0]).Reason);
    }

    [Fact]
    public async Task Whoever_still_can_not_be_texted_when_their_row_is_due_is_told_apart_from_whoever_found_no_place()
    {
        await _desk.PeopleAsync(2);
        var silent = await _desk.PeopleAsync(3, consenting: false);
        var id = await PlannedAsync(3);
        foreach (var person in silent.Skip(1))
            await _portal.ConsentAsync(person);

        await _desk.DecideAsync(id);

        var reasons = (await _desk.TextsAsync(id)).Where(t => silent.Contains(t.SubscriberId)).Select(t => t.Reason).Order();
        Assert.Equal([null, nameof(SendReason.AudienceCap), nameof(SendReason.NoConsent)], reasons);
    }

    [Fact]
    public async Task An_approval_is_void_when_somebody_else_is_left_out()
    {
        var people = await _desk.PeopleAsync(2);
        var id = await _desk.ApprovedAsync();
        var view = await _desk.ViewAsync(id);

        await _desk.SaveAsync(_desk.Draft() with { Id = id, Version = view.Version, Exclude = [await ListAsync("Has complained", people[0])] });

        var changed = await _desk.ViewAsync(id);
        Assert.Equal(CampaignStatus.Draft, changed.Status);
        Assert.Contains(changed.SinceApproval!, c => c is { Field: "Left out", Before: null, After: "Has complained (version 1)" });
    }

    [Fact]
    public async Task A_list_that_a_campaign_leaves_out_stays_in_use()
    {
        var people = await _desk.PeopleAsync(1);
        var list = await ListAsync("Has complained", people[0]);
        await _desk.SaveAsync(_desk.Draft() with { Exclude = [list] });

        Assert.IsType<SegmentInUse>((await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, list, default)).Failure);
    }

    [Fact]
    public async Task A_segment_that_is_chosen_and_left_out_at_once_is_refused() =>
        Assert.Equal(nameof(CampaignEdit.Exclude), await RefusedAsync(_desk.Draft() with { Exclude = [_desk.Segment] }));

    [Theory]
    [InlineData(nameof(CampaignEdit.AtMost))]
    [InlineData(nameof(CampaignEdit.HoldoutPercent))]
    [InlineData(nameof(CampaignEdit.Weight))]
    [InlineData(nameof(CampaignEdit.OtherTexts))]
    [InlineData(nameof(CampaignEdit.TextsPerMinute))]
    [InlineData(nameof(CampaignEdit.OptOutLimit))]
    [InlineData(nameof(CampaignEdit.LimitsFrom))]
    public async Task What_makes_no_sense_is_refused_at_its_field(string field)
    {
        var draft = _desk.Draft();
        Assert.Equal(field, await RefusedAsync(field switch
        {
            nameof(CampaignEdit.AtMost) => draft with { AtMost = 0 },
            nameof(CampaignEdit.HoldoutPercent) => draft with { HoldoutPercent = 51 },
            nameof(CampaignEdit.Weight) => draft with { OtherTexts = [new TextEdit("Other", 0)] },
            nameof(CampaignEdit.OtherTexts) => draft with { OtherTexts = [new TextEdit(draft.Body)] },
            nameof(CampaignEdit.TextsPerMinute) => draft with { TextsPerMinute = 0 },
            nameof(CampaignEdit.OptOutLimit) => draft with { OptOutLimit = 0 },
            _ => draft with { LimitsFrom = 19 },
        }));
    }

    [Fact]
    public async Task Each_person_keeps_the_variant_that_was_drawn_and_planned()
    {
        var id = await LaunchedWithBothAsync(await _desk.PeopleAsync(6));
        await _desk.Planner().PlanOnceAsync(default);

        var run = (await _desk.ViewAsync(id)).DryRun!;
        var texts = await _desk.TextsAsync(id);

        await using var db = _portal.Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        Assert.All(texts, t => Assert.Equal(campaign.VariantOf(t.SubscriberId), t.Variant));
        Assert.Equal(texts.GroupBy(t => t.Variant!.Value.ToString()).ToDictionary(g => g.Key, g => g.Count()), run.Detail.Variants.ToDictionary());
        Assert.Equal(2, run.Detail.Variants.Count);
    }

    [Fact]
    public async Task Each_text_is_held_against_the_rules_by_its_letter()
    {
        await _desk.PeopleAsync(5);
        var id = await _desk.SaveAsync(_desk.Draft() with { Weight = 100, OtherTexts = [new TextEdit("No brand and no way out")] });
        await _desk.DryRunAsync(id);

        var findings = (await _desk.ViewAsync(id)).Findings;

        Assert.All(findings, f => Assert.Equal('B', f.Variant));
        Assert.NotEmpty(findings);
        Assert.Contains("text B", (await _desk.SubmitAsync(id)).Failure!.Message);
    }

    [Fact]
    public async Task Results_are_counted_by_variant()
    {
        var people = await _desk.PeopleAsync(6);
        var id = await LaunchedWithBothAsync(people);
        await _desk.Planner().PlanOnceAsync(default);
        await _portal.Database.WriteAsync(
            async db =>
            {
                foreach (var text in await db.OutboundMessages.Where(m => m.CampaignId == id).ToListAsync())
                    (text.State, text.SentAt) = (text.Variant == 'B' ? MessageState.Failed : MessageState.Delivered, _portal.Now);
            },
            default);
        var reader = (await _desk.TextsAsync(id)).First(t => t.Variant == 'A').SubscriberId;
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, reader, new Withdrawal(Domain.Consent.SuppressionScope.All, Domain.Consent.SuppressionSource.Keyword, Domain.Consent.ConsentChannel.Keyword, "Texted STOP", _portal.Now), default);

        var variants = (await _portal.Get<CampaignProgress>().GetAsync(_desk.Author, id, default)).Value.Variants;

        Assert.Equal(people.Count, variants.Sum(v => v.People));
        Assert.All(variants, v => Assert.Equal((v.People, v.Variant == 'A' ? v.People : 0, v.Variant == 'B' ? v.People : 0, v.Variant == 'A' ? 1 : 0), (v.Sent, v.Delivered, v.Failed, v.OptOuts)));
    }

    [Fact]
    public async Task The_file_of_recipients_holds_those_of_one_outcome_masked_and_is_recorded()
    {
        var people = await _desk.PeopleAsync(3);
        var id = await _desk.LaunchedAsync(_desk.Draft() with { Exclude = [await ListAsync("Has complained", people[1])] });
        await _desk.Planner().PlanOnceAsync(default);
        using var file = new MemoryStream();

        await _portal.Get<ExportCampaignRecipients>().ExecuteAsync(_desk.Author, new RecipientQuery(id, MessageState.Skipped), file, default);

        var lines = System.Text.Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith($"{people[1]},", lines[1]);
        Assert.Contains("•••", lines[1]);
        Assert.Contains("Skipped,ExcludedSegment,", lines[1]);
        Assert.Single(await _portal.AuditAsync("campaign.recipientsExported"));
    }

    [Fact]
    public async Task Nobody_without_the_right_to_export_gets_the_file()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        var reader = await _portal.AddStaffAsync("Rita Vogel", [Domain.Staff.Permissions.ViewCampaigns]);

        await Assert.ThrowsAnyAsync<Domain.Staff.NotPermitted>(() => _portal.Get<ExportCampaignRecipients>().ExecuteAsync(reader, new RecipientQuery(id), Stream.Null, default));
    }

    /// <summary>A limited campaign with a row for everybody, ready to be sent.</summary>
    private async Task<CampaignId> PlannedAsync(int atMost)
    {
        var id = await _desk.LaunchedAsync(_desk.Draft() with { AtMost = atMost });
        await _desk.Planner(batch: 50).PlanOnceAsync(default);
        return id;
    }

    private async Task<int> PlacesAsync(CampaignId id)
    {
        await using var db = _portal.Database.Open();
        return await db.Campaigns.Where(c => c.Id == id).Select(c => c.CapTaken).SingleAsync();
    }

    private async Task WithdrawAsync(SubscriberId person) => await _portal.Get<WithdrawConsent>().ExecuteAsync(
        _portal.Staff, person, new Withdrawal(Domain.Consent.SuppressionScope.All, Domain.Consent.SuppressionSource.Staff, Domain.Consent.ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

    /// <summary>A campaign of which each text was drawn by somebody: with few people one could be left over.</summary>
    private async Task<CampaignId> LaunchedWithBothAsync(IReadOnlyList<SubscriberId> people)
    {
        var id = await _desk.SaveAsync(TwoTexts());
        while (await LettersAsync(id, people) < 2)
            id = await _desk.SaveAsync(TwoTexts());
        Assert.True((await _desk.DryRunAsync(id)).IsSuccess);
        Assert.Null((await _desk.SubmitAsync(id)).Failure);
        Assert.Null((await _desk.ApproveAsync(id)).Failure);
        Assert.Null((await _desk.LaunchAsync(id)).Failure);
        return id;
    }

    private async Task<int> LettersAsync(CampaignId id, IReadOnlyList<SubscriberId> people)
    {
        await using var db = _portal.Database.Open();
        var campaign = await db.Campaigns.SingleAsync(c => c.Id == id);
        return people.Select(campaign.VariantOf).Distinct().Count();
    }

    private CampaignEdit TwoTexts() => _desk.Draft() with { OtherTexts = [new TextEdit("Aurora: come and see, {{ firstName | default: \"you\" }}. {{ stopLine }}", 2)] };

    private async Task<string?> RefusedAsync(CampaignEdit edit) =>
        ((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, edit, default)).Failure as FieldRefused)?.Field;

    private async Task<SegmentId> ListAsync(string name, params SubscriberId[] people)
    {
        var id = SegmentId.New(_portal.Now);
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Segments.Add(new Segment { Id = id, Name = name, CurrentVersion = 1, CreatedAt = _portal.Now });
                db.SegmentVersions.Add(new SegmentVersion
                {
                    SegmentId = id, Version = 1, RuleJson = SegmentRuleJson.Write(new OnList(id)), Sentence = name, AuthorId = Guid.Parse(_portal.Staff.Id), At = _portal.Now,
                });
                db.SegmentMembers.AddRange(people.Select(p => new SegmentMember { SegmentId = id, SubscriberId = p }));
                return Task.CompletedTask;
            },
            default);
        return id;
    }
}
