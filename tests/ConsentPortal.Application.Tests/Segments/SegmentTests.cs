using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Campaigns;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class SegmentTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_changed_rule_becomes_a_version_and_the_old_one_stays()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["US", "CA"]), SeenVersion: 1));

        var segment = (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, id, default)).Value;

        Assert.Equal(2, segment.Version);
        Assert.Equal(["People who have a number of US or CA.", "People who have a number of US."], segment.History.Select(h => h.Sentence));
        Assert.Single(await _portal.AuditAsync("segment.added"));
        Assert.Single(await _portal.AuditAsync("segment.changed"));
    }

    [Fact]
    public async Task The_same_rule_again_makes_no_version()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["US"]), SeenVersion: 1));

        Assert.Equal(1, (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, id, default)).Value.Version);
    }

    [Fact]
    public async Task An_editor_who_saw_an_older_version_is_told_so()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;
        await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["CA"]), SeenVersion: 1));

        Assert.IsType<ChangedMeanwhile>((await SaveAsync(new SegmentEdit(id, "Americans", new NumberCountryIs(["DE"]), SeenVersion: 1))).Failure);
    }

    [Fact]
    public async Task An_edit_that_leaves_a_segment_that_names_it_without_an_answer_is_refused_by_that_name()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Countries", new NumberCountryIs(["US"])))).Value;
        var twice = (await SaveAsync(new SegmentEdit(null, "Twice", new AllOf([new InSegment(id), new InSegment(id)])))).Value;
        await SaveAsync(new SegmentEdit(null, "Far away", new AllOf([new InSegment(twice), new InSegment(twice), new InSegment(twice)])));
        var large = new AnyOf([.. Enumerable.Range(1, 40).Select(days => new Added(true, days))]);

        var refused = Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(id, "Countries", large, SeenVersion: 1))).Failure);

        Assert.Contains("The segment \"Far away\" names this one, and with this rule it would have no answer.", Assert.Single(refused.Problems).Message);
        Assert.Null((await SaveAsync(new SegmentEdit(id, "Countries", new NumberCountryIs(["US", "CA"]), SeenVersion: 1))).Failure);
    }

    [Fact]
    public async Task Names_are_unique_and_rules_point_to_what_exists()
    {
        await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])));

        Assert.IsType<FieldRefused>((await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Gone", new ConsentIs(PurposeId.New(_portal.Now), ConsentStatus.Granted)))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Gone", new FlagAttribute(7, true)))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Gone", new AttributeKnown(7)))).Failure);
        Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "Empty", new AllOf([])))).Failure);
    }

    [Fact]
    public async Task A_segment_that_names_another_one_follows_it_and_keeps_it_in_use()
    {
        await _portal.AddPersonAsync();
        var inner = (await SaveAsync(new SegmentEdit(null, "Inner", new NumberCountryIs(["CA"])))).Value;
        var outer = (await SaveAsync(new SegmentEdit(null, "Outer", new AllOf([new InSegment(inner)])))).Value;
        Assert.Equal(0, await PeopleAsync(new InSegment(outer)));

        await SaveAsync(new SegmentEdit(inner, "Inner", new NumberCountryIs(["US"]), SeenVersion: 1));

        Assert.Equal(1, await PeopleAsync(new InSegment(outer)));
        Assert.Equal(["Outer"], (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, inner, default)).Value.NamedBy.Select(s => s.Name));
        Assert.IsType<NamedByRule>((await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, inner, default)).Failure);
    }

    [Fact]
    public async Task A_circle_of_segments_is_refused_when_it_is_saved_and_when_it_is_asked()
    {
        var a = (await SaveAsync(new SegmentEdit(null, "Segment A", new NumberCountryIs(["US"])))).Value;
        var b = (await SaveAsync(new SegmentEdit(null, "Segment B", new AllOf([new InSegment(a)])))).Value;

        var refused = Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(a, "Segment A", new AnyOf([new Added(true, 1), new InSegment(b)]), SeenVersion: 1))).Failure);
        Assert.Equal(["rule.2"], refused.Problems.Select(p => p.Path));

        // Two editors of two machines could still have made one.
        await _portal.Database.WriteAsync(
            db => db.SegmentVersions.Where(v => v.SegmentId == a).ExecuteUpdateAsync(v => v.SetProperty(x => x.RuleJson, SegmentRuleJson.Write(new InSegment(b)))), default);
        Assert.IsType<SegmentRuleRefused>((await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new InSegment(b), null, default)).Failure);
    }

    [Fact]
    public async Task An_archived_segment_is_named_as_such_and_can_not_be_chosen_any_more()
    {
        var old = (await SaveAsync(new SegmentEdit(null, "Old one", new NumberCountryIs(["US"])))).Value;
        await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, old, default);

        var choices = await _portal.Get<SegmentDetail>().ChoicesAsync(_portal.Staff, default);

        Assert.DoesNotContain(choices.Segments, s => s.Id == old);
        Assert.Equal("Old one (archived)", choices.Names.Segment(old));
        var refused = Assert.IsType<SegmentRuleRefused>((await SaveAsync(new SegmentEdit(null, "New one", new AllOf([new Added(true, 1), new InSegment(old)])))).Failure);
        Assert.Equal("rule.2", refused.Problems.Single().Path);
    }

    [Fact]
    public async Task Reachable_are_those_who_agreed_and_did_not_stop()
    {
        var agreed = await _portal.AddPersonAsync();
        var stopped = await _portal.AddPersonAsync("+12125552369");
        await _portal.AddPersonAsync("+12125552370");
        await _portal.ConsentAsync(agreed);
        await _portal.ConsentAsync(stopped);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, stopped, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);

        var figures = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), _portal.Offers.Id, default)).Value;

        Assert.Equal((3, 1, 3), (figures.People, figures.Reachable, figures.Sample.Count));
        Assert.All(figures.Sample, p => Assert.Contains("•••", p.MaskedPhone));
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("restricted")]
    [InlineData("invalid")]
    [InlineData("expired")]
    public async Task Whoever_agreed_and_can_not_be_texted_all_the_same_is_not_reachable(string why)
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Database.WriteAsync(
            async db =>
            {
                var person = (await db.Subscribers.FindAsync(id))!;
                (person.PausedUntil, person.IsRestricted, person.NumberState) =
                    (why == "paused" ? _portal.Now.AddDays(1) : null, why == "restricted", why == "invalid" ? NumberState.Invalid : NumberState.Usable);
                if (why == "expired")
                    await db.ConsentRecords.ExecuteUpdateAsync(r => r.SetProperty(x => x.ExpiresAt, _portal.Now));
            },
            default);

        Assert.Equal(0, await ReachableAsync(_portal.Offers));
    }

    [Fact]
    public async Task A_pause_that_is_over_keeps_nobody_out()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == id).ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, _portal.Now)), default);

        Assert.Equal(1, await ReachableAsync(_portal.Offers));
    }

    [Fact]
    public async Task A_stop_for_marketing_reaches_marketing_alone()
    {
        var news = await _portal.AddPurposeAsync("Delivery news", messageClass: MessageClass.Informational);
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.ConsentAsync(id, news, await _portal.AddWordingAsync(news));
        await _portal.Database.WriteAsync(
            async db => db.Suppressions.Add(new Suppression
            {
                PhoneHash = (await db.Subscribers.FindAsync(id))!.PhoneHash!, Scope = SuppressionScope.Marketing, Source = SuppressionSource.Staff, Reason = "Asked", At = _portal.Now,
            }),
            default);

        Assert.Equal((0, 1), (await ReachableAsync(_portal.Offers), await ReachableAsync(news)));
    }

    [Fact]
    public async Task A_day_of_a_rule_is_one_of_the_organisations_zone_for_the_count_and_for_the_explanation()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(
            async db =>
            {
                db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Organisation, Json = """{"name":"Aurora","zone":"America/New_York"}""" });
                (await db.Subscribers.FindAsync(id))!.LastEngagedAt = new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero);
            },
            default);
        SegmentRule On(int day) => new LastEngaged(new RuleTime(From: new DateOnly(2026, 11, day), Until: new DateOnly(2026, 11, day)));

        Assert.Equal((1, 0), (await PeopleAsync(On(20)), await PeopleAsync(On(21))));
        Assert.True((await _portal.Get<Membership>().GetAsync(_portal.Staff, On(20), id, default)).Value.Rule.IsMet);
        Assert.Equal("America/New_York", (await _portal.Get<SegmentDetail>().ChoicesAsync(_portal.Staff, default)).Zone);
    }

    [Fact]
    public async Task A_handful_of_people_and_a_sensitive_attribute_are_pointed_out()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.AddRange(
                    new AttributeDefinition { Id = 1, Name = "health plan", Type = AttributeType.Flag, IsSensitive = true }, new AttributeDefinition { Id = 2, Name = "vip", Type = AttributeType.Flag });
                db.SubscriberAttributes.AddRange(new[] { 1, 2 }.Select(attribute => new SubscriberAttribute { SubscriberId = id, AttributeId = attribute, Number = 0 }));
                return Task.CompletedTask;
            },
            default);

        var figures = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NoneOf([new FlagAttribute(1, true), new FlagAttribute(2, true)]), null, default)).Value;

        Assert.Equal(2, figures.Warnings.Count);
        Assert.StartsWith("The rule means fewer than 20 people", figures.Warnings[0]);
        Assert.StartsWith("The rule asks about health plan", figures.Warnings[1]);
    }

    [Fact]
    public async Task An_attribute_of_which_nobody_has_a_value_is_pointed_out()
    {
        var id = await _portal.AddPersonAsync();
        AttributeType[] types = [AttributeType.Text, AttributeType.Number, AttributeType.Date];
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.AddRange(types.SelectMany((type, i) => new[]
                {
                    new AttributeDefinition { Id = i + 1, Name = $"used {type}", Type = type }, new AttributeDefinition { Id = i + 11, Name = $"unused {type}", Type = type },
                }));
                db.SubscriberAttributes.AddRange(
                    new SubscriberAttribute { SubscriberId = id, AttributeId = 1, Text = "gold" }, new SubscriberAttribute { SubscriberId = id, AttributeId = 2, Number = 3 },
                    new SubscriberAttribute { SubscriberId = id, AttributeId = 3, Date = _portal.Now });
                return Task.CompletedTask;
            },
            default);

        var figures = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NoneOf([.. new[] { 1, 2, 3, 11, 12, 13 }.Select(attribute => new AttributeKnown(attribute))]), null, default)).Value;

        Assert.Equal(["unused Date", "unused Number", "unused Text"], figures.Warnings.Select(w => w.Split(':')[0].Replace("Nobody has a value of ", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_countries_of_a_segment_are_those_of_its_peoples_numbers_the_largest_first()
    {
        await _portal.AddPersonAsync("+14165550123", "CA");
        await _portal.EraseAsync(await _portal.AddPersonAsync("+14165550124", "CA"));
        foreach (var number in new[] { "+12125552391", "+12125552392" })
            await _portal.AddPersonAsync(number);

        async Task<IEnumerable<(string?, int)>> OfAsync(SegmentRule rule) => (await _portal.Get<SegmentCountries>().GetAsync(_portal.Staff, rule, default)).Value.Select(c => (c.Region, c.People));

        Assert.Equal([("US", 2), ("CA", 1)], await OfAsync(new Added(true, 30)));
        Assert.Equal([("CA", 1)], await OfAsync(new NoneOf([new NumberCountryIs(["US"])])));
        Assert.IsType<SegmentRuleRefused>((await _portal.Get<SegmentCountries>().GetAsync(_portal.Staff, new NumberCountryIs([]), default)).Failure);
    }

    [Fact]
    public async Task A_crowd_that_is_asked_about_nothing_sensitive_gives_no_warning()
    {
        for (var i = 0; i < 20; i++)
            await _portal.AddPersonAsync($"+1212555{2300 + i}");

        Assert.Empty((await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), null, default)).Value.Warnings);
        Assert.Empty((await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["CA"]), null, default)).Value.Warnings);
    }

    [Fact]
    public async Task The_last_use_keeps_how_many_people_it_was_planned_for()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.PeopleAsync(2);
        var campaign = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        await _portal.AddPersonAsync("+12125552369");

        var use = (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, desk.Segment, default)).Value.LastUse;

        Assert.Equal((campaign, 1, 2), (use!.Id, use.Version, use.People));
    }

    [Fact]
    public async Task A_campaign_that_asks_silent_people_back_is_no_use_of_the_whole_segment()
    {
        var desk = await CampaignDesk.OpenAsync(_portal);
        await desk.PeopleAsync(2);
        _portal.Clock.Advance(TimeSpan.FromDays(200));
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125552369"));
        var whole = await desk.LaunchedAsync();
        await desk.Planner().PlanOnceAsync(default);
        _portal.Clock.Advance(TimeSpan.FromMinutes(2));
        var silent = await desk.LaunchedAsync(desk.Draft() with { Name = "Come back", Reengages = new Reengagement(180, 14, SilenceOutcome.EndConsent) });
        await desk.Planner().PlanOnceAsync(default);

        var use = (await _portal.Get<SegmentDetail>().GetAsync(_portal.Staff, desk.Segment, default)).Value.LastUse;

        await using var db = _portal.Database.Open();
        Assert.Equal(2, await db.OutboundMessages.CountAsync(m => m.CampaignId == silent));
        Assert.Equal((whole, 3), (use!.Id, use.People));
    }

    [Fact]
    public async Task An_archived_segment_leaves_the_list_and_can_not_be_edited()
    {
        var id = (await SaveAsync(new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])))).Value;

        Assert.True((await _portal.Get<ArchiveSegment>().ExecuteAsync(_portal.Staff, id, default)).IsSuccess);

        Assert.Empty(await _portal.Get<SegmentList>().AllAsync(_portal.Staff, withArchived: false, default));
        Assert.IsType<SegmentNotFound>((await SaveAsync(new SegmentEdit(id, "Again", new NumberCountryIs(["US"]), SeenVersion: 1))).Failure);
    }

    [Fact]
    public async Task Each_use_case_asks_for_its_permission()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveSegment>().ExecuteAsync(Actor.Nobody, new SegmentEdit(null, "Any", new Added(true, 1)), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ArchiveSegment>().ExecuteAsync(Actor.Nobody, SegmentId.New(_portal.Now), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentCount>().GetAsync(Actor.Nobody, new Added(true, 1), null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentList>().AllAsync(Actor.Nobody, false, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SegmentDetail>().GetAsync(Actor.Nobody, SegmentId.New(_portal.Now), default));
    }

    private async Task<int> PeopleAsync(SegmentRule rule) => (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, rule, null, default)).Value.People;

    private async Task<int?> ReachableAsync(Purpose purpose) =>
        (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), purpose.Id, default)).Value.Reachable;

    private Task<Domain.Result<SegmentId>> SaveAsync(SegmentEdit edit) => _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, edit, default);
}
