using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.Campaigns;
using ConsentPortal.Web.Features.Purposes;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Purposes;

public sealed class PurposePageTests : StaffPageTest
{
    [Fact]
    public async Task People_under_earlier_words_are_counted_and_asked_again_in_a_campaign_to_exactly_them()
    {
        var (purpose, wording) = await AddPurposeAsync();
        await Get<RecordConsent>().ExecuteAsync(Everybody, await AddPersonAsync(), new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(), TimeProvider.System.GetUtcNow(), true), default);
        await WriteSecondAsync(purpose);
        await SignInAsync(RoleBundle.Marketer);
        var page = Render<PurposePage>(p => p.Add(c => c.Id, purpose.Id.Value));

        page.WaitForAssertion(() => Assert.Equal("1 person agreed under version 1 (en, 4 a month)", Words(page.FindComponent<EarlierWordsPanel>().Find("li").TextContent)));
        Assert.Equal(Paths.SubscribersUnder(wording.Id), page.FindComponent<EarlierWordsPanel>().Find("li a").GetAttribute("href"));
        await page.FindComponent<EarlierWordsPanel>().Find("button").ClickAsync(new());

        await using var db = Database.Open();
        var segment = await db.Segments.SingleAsync();
        Assert.EndsWith(Paths.NewCampaignFor(purpose.Id, segment.Id), Get<NavigationManager>().Uri, StringComparison.Ordinal);
        var editor = Render<CampaignEditorPage>();
        editor.WaitForAssertion(() => Assert.Contains(segment.Name, editor.Markup, StringComparison.Ordinal));
        Assert.Contains("value=\"Offers\"", editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Countries_are_chosen_from_the_list_and_the_page_says_what_the_law_asks_for_there()
    {
        var (purpose, _) = await AddPurposeAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var editor = Render<PurposeEditorPage>(p => p.Add(c => c.Id, purpose.Id.Value));
        await editor.InvokeAsync(() => editor.FindComponent<CountryField>().Instance.ValueChanged.InvokeAsync("DE"));
        Assert.Contains("Germany", editor.Find(".countries").TextContent, StringComparison.Ordinal);
        await editor.FindAll("button").First(b => b.TextContent.Trim() == "Save purpose").ClickAsync(new());

        var page = Render<PurposePage>(p => p.Add(c => c.Id, purpose.Id.Value));

        page.WaitForAssertion(() => Assert.Contains("Always: the law of Germany and Austria asks for it", page.Markup, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal("DE", (await db.Purposes.SingleAsync(p => p.Id == purpose.Id)).Countries);
    }

    [Fact]
    public async Task A_picture_of_the_form_is_added_to_a_version_and_shown_with_it()
    {
        var (purpose, _) = await AddPurposeAsync();
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<PurposePage>(p => p.Add(c => c.Id, purpose.Id.Value));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindComponents<InputFile>()));

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1], "form.png"));

        page.WaitForAssertion(() => Assert.Contains("form.png", page.Find("ul[aria-label='Pictures of the form']").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("ul[aria-label='Pictures of the form'] img"));
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("<svg/>", "form.png"));
        page.WaitForAssertion(() => Assert.Contains("no PDF, PNG or JPEG", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    private static string Words(string text) => string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));

    private Task WriteSecondAsync(Purpose purpose) => Database.WriteAsync(
        async db =>
        {
            var now = TimeProvider.System.GetUtcNow();
            (await db.Wordings.SingleAsync(w => w.PurposeId == purpose.Id)).RetiredAt = now;
            db.Wordings.Add(new Wording
            {
                Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 2, Text = "I agree that Aurora may text me offers and news.", DoubleOptInPrompt = "Reply YES.", Confirmation = "Welcome.",
                HelpReply = "Help.", StopReply = "You are out.", PromisedFrequency = "8 a month", PrivacyPolicyVersion = "2026-02", ActiveFrom = now, Hash = new string('c', 64),
            });
        },
        default);
}
