using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Features.EvidenceRooms;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.EvidenceRooms;

public sealed class RoomPageTests : StaffPageTest
{
    [Fact]
    public async Task The_auditor_draws_looks_and_asks_and_the_record_is_named_beside_the_comment()
    {
        var room = await OpenAsync(await SignInAsync(RoleBundle.VisitingAuditor));
        await AgreedAsync();
        var page = At<EvidenceRoomPage>(Paths.EvidenceRoom(room), p => p.Add(x => x.Id, room));
        page.WaitForAssertion(() => Assert.Contains("Nobody has written anything yet", page.Markup, StringComparison.Ordinal));

        await page.FindAll("input[type=text]").First(i => i.GetAttribute("maxlength") == "60").InputAsync(new ChangeEventArgs { Value = "seed 7" });
        await page.WaitForElement(".room .reasoned button:not([disabled])").ClickAsync(new MouseEventArgs());
        await page.WaitForElement("button[aria-label^='Look at record']").ClickAsync(new MouseEventArgs());
        await page.WaitForElement("aside .content button:not(.mud-icon-button)").ClickAsync(new MouseEventArgs());
        await SayAsync(page, "Which form was this?");

        page.WaitForAssertion(() => Assert.Matches("On record 1 of “Random opt-ins with proof”", page.Find(".talk").TextContent));
        Assert.DoesNotContain("Okafor", page.Markup, StringComparison.Ordinal);
        Assert.Equal("", page.Find("textarea").GetAttribute("value") ?? "");
        Assert.Empty(page.FindAll(".talk button"));
    }

    [Fact]
    public async Task A_room_that_would_never_end_is_refused_and_its_form_stays()
    {
        await AddStaffAsync("Ines Laurent", RoleBundle.VisitingAuditor);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var page = Render<EvidenceRoomsPage>();
        await Button("Open a room").ClickAsync(new MouseEventArgs());
        await page.Find("aside input[type=text][maxlength='120']").InputAsync(new ChangeEventArgs { Value = "Yearly audit" });
        await page.Find("aside input[type=date]").ChangeAsync(new ChangeEventArgs { Value = "9999-12-31" });

        await Button("Open the room").ClickAsync(new MouseEventArgs());

        page.WaitForAssertion(() => Assert.Contains("Nothing was opened", page.Find("aside [role=alert]").TextContent, StringComparison.Ordinal));

        AngleSharp.Dom.IElement Button(string text) => page.FindAll("button").Single(b => b.TextContent.Trim() == text);
    }

    [Fact]
    public async Task A_comment_with_a_telephone_number_is_refused_on_the_page_and_stays_in_the_field()
    {
        var room = await OpenAsync(await SignInAsync(RoleBundle.VisitingAuditor));
        var page = At<EvidenceRoomPage>(Paths.EvidenceRoom(room), p => p.Add(x => x.Id, room));
        page.WaitForElement("textarea");

        await SayAsync(page, "Is it +1 212 555 2368?");

        page.WaitForAssertion(() => Assert.Contains("There is a telephone number in this comment", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".talk li"));
    }

