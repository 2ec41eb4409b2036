using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.Campaigns;

public sealed class CampaignReviewTests : IAsyncLifetime
{
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
    public async Task Names_are_of_all_campaigns_and_not_of_a_page_of_them()
    {
        for (var i = 0; i <= CampaignList.PageSize; i++)
            await _desk.SaveAsync(_desk.Draft(start: _portal.Now.AddDays(1 + i)));

        var names = await _portal.Get<CampaignList>().NamesAsync(_desk.Author, default);

        Assert.Equal(CampaignList.PageSize + 1, names.Count);
        Assert.Equal(_portal.Now.AddDays(1 + CampaignList.PageSize), names[0].StartAt);
    }

    [Fact]
    public async Task Who_wrote_a_campaign_can_not_approve_it()
    {
        var id = await _desk.InReviewAsync();

        Assert.IsType<SecondPersonNeeded>((await _desk.ApproveAsync(id, _desk.Author)).Failure);
        Assert.Equal(CampaignStatus.InReview, (await _desk.ViewAsync(id)).Status);
    }

    /// <summary>An emergency needs nobody's consent, and two people.</summary>
    [Fact]
    [Trait("Rule", "US-27")]
    public async Task An_emergency_reaches_people_without_consent_and_needs_a_second_person()
    {
        await _desk.PeopleAsync(1, consenting: false);
        var purpose = await _portal.AddPurposeAsync("Recalls", messageClass: MessageClass.Emergency);
        var id = await _desk.InReviewAsync(_desk.Draft("Aurora: stop using the kettle K2, its handle may break. {{ stopLine }}") with { PurposeId = purpose.Id });

        Assert.Equal(2, (await _desk.ViewAsync(id)).DryRun!.Allowed);
        Assert.IsType<SecondPersonNeeded>((await _desk.ApproveAsync(id, _desk.Author)).Failure);
        Assert.Null((await _desk.ApproveAsync(id)).Failure);
    }

    [Fact]
    public async Task Who_submitted_a_campaign_can_not_approve_it_either()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        await _desk.DryRunAsync(id);
        await _portal.Get<SubmitCampaign>().ExecuteAsync(_desk.Approver, id, default);

