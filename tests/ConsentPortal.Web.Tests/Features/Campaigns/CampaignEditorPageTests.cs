using Bunit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Campaigns;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Campaigns;

/// <summary>The message step of a campaign in more than one language.</summary>
public sealed class CampaignEditorPageTests : StaffPageTest
{
    private const string English = "Aurora: {{ firstName | default: \"hello\" }}, come in. {{ stopLine }}";
    private const string German = "Aurora: {{ firstName | default: \"hallo\" }}, komm vorbei. {{ stopLine }}";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Texts_in_two_languages_are_written_saved_and_taken_over_by_a_copy()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        await ChooseAsync(page, "de");

        page.WaitForAssertion(() => Assert.Contains("English", page.Find(".original").TextContent, StringComparison.Ordinal), Patience);
        await WriteAsync(page, German);
        await ClickAsync(page, "Save and check");

        await using var db = Database.Open();
        var saved = await db.Campaigns.SingleAsync();
        Assert.Equal(("en", English), (saved.Language, saved.Body));
        Assert.Equal([new TranslatedText('A', "de", German)], saved.Translations);
        Get<NavigationManager>().NavigateTo(Paths.CopyOfCampaign(saved.Id));
        var copy = Render<CampaignEditorPage>();
        copy.WaitForAssertion(() => Assert.Equal(["English · usual", "German"], Languages(copy)), Patience);
        await ClickAsync(copy, "German");
        copy.WaitForAssertion(() => Assert.Equal(German, copy.Find("textarea").GetAttribute("value")), Patience);
    }

    [Fact]
    public async Task A_double_click_on_save_makes_one_campaign()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);

        await ClickAsync(page, "Save and check");
        // The browser is still on its way to the campaign's page.
        await ClickAsync(page, "Save and check");

        Assert.True(page.FindAll("button").Single(b => b.TextContent.Trim() == "Save and check").HasAttribute("disabled"));
        await using var db = Database.Open();
        Assert.Equal(1, await db.Campaigns.CountAsync());
    }

    [Fact]
    public async Task A_language_without_words_stands_in_the_way_until_it_is_taken_out()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        await ChooseAsync(page, "de");
        page.WaitForAssertion(() => Assert.Contains("Write the text in German first, or take that language out.", page.Markup, StringComparison.Ordinal), Patience);

        await ClickAsync(page, "Take out German");

        page.WaitForAssertion(() => Assert.DoesNotContain("in German first", page.Markup, StringComparison.Ordinal), Patience);
        await ClickAsync(page, "Save and check");
        await using var db = Database.Open();
        Assert.Null((await db.Campaigns.SingleAsync()).Language);
    }

    [Fact]
    public async Task Each_language_is_previewed_and_held_against_the_rules_by_itself()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        page.WaitForAssertion(() => Assert.EndsWith("Reply STOP to opt out.", Preview(page), StringComparison.Ordinal), Patience);
        await ChooseAsync(page, "de");
        await WriteAsync(page, German.Replace("{{ stopLine }}", "", StringComparison.Ordinal));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("aside [data-rule]")), Patience);
        await WriteAsync(page, German);

        page.WaitForAssertion(() => Assert.EndsWith("komm vorbei. STOP zum Abmelden.", Preview(page), StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("aside [data-rule]"));
        Assert.Contains("For whoever gets it in German", page.Find("aside").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de", "In German, which they read.", "komm vorbei")]
    [InlineData("de-AT", "In German: they read German (Austria), and there are no words of its own for that.", "komm vorbei")]
    [InlineData("fr", "In English, the usual language: they read French, and this text is not there in it.", "come in")]
    [InlineData(null, "In English, the usual language: nobody knows which one they read.", "come in")]
    public async Task The_preview_of_a_chosen_person_says_which_language_was_taken_and_why(string? reads, string why, string words)
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        await ChooseAsync(page, "de");
        await WriteAsync(page, German);
        await Get<AddSubscriber>().ExecuteAsync(
            Everybody, new NewSubscriber(new PhoneNumber("+12125552368", "US"), LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Store", reads), default);
        var person = (await Get<SubscriberList>().PageAsync(Everybody, new SubscriberQuery(""), default)).Rows.Single();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindComponents<PersonPicker>()), Patience);

        await page.InvokeAsync(() => page.FindComponent<PersonPicker>().Instance.OnPick.InvokeAsync(person));

        page.WaitForAssertion(() => Assert.Equal(why, page.Find("#person [data-testid=language]").TextContent), Patience);
        Assert.Contains(words, page.Find("[data-testid=person-preview]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_names_the_text_and_the_language_that_it_sends()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        await ChooseAsync(page, "de");
        await WriteAsync(page, German);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindComponents<TestPanel>()), Patience);
        Assert.Equal(("de", German), (page.FindComponent<TestPanel>().Instance.Question.Language, page.FindComponent<TestPanel>().Instance.Question.Body));
    }

    [Fact]
    public async Task A_start_by_each_clock_keeps_the_time_that_was_written_and_hours_are_saved()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);
        await page.InvokeAsync(() => page.Find("input[type='datetime-local']").Change("2026-12-01T10:00"));
        var clock = page.FindComponents<MudBlazor.MudSwitch<bool>>().Single(s => s.Instance.Label == "Start at this time where each person is");
        await page.InvokeAsync(() => clock.Instance.ValueChanged.InvokeAsync(true));
        foreach (var (label, hour) in new[] { ("Only from hour", 9), ("Only to hour", 18) })
            await page.InvokeAsync(() => page.FindComponents<MudBlazor.MudNumericField<int?>>().Single(f => f.Instance.Label == label).Instance.ValueChanged.InvokeAsync(hour));

        page.WaitForAssertion(() => Assert.Equal("2026-12-01T10:00", page.Find("input[type='datetime-local']").GetAttribute("value")), Patience);
        await ClickAsync(page, "Save and check");

        await using var db = Database.Open();
        var saved = await db.Campaigns.SingleAsync();
        Assert.Equal(new SendTiming(new DateTime(2026, 12, 1, 10, 0, 0), new SendingHours(9, 18)), saved.Timing);
        Assert.Equal(new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero), saved.StartAt);
    }

    [Fact]
    public async Task Custom_attributes_are_offered_and_stand_in_the_text_with_a_fallback()
    {
        await Database.WriteAsync(db => Task.FromResult(db.AttributeDefinitions.Add(new AttributeDefinition { Name = "Favourite store", Type = AttributeType.Text })), default);
        var page = await OpenAsync();
        await WriteAsync(page, English);

        Assert.Equal(["An attribute …", "Favourite store"], page.FindAll("select[aria-label='Insert a custom attribute'] option").Select(option => option.TextContent));
        await page.InvokeAsync(() => page.Find("select[aria-label='Insert a custom attribute']").Change("attribute.favourite_store"));

        page.WaitForAssertion(() => Assert.Equal($"{English} {{{{ attribute.favourite_store | default: \"Favourite store\" }}}}", page.Find("textarea").GetAttribute("value")), Patience);
        page.WaitForAssertion(() => Assert.EndsWith("Reply STOP to opt out. Favourite store", Preview(page), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task The_first_two_steps_say_what_comes_with_the_purpose_and_how_many_people_it_would_reach()
    {
        var page = await OpenAsync(async (purpose, wording) =>
        {
            var (agreed, _) = (await AddPersonAsync(), await AddPersonAsync("+12125552369"));
            await Get<RecordConsent>().ExecuteAsync(Everybody, agreed, new GivenConsent(
                purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(FormUrl: "https://aurora.example/join"), TimeProvider.System.GetUtcNow(), IsActOfPerson: true, "Ticked on the web form"), default);
        });

        var facts = page.Find("[data-testid=purpose-facts]").TextContent;
        Assert.All(["+12025550147", "Receives replies", "Consent", "At most 4", "English, version 1", "I agree that Aurora may text me offers."], said => Assert.Contains(said, facts, StringComparison.Ordinal));
        page.WaitForAssertion(
            () => Assert.Equal(
                [("In the segment", "2"), ("Not reachable for this purpose", "−1"), ("Would get it at most", "1")],
                page.FindAll("[data-testid=audience] .bar").Select(bar => (bar.QuerySelector(".label")!.TextContent.Trim(), bar.QuerySelector(".count")!.TextContent.Trim()))),
            Patience);

        await page.InvokeAsync(() => page.FindComponents<MudBlazor.MudNumericField<int>>().Single(f => f.Instance.Label == "Held out, percent").Instance.ValueChanged.InvokeAsync(50));

        page.WaitForAssertion(() => Assert.Contains("Held out, about", page.Find("[data-testid=audience]").TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_step_in_the_address_is_the_present_one_and_what_was_written_stays()
    {
        var page = await OpenAsync();
        await WriteAsync(page, English);

        Get<NavigationManager>().NavigateTo(page.FindAll("[aria-label='Steps of a campaign'] a")[3].GetAttribute("href")!);

        page.WaitForAssertion(() => Assert.Contains("Timing", page.Find("[aria-current=step]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(English, page.Find("textarea").GetAttribute("value"));
        page.WaitForAssertion(() => JSInterop.VerifyFocusAsyncInvoke(), Patience);
        await ClickAsync(page, "Save and check");
        Assert.EndsWith("?step=5", Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<CampaignEditorPage>> OpenAsync(Func<Purpose, Wording, Task>? prepare = null)
    {
        var (purpose, wording) = await AddPurposeAsync();
        if (prepare is not null)
            await prepare(purpose, wording);
        var author = await SignInAsync(RoleBundle.Marketer);
        var segment = (await Get<SaveSegment>().ExecuteAsync((await Get<StaffActors>().FindAsync(author.Id, default))!, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default)).Value;
        Get<NavigationManager>().NavigateTo(Paths.NewCampaignFor(purpose.Id, segment));
        var page = Render<CampaignEditorPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("textarea")), Patience);
        await page.InvokeAsync(() => page.Find("input[maxlength='120']").Input("November news"));
        return page;
    }

    // Found and used in one go: the page looks at its words in the background, and draws itself anew meanwhile.
    private static Task WriteAsync(IRenderedComponent<CampaignEditorPage> page, string words) => page.InvokeAsync(() => page.Find("textarea").Input(words));

    private static Task ChooseAsync(IRenderedComponent<CampaignEditorPage> page, string language) =>
        page.InvokeAsync(() => page.Find("select[aria-label='Add a language']").Change(language));

    private static Task ClickAsync(IRenderedComponent<CampaignEditorPage> page, string button) =>
        page.InvokeAsync(() => page.FindAll("button").First(b => b.TextContent.Trim() == button).ClickAsync(new()));

    private static string Preview(IRenderedComponent<CampaignEditorPage> page) => page.Find("[data-testid=preview]").TextContent;

    private static IEnumerable<string> Languages(IRenderedComponent<CampaignEditorPage> page) =>
        page.FindAll("[aria-label=Languages] button[aria-pressed]").Select(b => b.TextContent.Trim());
}