    [Fact]
    public async Task The_staff_answer_in_the_room_and_take_words_out_for_a_reason()
    {
        var auditor = await AddStaffAsync("Ines Laurent", RoleBundle.VisitingAuditor);
        var room = await OpenAsync(auditor);
        await Get<EvidenceComments>().AddAsync(new Actor(ActorKind.Staff, auditor.Id.ToString(), "Ines Laurent", RoleBundle.VisitingAuditor.Permissions.ToHashSet()), room, new NewEvidenceComment("Is this Ada Okafor?"), default);
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var list = Render<EvidenceRoomsPage>();
        list.WaitForAssertion(() => Assert.Contains("Waits for an answer", list.Markup, StringComparison.Ordinal));
        var page = At<StaffRoomPage>(Paths.EvidenceRoomOfStaff(room), p => p.Add(x => x.Id, room));
        page.WaitForElement(".talk li");

        await SayAsync(page, "Please name no one here.");
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".talk li").Count));
        await page.InvokeAsync(() => page.Find("button[aria-label='Take the words out: Ines Laurent']").ClickAsync(new()));
        await page.WaitForElement("aside input").InputAsync(new ChangeEventArgs { Value = "It names a person" });
        await page.WaitForElement("aside .reasoned button:not([disabled])").ClickAsync(new MouseEventArgs());

        page.WaitForAssertion(() => Assert.Contains("took the words out", page.Find(".talk").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Okafor", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_room_that_is_over_shows_its_auditor_nothing()
    {
        var room = await OverAsync(await SignInAsync(RoleBundle.VisitingAuditor));

        var shut = At<EvidenceRoomPage>(Paths.EvidenceRoom(room), p => p.Add(x => x.Id, room));

        shut.WaitForAssertion(() => Assert.Contains("This room is not open for you", shut.Markup, StringComparison.Ordinal));
        Assert.Empty(shut.FindAll("a[download]"));
    }

    [Fact]
    public async Task A_room_that_is_over_shows_the_staff_everything_but_the_field()
    {
        var room = await OverAsync(await AddStaffAsync("Ines Laurent", RoleBundle.VisitingAuditor));
        await SignInAsync(RoleBundle.ComplianceOfficer);

        var page = At<StaffRoomPage>(Paths.EvidenceRoomOfStaff(room), p => p.Add(x => x.Id, room));
        page.WaitForAssertion(() => Assert.Contains("nobody would read what you write", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("textarea"));
        Assert.Equal(2, page.FindAll("a[download]").Count);
    }

    [Fact]
    public async Task Without_rooms_the_pages_say_the_next_step_and_a_room_that_never_was_is_none()
    {
        await SignInAsync(RoleBundle.ComplianceOfficer);
        var list = Render<EvidenceRoomsPage>();
        list.WaitForAssertion(() => Assert.Contains("No room was ever opened", list.Markup, StringComparison.Ordinal));
        var id = Guid.NewGuid();
        var page = At<StaffRoomPage>(Paths.EvidenceRoomOfStaff(id), p => p.Add(x => x.Id, id));
        page.WaitForAssertion(() => Assert.Contains("There is no such room", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_auditor_for_whom_no_room_was_opened_is_told_so()
    {
        await SignInAsync(RoleBundle.VisitingAuditor);
        var mine = Render<EvidencePage>();
        mine.WaitForAssertion(() => Assert.Contains("No room is open for you", mine.Markup, StringComparison.Ordinal));
    }

    private static async Task SayAsync<T>(IRenderedComponent<T> page, string text) where T : RoomPage
    {
        await page.WaitForElement("section[aria-label=Comments] textarea").InputAsync(new ChangeEventArgs { Value = text });
        await page.WaitForElement("section[aria-label=Comments] .reasoned button:not([disabled])").ClickAsync(new MouseEventArgs());
    }

    private IRenderedComponent<T> At<T>(string address, Action<ComponentParameterCollectionBuilder<T>> parameters) where T : IComponent
    {
        Get<NavigationManager>().NavigateTo(address);
        return Render(parameters);
    }

    private async Task<Guid> OpenAsync(Application.Staff.StaffMember auditor)
    {
        var now = TimeProvider.System.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var opened = await Get<Application.Reports.Rooms.EvidenceRooms>().OpenAsync(Everybody, new NewEvidenceRoom("Autumn audit", auditor.Id, null, now.AddDays(2), day.AddDays(-30), day, null), default);
        Assert.Null(opened.Failure);
        return opened.Value;
    }

    private async Task<Guid> OverAsync(Application.Staff.StaffMember auditor)
    {
        var room = await OpenAsync(auditor);
        await Database.WriteAsync(db => db.EvidenceRooms.ExecuteUpdateAsync(r => r.SetProperty(x => x.Until, TimeProvider.System.GetUtcNow().AddSeconds(-1))), default);
        return room;
    }

    private async Task AgreedAsync()
    {
        var (person, (purpose, wording)) = (await AddPersonAsync(), await AddPurposeAsync());
        var given = await Get<RecordConsent>().ExecuteAsync(Everybody, person, new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(FormUrl: "https://aurora.example/join"), TimeProvider.System.GetUtcNow(), true, "Ticked on the web form"), default);
        Assert.Null(given.Failure);
    }
}
