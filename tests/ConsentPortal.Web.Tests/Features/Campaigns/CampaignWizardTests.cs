using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Campaigns;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Xunit.Abstractions;

namespace ConsentPortal.Web.Tests.Features.Campaigns;

/// <summary>The first four steps of a campaign, field by field: what is missing is said, and what is filled in is kept.</summary>
public sealed class CampaignWizardTests(ITestOutputHelper output) : StaffPageTest
{
    private const string Words = "Aurora: {{ firstName | default: \"hello\" }}, come in. {{ stopLine }}";
    private const string OtherWords = "Aurora: come in on Friday, {{ firstName | default: \"friend\" }}. {{ stopLine }}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private Purpose _offers = null!;
    private SegmentId _americans;
    private SegmentId _canadians;

    [Fact]
    public async Task One_thing_after_the_other_is_asked_for_until_the_campaign_can_be_saved()
    {
        await PrepareAsync();
        var page = await OpenAsync(Paths.NewCampaign);

        await SaysAsync(page, "Give it a name first.");
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("  No "));
        await SaysAsync(page, "Give it a name first.");
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("November news"));
        await SaysAsync(page, "Choose the purpose first.");
        await SelectAsync<PurposeId?>(page, "Purpose that people agreed to", _offers.Id);
        await SaysAsync(page, "Choose the segment first.");
        await SelectAsync<SegmentId?>(page, "Segment", _americans);
        await SaysAsync(page, "Write the message first.");
        await page.InvokeAsync(() => page.Find("textarea").Input(Words));
        await SaysAsync(page, null);
        await page.InvokeAsync(() => page.Find("input[type='datetime-local']").Change(""));
        await SaysAsync(page, "Choose when it starts.");
        await page.InvokeAsync(() => page.Find("input[type='datetime-local']").Change("2027-03-01T10:00"));
        await SaysAsync(page, null);
        await ClickAsync(page, "Try a second text");
        await page.InvokeAsync(() => page.Find("textarea").Input(""));
        await SaysAsync(page, "Write text B first, or take it out.");
        await page.InvokeAsync(() => page.Find("textarea").Input("Aurora: {{ firstName }}"));
        page.WaitForAssertion(() => Assert.NotNull(Save(page).WhyNot), Patience);
    }

    [Fact]
    public async Task What_the_form_holds_is_saved_and_taken_over_by_a_copy_but_for_its_times()
    {
        await PrepareAsync();
        var page = await FilledInAsync();
        await ClickAsync(page, "Save and check");

        var saved = await OnlyAsync();
        Expect(
            [
                "November news", "Offers: True", "Segment: True", "Left out: True", "At most 500", "Held out 10", "60 a minute", "Opt-outs 1.5", "Failures 7.5", "From 40", "Subject: winter coats",
                $"A 1: {Words}", $"B 3: {OtherWords}", "Hours 9-18", "RepeatEvery Week Tuesday, Thursday, 5 times, 12 %", "Starts 2027-03-01 10:00", "Not after 2027-03-03 10:00",
            ],
            saved);

        Get<NavigationManager>().NavigateTo(Paths.CopyOfCampaign(saved.Id));
        var copy = Render<CampaignEditorPage>();
        copy.WaitForAssertion(() => Assert.NotEmpty(copy.FindAll("textarea")), Patience);
        await ClickAsync(copy, "Save and check");
        await using var db = Database.Open();
        var second = (await db.Campaigns.Include(c => c.OtherTexts).Include(c => c.Exclusions).ToListAsync()).Single(c => c.Id != saved.Id);
        Expect([.. Facts(saved).Select(f => f == "November news" ? "Copy of November news" : f).Where(f => !f.StartsWith("Starts", StringComparison.Ordinal) && !f.StartsWith("Not after", StringComparison.Ordinal)), "Not after "],
            [.. Facts(second).Where(f => !f.StartsWith("Starts", StringComparison.Ordinal))]);
        Assert.True(second.StartAt < TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(CampaignStatus.Draft, second.Status);
    }

    [Fact]
    public async Task An_edit_begins_with_everything_that_was_saved_and_changes_that_one()
    {
        await PrepareAsync();
        await ClickAsync(await FilledInAsync(), "Save and check");
        var saved = await OnlyAsync();

        var page = Render<CampaignEditorPage>(p => p.Add(c => c.Id, saved.Id.Value));
        page.WaitForAssertion(() => Assert.Equal(Words, page.Find("textarea").GetAttribute("value")), Patience);
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("December news"));
        await ClickAsync(page, "Save and check");

        Expect([.. Facts(saved).Select(f => f == "November news" ? "December news" : f)], await OnlyAsync());
    }

    [Fact]
    public async Task A_question_to_the_silent_is_kept_with_its_days_and_its_outcome()
    {
        await PrepareAsync();
        var page = await OpenAsync(Paths.NewCampaignFor(_offers.Id, _americans));
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("November news"));
        await page.InvokeAsync(() => page.Find("textarea").Input(Words));
        await page.InvokeAsync(() => page.FindComponents<MudCheckBox<bool>>().Single(c => c.Instance.Label?.StartsWith("Asks people who have been silent", StringComparison.Ordinal) == true).Instance.ValueChanged.InvokeAsync(true));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindComponents<MudSelect<SilenceOutcome>>()), Patience);
        var form = page.FindComponent<ReengagementFields>().Instance.Form;
        await page.InvokeAsync(() => (form.IdleDays, form.AnswerDays, form.WhenSilent) = (90, 21, SilenceOutcome.TextSeldom));
        await ClickAsync(page, "Save and check");

        Assert.Equal(new Reengagement(90, 21, SilenceOutcome.TextSeldom), (await OnlyAsync()).Reengages);
        Get<NavigationManager>().NavigateTo(Paths.CopyOfCampaign((await OnlyAsync()).Id));
        var copy = Render<CampaignEditorPage>();
        copy.WaitForAssertion(() => Assert.Equal(new Reengagement(90, 21, SilenceOutcome.TextSeldom), copy.FindComponent<ReengagementFields>().Instance.Form.Reengages), Patience);
    }

    [Fact]
    public async Task A_text_that_is_taken_out_leaves_the_other_alone_with_an_even_weight()
    {
        await PrepareAsync();
        var page = await FilledInAsync();
        await NumberAsync(page, "Weight against the others", 7);
        await ClickAsync(page, "Take out text B");

        page.WaitForAssertion(() => Assert.Equal(Words, page.Find("textarea").GetAttribute("value")), Patience);
        await ClickAsync(page, "Save and check");
        var saved = await OnlyAsync();
        Assert.Equal([new CampaignText('A', Words, 1)], saved.Texts);
    }

    [Fact]
    public async Task A_campaign_that_is_sent_can_not_be_edited_any_more()
    {
        await PrepareAsync();
        await ClickAsync(await FilledInAsync(), "Save and check");
        var saved = await OnlyAsync();
        await Database.WriteAsync(db => db.Campaigns.ExecuteUpdateAsync(c => c.SetProperty(x => x.Status, CampaignStatus.Sending)), default);

        var page = Render<CampaignEditorPage>(p => p.Add(c => c.Id, saved.Id.Value));

        await SaysAsync(page, "This campaign can't be edited any more.");
    }

    [Fact]
    public async Task Who_is_left_out_and_who_is_above_the_number_falls_away_in_the_count()
    {
        await PrepareAsync();
        for (var i = 0; i < 3; i++)
            await AddPersonAsync($"+1212555236{i}");
        var page = await OpenAsync(Paths.NewCampaignFor(_offers.Id, _americans));
        await LeaveOutAsync(page);
        await NumberAsync<int?>(page, "At most so many people", 1);

        page.WaitForAssertion(
            () => Assert.Equal(
                ["In the segment", "Not reachable for this purpose", "Left out", "Above the number of people", "Would get it at most"],
                page.FindAll("[data-testid=audience] .bar .label").Select(l => l.TextContent.Trim())),
            Patience);
    }

    private async Task PrepareAsync()
    {
        (_offers, _) = await AddPurposeAsync();
        var author = (await Get<StaffActors>().FindAsync((await SignInAsync(RoleBundle.Marketer)).Id, default))!;
        _americans = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value;
        _canadians = (await Get<SaveSegment>().ExecuteAsync(author, new SegmentEdit(null, "Canadians", new NumberCountryIs(["CA"])), default)).Value;
    }

    private async Task<IRenderedComponent<CampaignEditorPage>> OpenAsync(string address)
    {
        Get<NavigationManager>().NavigateTo(address);
        var page = Render<CampaignEditorPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("textarea")), Patience);
        await Task.Yield();
        return page;
    }

    private async Task<IRenderedComponent<CampaignEditorPage>> FilledInAsync()
    {
        var page = await OpenAsync(Paths.NewCampaignFor(_offers.Id, _americans));
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("November news"));
        await LeaveOutAsync(page);
        await NumberAsync<int?>(page, "At most so many people", 500);
        await NumberAsync(page, "Held out, percent", 10);
        await page.InvokeAsync(() => page.Find("textarea").Input(Words));
        await ClickAsync(page, "Try a second text");
        await page.InvokeAsync(() => page.Find("textarea").Input(OtherWords));
        await NumberAsync(page, "Weight against the others", 3);
        await page.InvokeAsync(() => page.FindComponents<MudTextField<string>>().Single(f => f.Instance.Label?.StartsWith("What it is about", StringComparison.Ordinal) == true).Instance.ValueChanged.InvokeAsync("winter coats"));
        var times = page.FindAll("input[type='datetime-local']");
        await page.InvokeAsync(() => times[0].Change("2027-03-01T10:00"));
        await page.InvokeAsync(() => page.FindAll("input[type='datetime-local']")[1].Change("2027-03-03T10:00"));
        await NumberAsync<int?>(page, "Only from hour", 9);
        await NumberAsync<int?>(page, "Only to hour", 18);
        await NumberAsync<int?>(page, "Texts a minute at most", 60);
        await NumberAsync<decimal?>(page, "Above so many opt-outs, percent", 1.5m);
        await NumberAsync<decimal?>(page, "Above so many failures, percent", 7.5m);
        await NumberAsync(page, "Not before so many texts", 40);
        var repeats = page.FindComponent<RepeatFields>().Instance.Form;
        await page.InvokeAsync(() => (repeats.Every, repeats.Days, repeats.Times, repeats.DriftPercent) = (RepeatEvery.Week, [WeekDays.Tuesday, WeekDays.Thursday], 5, 12));
        await SaysAsync(page, null);
        return page;
    }

    private async Task<Campaign> OnlyAsync()
    {
        await using var db = Database.Open();
        return await db.Campaigns.Include(c => c.OtherTexts).Include(c => c.Exclusions).SingleAsync();
    }

    private void Expect(IReadOnlyList<string> expected, Campaign campaign) => Expect(expected, Facts(campaign));

    private void Expect(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        foreach (var fact in actual.Except(expected))
            output.WriteLine($"Instead: {fact}");
        Assert.Empty(expected.Except(actual));
        Assert.Empty(actual.Except(expected));
    }

    private string[] Facts(Campaign c) =>
    [
        c.Name, $"Offers: {c.PurposeId == _offers.Id}", $"Segment: {c.SegmentId == _americans}", $"Left out: {c.Exclusions.Select(e => e.SegmentId).SequenceEqual([_canadians])}",
        $"At most {c.AtMost}", $"Held out {c.HoldoutPercent}", $"{c.TextsPerMinute} a minute", FormattableString.Invariant($"Opt-outs {c.OptOutLimit:0.##}"), FormattableString.Invariant($"Failures {c.FailureLimit:0.##}"), $"From {c.LimitsFrom}", $"Subject: {c.Subject}",
        .. c.Texts.Select(t => $"{t.Variant} {t.Weight}: {t.Body}"), $"Hours {c.Hours?.From}-{c.Hours?.To}",
        $"RepeatEvery {c.Repeats?.Every} {c.Repeats?.Days}, {c.Repeats?.Times} times, {c.Repeats?.DriftPercent} %", FormattableString.Invariant($"Starts {c.StartAt:yyyy-MM-dd HH:mm}"), FormattableString.Invariant($"Not after {c.NotAfter:yyyy-MM-dd HH:mm}"),
    ];

    private static ReasonedButton Save(IRenderedComponent<CampaignEditorPage> page) => page.FindComponents<ReasonedButton>().Single(b => b.Instance.Text == "Save and check").Instance;

    private static Task SaysAsync(IRenderedComponent<CampaignEditorPage> page, string? why)
    {
        page.WaitForAssertion(() => Assert.Equal(why, Save(page).WhyNot), Patience);
        return Task.CompletedTask;
    }

    private Task LeaveOutAsync(IRenderedComponent<CampaignEditorPage> page) =>
        page.InvokeAsync(() => page.FindComponents<MudSelect<SegmentId>>().Single(s => s.Instance.MultiSelection).Instance.SelectedValuesChanged.InvokeAsync([_canadians]));

    private static Task SelectAsync<T>(IRenderedComponent<CampaignEditorPage> page, string label, T value) =>
        page.InvokeAsync(() => page.FindComponents<MudSelect<T>>().Single(s => s.Instance.Label == label).Instance.ValueChanged.InvokeAsync(value));

    private static Task NumberAsync<T>(IRenderedComponent<CampaignEditorPage> page, string label, T value) =>
        page.InvokeAsync(() => page.FindComponents<MudNumericField<T>>().Single(f => f.Instance.Label == label).Instance.ValueChanged.InvokeAsync(value));

    private static Task ClickAsync(IRenderedComponent<CampaignEditorPage> page, string button) =>
        page.InvokeAsync(() => page.FindAll("button").First(b => b.TextContent.Trim() == button).ClickAsync(new()));
}
