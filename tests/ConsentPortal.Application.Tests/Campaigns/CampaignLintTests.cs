using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging.Linting;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class CampaignLintTests : IAsyncLifetime
{
    private const string Beer = "Aurora: free beer at the opening. {{ stopLine }}";

    private PeoplePortal _portal = null!;
    private CampaignDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await CampaignDesk.OpenAsync(_portal);
        await _desk.PeopleAsync(1);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_finding_that_the_linter_only_supposes_waits_for_a_person_and_their_yes_is_in_the_trail()
    {
        var id = await _desk.SaveAsync(_desk.Draft(Beer));
        await _desk.DryRunAsync(id);

        // Each text to it would be held by the gate, so only the rule about the words is asked here.
        var findings = (await _desk.ViewAsync(id)).Findings;
        Assert.Equal("CT-15", Assert.Single(findings).Finding.Rule.Id);
        Assert.IsType<TextUnconfirmed>(LintRecord.Refusal(findings, []));
        Assert.IsType<TextUnconfirmed>(LintRecord.Refusal(findings, ["CT-04"]));
        Assert.Null(LintRecord.Refusal(findings, ["CT-15"]));
        Assert.Equal("CT-15", LintRecord.Confirmed(findings, ["CT-15", "CT-04"]));
    }

    [Fact]
    public async Task An_offer_in_a_text_of_news_goes_to_review_only_when_somebody_has_confirmed_it()
    {
        var (id, submit) = (await NewsAsync("Aurora: the shop reopens on Monday with 20% off. {{ stopLine }}"), _portal.Get<SubmitCampaign>());

        Assert.IsType<TextUnconfirmed>((await submit.ExecuteAsync(_desk.Author, id, default)).Failure);
        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
        Assert.Null((await submit.ExecuteAsync(_desk.Author, id, ["C-02"], default)).Failure);

        var after = Assert.Single(await _portal.AuditAsync("campaign.submitted")).GetProperty("after");
        Assert.Equal(("C-02", "C-02 warns"), (after.GetProperty("confirmed").GetString(), after.GetProperty("findings").GetString()));
        var view = await _desk.ViewAsync(id);
        Assert.Equal(["C-02"], view.Confirmed);
        Assert.Equal("Mara Lindt", view.SubmittedBy);
    }

    [Fact]
    public async Task A_text_that_a_rule_has_come_to_forbid_since_is_not_approved()
    {
        var id = await _desk.InReviewAsync();
        await _portal.Database.WriteAsync(async db => (await db.Purposes.FindAsync(_portal.Offers.Id))!.SenderCanReceive = false, default);

        Assert.Equal("US-18", Assert.IsType<TextBlocked>((await _desk.ApproveAsync(id)).Failure).Found.Finding.Rule.Id);
        Assert.Equal(CampaignStatus.InReview, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task A_text_that_a_rule_forbids_does_not_go_to_review()
    {
        var id = await _desk.SaveAsync(_desk.Draft("Aurora: come in. Reply 2 to stop."));
        await _desk.DryRunAsync(id);

        Assert.IsType<TextBlocked>((await _desk.SubmitAsync(id)).Failure);
        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
    }

    [Fact]
    public async Task The_text_is_read_by_the_rules_of_the_countries_of_those_who_agreed()
    {
        var segment = (await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, "All", new NumberCountryIs(["US", "FR", "DE"])), default)).Value;
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+33612345678", "FR"));
        await _portal.AddPersonAsync("+4915112345678", "DE");

        var ground = (await _portal.Get<CampaignLint>().GroundAsync(_desk.Author, _portal.Offers.Id, segment, _portal.Now, null, default)).Value;

        Assert.Equal(["FR", "US"], ground.Countries);
        Assert.Contains(CampaignLint.Check(ground, "Aurora: come in."), f => f.Rule.Id == "FR-STOP" && f.Severity == LintSeverity.Blocks);
    }

    [Fact]
    public async Task Where_the_readers_are_and_what_they_read_is_asked_of_narrow_indexes()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        using var plans = new QueryPlans(_portal);

        await GroundAsync(_portal.Offers.Id);

        var steps = (await plans.StepsAsync()).Where(s => s.Sql.Contains("DISTINCT", StringComparison.Ordinal)).Select(s => s.Step).ToList();
        Assert.Contains(steps, step => step.Contains("INDEX IX_Subscribers_Rules", StringComparison.Ordinal));
        Assert.Contains(steps, step => step.Contains("COVERING INDEX IX_ConsentRecords_PurposeId_Status_SubscriberId_ExpiresAt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_makes_the_text_longer_is_reckoned_with()
    {
        var ground = await GroundAsync(_portal.Offers.Id);
        var text = "Aurora: {{ firstName | default: \"hello\" }}, " + new string('x', 118) + " {{ stopLine }}";

        Assert.Equal("O-06", Assert.Single(CampaignLint.Check(ground, text)).Rule.Id);
        Assert.Empty(CampaignLint.Check(ground, text.Replace("xxxxxxxxxxxxxxxxxxxx", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_field_without_a_fallback_is_mended_though_the_text_can_not_be_merged_yet()
    {
        var finding = Assert.Single(CampaignLint.Check(await GroundAsync(_portal.Offers.Id), "Aurora: {{ firstName }}, come in. {{ stopLine }}"));

        Assert.Equal("Aurora: {{ firstName | default: \"there\" }}, come in. {{ stopLine }}", finding.Fix!.Template);
        Assert.True(MessageTemplate.Parse(finding.Fix.Template).IsSuccess);
    }

    [Fact]
    public async Task News_owe_a_word_on_how_to_stop_until_a_text_of_the_last_30_days_said_it()
    {
        const string News = "Aurora: the shop is closed on Monday.";
        var id = await NewsAsync("Aurora: the shop has moved. {{ stopLine }}");
        var purpose = (await _desk.ViewAsync(id)).PurposeId;
        Assert.Equal("CT-05-MONTH", Assert.Single(CampaignLint.Check(await GroundAsync(purpose), News)).Rule.Id);

        Assert.Null((await _desk.SubmitAsync(id)).Failure);
        await _desk.ApproveAsync(id);
        Assert.Null((await _desk.LaunchAsync(id)).Failure);
        Assert.Empty(CampaignLint.Check(await GroundAsync(purpose), News));

        _portal.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Single(CampaignLint.Check(await GroundAsync(purpose), News));
    }

    [Fact]
    public async Task Reading_the_audience_takes_the_right_to_see_campaigns() => await Assert.ThrowsAsync<NotPermitted>(() =>
        _portal.Get<CampaignLint>().GroundAsync(Actor.Nobody, _portal.Offers.Id, null, _portal.Now, null, default));

    private async Task<CampaignGround> GroundAsync(PurposeId purpose) =>
        (await _portal.Get<CampaignLint>().GroundAsync(_desk.Author, purpose, _desk.Segment, _portal.Now, null, default)).Value;

    private async Task<CampaignId> NewsAsync(string text)
    {
        var news = await _portal.AddPurposeAsync("News", messageClass: MessageClass.Informational);
        var wording = await _portal.AddWordingAsync(news);
        await _portal.ConsentAsync(await _portal.AddPersonAsync("+12125554777"), news, wording);
        var id = await _desk.SaveAsync(_desk.Draft(text) with { PurposeId = news.Id });
        Assert.True((await _desk.DryRunAsync(id)).IsSuccess);
        return id;
    }
}