        Assert.IsType<SecondPersonNeeded>((await _desk.ApproveAsync(id, _desk.Approver)).Failure);
    }

    [Fact]
    public async Task Who_rewrote_the_draft_of_somebody_else_can_not_approve_it_whoever_submitted_it()
    {
        var third = await AddStaffAsync("Cleo Adair");
        var id = await _desk.SaveAsync(_desk.Draft());
        await RewriteAsync(_desk.Approver, id, "Aurora: the words of somebody else. {{ stopLine }}");
        await _desk.DryRunAsync(id);
        Assert.Null((await _desk.SubmitAsync(id)).Failure);

        Assert.Equal(["Mara Lindt", "Ben Oduya"], (await _desk.ViewAsync(id)).Writers);
        Assert.Equal((0, 0, 1), (await WaitingForAsync(_desk.Author), await WaitingForAsync(_desk.Approver), await WaitingForAsync(third)));
        Assert.IsType<SecondPersonNeeded>((await _desk.ApproveAsync(id, _desk.Approver)).Failure);
        Assert.Null((await _desk.ApproveAsync(id, third)).Failure);
    }

    [Fact]
    public async Task Whose_words_were_approved_may_read_what_others_have_changed_since()
    {
        var third = await AddStaffAsync("Cleo Adair");
        var id = await _desk.SaveAsync(_desk.Draft());
        await RewriteAsync(_desk.Approver, id, "Aurora: the words of somebody else. {{ stopLine }}");
        await _desk.DryRunAsync(id);
        await _desk.SubmitAsync(id);
        await _desk.ApproveAsync(id, third);

        await RewriteAsync(third, id, "Aurora: the words of a third one. {{ stopLine }}");
        await _desk.DryRunAsync(id);
        await _desk.SubmitAsync(id);

        Assert.IsType<SecondPersonNeeded>((await _desk.ApproveAsync(id, third)).Failure);
        Assert.Null((await _desk.ApproveAsync(id, _desk.Approver)).Failure);
    }

    [Fact]
    public async Task Who_changed_the_name_alone_has_written_nothing_that_is_sent()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        await RewriteAsync(_desk.Approver, id, CampaignDesk.Text, "A better name");
        await _desk.DryRunAsync(id);
        await _desk.SubmitAsync(id);

        Assert.Null((await _desk.ApproveAsync(id, _desk.Approver)).Failure);
    }

    [Fact]
    public async Task Neither_a_job_nor_a_program_can_approve_anything()
    {
        var id = await _desk.InReviewAsync();

        Assert.IsType<StaffNeeded>((await _desk.ApproveAsync(id, Actor.Job("eager"))).Failure);
        Assert.IsType<StaffNeeded>((await _desk.ApproveAsync(id, _desk.Approver with { Kind = ActorKind.ApiKey })).Failure);
    }

    [Fact]
    public async Task An_approval_signs_the_content_that_was_seen()
    {
        var id = await _desk.InReviewAsync();

        Assert.IsType<ChangedMeanwhile>((await _portal.Get<ApproveCampaign>().ExecuteAsync(_desk.Approver, id, new string('0', 64), default)).Failure);
        Assert.Null((await _desk.ApproveAsync(id)).Failure);
        Assert.Equal(CampaignStatus.Approved, (await _desk.ViewAsync(id)).Status);
        Assert.Single(await _portal.AuditAsync("campaign.approved"));
    }

    [Fact]
    public async Task An_edit_after_approval_voids_it_visibly()
    {
        var id = await _desk.ApprovedAsync();

        Assert.True((await _desk.RewriteAsync(id, "Aurora: something else. {{ stopLine }}")).IsSuccess);

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.Draft, SaveCampaign.VoidedBecause, null), (view.Status, view.StatusReason, view.ApprovedBy));
        Assert.False(view.DryRun!.IsCurrent);
        Assert.Equal(["Message"], view.SinceApproval!.Select(c => c.Field));
        Assert.Single(await _portal.AuditAsync("campaign.approvalVoided"));
        Assert.IsType<CampaignNotReady>((await _desk.LaunchAsync(id)).Failure);
    }

    [Fact]
    public async Task An_edit_during_review_takes_the_campaign_back_to_its_writers()
    {
        var id = await _desk.InReviewAsync();
        var seen = (await _desk.ViewAsync(id)).ContentHash;

        Assert.True((await _desk.RewriteAsync(id, "Aurora: something else. {{ stopLine }}")).IsSuccess);

        Assert.Equal(CampaignStatus.Draft, (await _desk.ViewAsync(id)).Status);
        Assert.NotNull((await _portal.Get<ApproveCampaign>().ExecuteAsync(_desk.Approver, id, seen, default)).Failure);
        Assert.NotNull((await _desk.ApproveAsync(id)).Failure);
    }

    [Fact]
    public async Task What_was_launched_can_not_be_edited()
    {
        var id = await _desk.LaunchedAsync();

        var refused = (await _desk.RewriteAsync(id, "Aurora: something else. {{ stopLine }}")).Failure;

        Assert.Contains("can't be edited any more", refused?.Message, StringComparison.Ordinal);
        Assert.Equal([CampaignDesk.Text], (await _desk.ViewAsync(id)).Texts.Select(t => t.Body));
    }

    [Fact]
    public async Task A_new_name_alone_leaves_the_approval_standing()
    {
        var id = await _desk.ApprovedAsync();

        await _desk.RewriteAsync(id, CampaignDesk.Text, "A better name");

        Assert.Equal(CampaignStatus.Approved, (await _desk.ViewAsync(id)).Status);
        Assert.Null((await _desk.LaunchAsync(id)).Failure);
    }

    [Fact]
    public async Task A_sender_changed_under_an_approval_stops_the_launch()
    {
        var id = await _desk.ApprovedAsync();
        await _portal.Database.WriteAsync(async db => (await db.Purposes.FindAsync(_portal.Offers.Id))!.Sender = "+12025550199", default);

        Assert.Contains("differs from what was approved", (await _desk.LaunchAsync(id)).Failure!.Message);
    }

    [Fact]
    public async Task Nothing_goes_to_review_without_a_dry_run_of_the_same_content()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        Assert.IsType<CampaignNotReady>((await _desk.SubmitAsync(id)).Failure);
        await _desk.DryRunAsync(id);
        await _desk.RewriteAsync(id, "Aurora: other. {{ stopLine }}");

        Assert.IsType<CampaignNotReady>((await _desk.SubmitAsync(id)).Failure);
    }

    [Fact]
    public async Task A_campaign_that_nobody_would_get_does_not_go_to_review()
    {
        var id = await _desk.SaveAsync(_desk.Draft() with { PurposeId = (await _portal.AddPurposeAsync("News")).Id });
        await _desk.DryRunAsync(id);

        Assert.IsType<AudienceIsEmpty>((await _desk.SubmitAsync(id)).Failure);
    }

    [Fact]
    public async Task Requested_changes_bring_a_campaign_back_to_its_author_with_the_reason()
    {
        var id = await _desk.InReviewAsync();
        var request = _portal.Get<RequestChanges>();

        Assert.IsType<ReasonNeeded>((await request.ExecuteAsync(_desk.Approver, id, " no ", default)).Failure);
        Assert.Null((await request.ExecuteAsync(_desk.Approver, id, "Say when the offer ends.", default)).Failure);

        var view = await _desk.ViewAsync(id);
        Assert.Equal((CampaignStatus.ChangesRequested, "Say when the offer ends."), (view.Status, view.StatusReason));
    }

    [Fact]
    public async Task Two_editors_can_not_overwrite_each_other()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        var stale = _desk.Draft() with { Id = id, Version = (await _desk.ViewAsync(id)).Version };
        await _desk.RewriteAsync(id, "Aurora: first. {{ stopLine }}");

        Assert.IsType<ChangedMeanwhile>((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, stale, default)).Failure);
    }

    [Fact]
    public async Task Bad_fields_are_named()
    {
        var save = _portal.Get<SaveCampaign>();
        var draft = _desk.Draft();
        async Task<string> FieldAsync(CampaignEdit edit) => Assert.IsType<FieldRefused>((await save.ExecuteAsync(_desk.Author, edit, default)).Failure).Field;

        Assert.Equal("Name", await FieldAsync(draft with { Name = " " }));
        Assert.Equal("Body", await FieldAsync(draft with { Body = "Hi {{ firstName }}" }));
        Assert.Equal("NotAfter", await FieldAsync(draft with { NotAfter = draft.StartAt }));
        Assert.Equal("PurposeId", await FieldAsync(draft with { PurposeId = Domain.Consent.PurposeId.New(_portal.Now) }));
        Assert.Equal("SegmentId", await FieldAsync(draft with { SegmentId = Domain.Segments.SegmentId.New(_portal.Now) }));
    }

    [Fact]
    public async Task A_sender_that_hears_nothing_may_not_promise_to_hear_a_stop()
    {
        await _portal.Database.WriteAsync(async db => (await db.Purposes.FindAsync(_portal.Offers.Id))!.SenderCanReceive = false, default);

        Assert.Equal("Body", Assert.IsType<FieldRefused>((await _portal.Get<SaveCampaign>().ExecuteAsync(_desk.Author, _desk.Draft(), default)).Failure).Field);
    }

    [Fact]
    public async Task Each_use_case_asks_for_its_permission()
    {
        var id = await _desk.SaveAsync(_desk.Draft());
        var nobody = Actor.Nobody;

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SaveCampaign>().ExecuteAsync(nobody, _desk.Draft(), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RunDryRun>().ExecuteAsync(nobody, id, new Progress<int>(), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<SubmitCampaign>().ExecuteAsync(nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ApproveCampaign>().ExecuteAsync(nobody, id, "", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RequestChanges>().ExecuteAsync(nobody, id, "Because of it", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<LaunchCampaign>().ExecuteAsync(nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<PauseCampaign>().ExecuteAsync(nobody, id, "Because of it", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ResumeCampaign>().ExecuteAsync(nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TakeBackCampaign>().ExecuteAsync(nobody, id, "Because of it", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignPurpose>().GetAsync(nobody, _portal.Offers.Id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignAudienceCount>().GetAsync(nobody, new AudienceQuestion(_portal.Offers.Id, _desk.Segment, [], null), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CancelCampaign>().ExecuteAsync(nobody, id, "Because of it", default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignDetail>().GetAsync(nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignList>().PageAsync(nobody, new CampaignQuery(), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignProgress>().GetAsync(nobody, id, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignRecipients>().PageAsync(nobody, new RecipientQuery(id), default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CampaignPreview>().GetAsync(nobody, new PreviewQuestion(_portal.Offers.Id, null, "x", null, _portal.Now, true), default));
    }

    private Task<Actor> AddStaffAsync(string name) => _portal.AddStaffAsync(name, [.. PermissionCatalogue.All.Select(p => p.Permission)]);

    private async Task RewriteAsync(Actor by, CampaignId id, string text, string? name = null)
    {
        var view = await _desk.ViewAsync(id);
        var saved = await _portal.Get<SaveCampaign>().ExecuteAsync(
            by, new CampaignEdit(id, view.Version, name ?? view.Name, view.PurposeId, view.SegmentId, text, view.Subject, view.StartAt, view.NotAfter), default);
        Assert.Null(saved.Failure);
    }

    private async Task<int> WaitingForAsync(Actor reader) =>
        (await new AttentionList(_portal.Database, _portal.Get<KeptReports>(), _portal.Clock).GetAsync(reader, default)).Where(a => a.Kind == AttentionKind.ApprovalsWaiting).Sum(a => a.Count);
}
