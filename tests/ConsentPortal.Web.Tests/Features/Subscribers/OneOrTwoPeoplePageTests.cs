using Bunit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Web.Tests.Features.Subscribers;

public sealed class OneOrTwoPeoplePageTests : StaffPageTest
{
    [Fact]
    public async Task People_who_share_a_number_are_named_on_each_others_page()
    {
        var (ada, ben) = (await AddPersonAsync(first: "Ada"), await AddTwinAsync());
        await SignInAsync(RoleBundle.SupportAgent);

        var page = Render<PersonPage>(parameters => parameters.Add(p => p.Id, ada.Value));

        page.WaitForAssertion(() => Assert.Contains("also used by", page.Find(".relations").TextContent, StringComparison.Ordinal));
        Assert.Contains(page.FindAll(".relations a"), link => link.GetAttribute("href") == Paths.Subscriber(ben));
        Assert.Contains(page.FindAll(".relations a"), link => link.GetAttribute("href") == Paths.MergeSubscriber(ada, ben));
    }

    [Fact]
    public async Task Two_records_stand_side_by_side_with_what_comes_of_them_and_become_one_for_a_reason()
    {
        var (ada, ben) = (await AddPersonAsync(first: "Ada"), await AddTwinAsync());
        var (purpose, wording) = await AddPurposeAsync();
        await Get<RecordConsent>().ExecuteAsync(Everybody, ada, new GivenConsent(
            purpose.Id, wording.Id, ConsentChannel.WebForm, ConsentLevel.ExpressWritten, new ConsentEvidence(), TimeProvider.System.GetUtcNow(), IsActOfPerson: true), default);
        await SignInAsync(RoleBundle.SupportAgent);
        Get<NavigationManager>().NavigateTo(Paths.MergeSubscriber(ben, ada));
        var page = Render<MergePage>(parameters => parameters.Add(p => p.Id, ben.Value));
        page.WaitForAssertion(() => Assert.Equal(["No consent", "Granted", "Granted"], page.FindAll(".outcome td .chip").Select(c => c.TextContent.Trim())));
        Assert.True(page.Find(".reasoned button").HasAttribute("disabled"));

        await page.Find(".stack input").InputAsync(new ChangeEventArgs { Value = "Same customer card" });
        await page.WaitForElement(".reasoned button:not([disabled])").ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith(Paths.Subscriber(ben), Get<NavigationManager>().Uri, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(ben, (await db.Subscribers.SingleAsync(s => s.Id == ada)).MergedIntoId);
        Render<PersonPage>(parameters => parameters.Add(p => p.Id, ada.Value));
        Assert.EndsWith(Paths.Subscriber(ben), Get<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_number_needs_the_number_who_asked_and_why()
    {
        var ada = await AddPersonAsync();
        await SignInAsync(RoleBundle.SupportAgent);
        var page = Render<ChangeNumberPage>(parameters => parameters.Add(p => p.Id, ada.Value));
        page.WaitForAssertion(() => Assert.Contains("Enter a number that can be texted.", page.Markup, StringComparison.Ordinal));

        await page.Find("input[type=tel]").InputAsync(new ChangeEventArgs { Value = "+1 212 555 2399" });
        page.WaitForAssertion(() => Assert.Contains("Say how they asked.", page.Markup, StringComparison.Ordinal));
        var fields = page.FindAll("input[maxlength='400']");
        await fields[0].InputAsync(new ChangeEventArgs { Value = "Called, named the last order" });
        await page.FindAll("input[maxlength='400']")[1].InputAsync(new ChangeEventArgs { Value = "New contract" });
        await page.WaitForElement(".reasoned button:not([disabled])").ClickAsync(new());

        page.WaitForAssertion(() => Assert.EndsWith(Paths.Subscriber(ada), Get<NavigationManager>().Uri, StringComparison.Ordinal));
        await using var db = Database.Open();
        Assert.Equal(2, await db.NumberPeriods.CountAsync(p => p.SubscriberId == ada));
    }

    [Fact]
    public async Task Pages_that_change_a_person_or_merge_two_are_each_a_look_at_them_and_only_one()
    {
        var (ada, ben) = (await AddPersonAsync(first: "Ada"), await AddTwinAsync());
        await SignInAsync(RoleBundle.SupportAgent);

        var edit = Render<EditSubscriberPage>(parameters => parameters.Add(p => p.Id, ada.Value));
        edit.WaitForElement("input");
        edit.Render(parameters => parameters.Add(p => p.Id, ada.Value));
        Assert.Equal((1, 0), await LooksAsync());
        var number = Render<ChangeNumberPage>(parameters => parameters.Add(p => p.Id, ada.Value));
        number.WaitForElement("input");
        number.Render(parameters => parameters.Add(p => p.Id, ada.Value));
        Assert.Equal((2, 0), await LooksAsync());
        Get<NavigationManager>().NavigateTo(Paths.MergeSubscriber(ben, ada));
        var merge = Render<MergePage>(parameters => parameters.Add(p => p.Id, ben.Value));
        merge.WaitForElement(".pair");
        Get<NavigationManager>().NavigateTo(Paths.MergeSubscriber(ada, ben));
        merge.Render(parameters => parameters.Add(p => p.Id, ada.Value));
        merge.WaitForAssertion(() => Assert.Contains("Ada", merge.Find(".pair section").TextContent, StringComparison.Ordinal));
        Assert.Equal((3, 1), await LooksAsync());

        async Task<(int OfAda, int OfBen)> LooksAsync()
        {
            await using var db = Database.Open();
            var looks = await db.AuditEntries.Where(e => e.Action == OpenSubscriber.Viewed).Select(e => e.SubscriberId).ToListAsync();
            return (looks.Count(id => id == ada), looks.Count(id => id == ben));
        }
    }

    private Task<SubscriberId> AddTwinAsync() => Database.WriteAsync(
        db => Task.FromResult(Get<SubscriberFactory>().Add(
            db, Actor.Job("test"), new NewSubscriber(new PhoneNumber("+12125552368", "US"), LineType.Mobile, new SubscriberProfile("Ben", "Okafor", null), "Store"), TimeProvider.System.GetUtcNow()).Id),
        default);
}
