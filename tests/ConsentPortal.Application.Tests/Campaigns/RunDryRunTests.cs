using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class RunDryRunTests : IAsyncLifetime
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
    public async Task Everybody_is_counted_once_with_a_reason()
    {
        var agreed = await _desk.PeopleAsync(5);
        await _desk.PeopleAsync(7, consenting: false);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, agreed[0], new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked by phone", _portal.Now), default);
        await _portal.EraseAsync(agreed[1]);

        var run = await RunAsync(_desk.Draft());

        Assert.Equal((11, 3, 0, 8), (run.Audience, run.Allowed, run.Deferred, run.Excluded));
        Assert.Equal([(SendReason.Suppressed, 1), (SendReason.NoConsent, 7)], run.Detail.Reasons.Select(r => (r.Reason, r.Count)));
        Assert.Equal([new DryRunHour(PeoplePortal.Noon, 3)], run.Detail.Hours);
        Assert.Equal(3, run.Detail.TotalParts);
        Assert.Equal(3, run.Detail.Encodings["gsm7"]);
        var samples = run.Detail.Reasons[1].Samples;
        Assert.Equal(5, samples.Count);
        Assert.All(samples, id => Assert.Contains("•••", run.Samples[id]));
    }

    [Fact]
    public async Task Texts_of_the_night_leave_in_the_morning()
    {
        await _desk.PeopleAsync(2);

        var run = await RunAsync(_desk.Draft(start: PeoplePortal.Noon.AddHours(10)));

        Assert.Equal((0, 2), (run.Allowed, run.Deferred));
        Assert.Equal(SendReason.QuietHours, Assert.Single(run.Detail.Reasons).Reason);
        var hour = Assert.Single(run.Detail.Hours);
        Assert.True(hour.Start > PeoplePortal.Noon.AddHours(18), $"Left at {hour.Start}.");
    }

    [Fact]
    public async Task Who_would_have_to_wait_too_long_falls_away()
    {
        await _desk.PeopleAsync(2);
        var night = PeoplePortal.Noon.AddHours(10);

        var run = await RunAsync(_desk.Draft(start: night, notAfter: night.AddHours(1)));

        Assert.Equal((0, 2), (run.Deferred, run.Excluded));
        Assert.Equal(SendReason.PastNotAfter, Assert.Single(run.Detail.Reasons).Reason);
        Assert.Empty(run.Detail.Hours);
    }

    [Fact]
    public async Task Whoever_had_what_was_promised_is_counted_whatever_else_makes_them_wait()
    {
        var people = await _desk.PeopleAsync(3);
        for (var i = 1; i <= 4; i++)
            await _portal.SendAsync(people[0], _portal.Now.AddDays(-i));
        await _portal.SendAsync(people[1], _portal.Now.AddDays(-1));

        Assert.Equal(1, (await RunAsync(_desk.Draft())).Detail.OverPromise);
        Assert.Equal(1, (await RunAsync(_desk.Draft(start: PeoplePortal.Noon.AddHours(10)))).Detail.OverPromise);
    }

    [Fact]
    public async Task Missing_names_and_long_texts_are_counted()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync(first: ""));
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125552369"));

        var run = await RunAsync(_desk.Draft("Aurora: ✓ {{ firstName | default: \"hello\" }} " + new string('x', 80) + " {{ stopLine }}"));

        Assert.Equal(1, run.Detail.Missing["firstName"]);
        Assert.Equal(2, run.Detail.Encodings["ucs2"]);
        Assert.Equal(2, run.Detail.Parts[2]);
    }

    [Fact]
    public async Task Hours_in_which_nobody_may_be_texted_are_told_with_the_texts()
    {
        await _desk.PeopleAsync(2);

        var detail = (await RunAsync(_desk.Draft(start: PeoplePortal.Noon.AddHours(10)))).Detail;

        var opens = Assert.Single(detail.Hours).Start;
        var night = Enumerable.Range(10, (int)(opens - PeoplePortal.Noon).TotalHours - 10).Select(hour => new ClosedHour(PeoplePortal.Noon.AddHours(hour), 2));
        Assert.Equal(night, detail.Closed.Where(hour => hour.Start < opens && hour.Start >= PeoplePortal.Noon.AddHours(10)));
        Assert.DoesNotContain(detail.Closed, hour => hour.Start == opens);
    }

    [Fact]
    public async Task Each_country_costs_what_was_charged_lately_or_what_the_list_says_or_nobody_knows()
    {
        await _desk.PeopleAsync(2);
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+525512345678", "MX"));
        var segment = await _portal.Get<Application.Segments.SaveSegment>().ExecuteAsync(
            _portal.Staff, new Application.Segments.SegmentEdit(null, "North America", new Domain.Segments.NumberCountryIs(["US", "MX"])), default);
        var draft = _desk.Draft() with { SegmentId = segment.Value };

        var listed = (await RunAsync(draft)).Detail;
        Assert.Equal([("US", 2, (decimal?)0.015m), ("MX", 1, null)], listed.Countries.Select(c => (c.Region, c.Parts, c.Cost)));
        Assert.Equal((0.015m, 1), (listed.Cost, listed.UnpricedParts));

        await ChargeAsync("+12125552368", "US", parts: 2, price: 0.04m);
        await ChargeAsync("+525512345699", "MX", parts: 1, price: 0.05m);
        var charged = (await RunAsync(draft)).Detail;

        Assert.Equal([("US", new PartPrice(0.02m, PriceSource.Charged)), ("MX", new PartPrice(0.05m, PriceSource.Charged))], charged.Countries.Select(c => (c.Region, c.Price!)));
        Assert.Equal((0.09m, 0), (charged.Cost, charged.UnpricedParts));
    }

    [Fact]
    public async Task What_earlier_campaigns_of_the_purpose_made_people_do_is_expected_again()
    {
        await _desk.PeopleAsync(2);
        Assert.Equal(new PastOptOuts(0, 0, 0), (await RunAsync(_desk.Draft())).Detail.Past);
        var earlier = await _desk.LaunchedAsync();
        await _desk.Planner().PlanOnceAsync(default);
        var texted = (await _desk.DecideAsync(earlier))[0].SubscriberId;
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, texted, new Withdrawal(SuppressionScope.All, SuppressionSource.Keyword, ConsentChannel.Keyword, "Texted STOP", _portal.Now), default);

        var past = (await RunAsync(_desk.Draft())).Detail.Past!;

        Assert.Equal(new PastOptOuts(1, 2, 1), past);
        Assert.Null(past.Of(1_000));
        Assert.Equal(13, new PastOptOuts(3, 400, 5).Of(1_000));
    }

    [Fact]
    public async Task The_stored_run_holds_no_number()
    {
        await _desk.PeopleAsync(2, consenting: false);
        await RunAsync(_desk.Draft());

        await using var db = _portal.Database.Open();
        // Ids stand in it, in which any three digits may come by chance.
        Assert.DoesNotContain("212555", await db.DryRuns.Select(d => d.DetailJson).SingleAsync());
    }

    [Fact]
    public async Task A_campaign_in_review_keeps_the_dry_run_that_is_being_reviewed()
    {
        await _desk.PeopleAsync(1);
        var id = await _desk.InReviewAsync();

        Assert.IsType<Domain.Campaigns.CampaignNotReady>((await _desk.DryRunAsync(id)).Failure);
    }

    [Fact]
    public async Task A_preview_shows_the_text_as_one_person_would_read_it()
    {
        await _desk.PeopleAsync(1);
        var preview = _portal.Get<CampaignPreview>();
        var question = new PreviewQuestion(_portal.Offers.Id, _desk.Segment, "{{ firstName | default: \"Hello\" }}, come in", null, _portal.Now, WithName: true);

        var named = (await preview.GetAsync(_desk.Author, question, default)).Value;
        var unnamed = (await preview.GetAsync(_desk.Author, question with { WithName = false }, default)).Value;

        Assert.Equal(("Alex, come in", "Hello, come in"), (named.Text, unnamed.Text));
        Assert.Contains("•••", named.Recipient);
    }

    private async Task ChargeAsync(string e164, string region, int parts, decimal price)
    {
        var text = await _portal.SendAsync(await _portal.AddPersonAsync(e164, region), _portal.Now.AddDays(-40));
        await _portal.Database.WriteAsync(
            async db =>
            {
                var row = await db.OutboundMessages.SingleAsync(m => m.Id == text);
                (row.Parts, row.Price) = (parts, price);
            },
            default);
    }

    private async Task<DryRunView> RunAsync(CampaignEdit edit)
    {
        var id = await _desk.SaveAsync(edit);
        Assert.Null((await _desk.DryRunAsync(id)).Failure);
        var run = (await _desk.ViewAsync(id)).DryRun!;
        Assert.True(run.IsCurrent);
        Assert.Equal(run.Audience, run.Allowed + run.Deferred + run.Excluded);
        return run;
    }
}
