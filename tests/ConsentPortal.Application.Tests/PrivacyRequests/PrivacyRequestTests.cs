using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

public sealed class PrivacyRequestTests
{
    [Fact]
    public async Task A_request_gets_its_number_its_law_and_its_days()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();

        await desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var request = await desk.FindAsync(await desk.ReceiveAsync(person, PrivacyRequestKind.Objection));

        Assert.Equal(2, request.Number);
        Assert.Equal(PrivacyRegime.Ccpa, request.Regime);
        Assert.Equal(new DateOnly(2026, 12, 16), request.DueOn);
    }

    [Fact]
    public async Task The_same_wish_twice_is_shown_instead_of_added_unless_it_is_wanted()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var first = await desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        var wish = new NewPrivacyRequest(person, PrivacyRequestKind.Access, null, "Letter", portal.Now);

        var refused = await portal.Get<OpenPrivacyRequest>().ExecuteAsync(desk.First, wish, default);
        var wanted = await portal.Get<OpenPrivacyRequest>().ExecuteAsync(desk.First, wish with { IsSecondWanted = true }, default);
        var view = (await portal.Get<PrivacyRequestDetail>().GetAsync(desk.First, wanted.Value, default)).Value;

        Assert.Equal(first, Assert.IsType<RequestIsOpenAlready>(refused.Failure).Id);
        Assert.Equal([first], view.Duplicates.Select(d => d.Id));
    }

    [Fact]
    public async Task Nothing_is_carried_out_for_somebody_who_was_not_verified()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var erasure = await desk.ReceiveAsync(person, PrivacyRequestKind.Erasure);
        var rectification = await desk.ReceiveAsync(person, PrivacyRequestKind.Rectification);

        Assert.NotNull((await desk.AskAsync(erasure)).Failure);
        Assert.NotNull((await desk.EraseAsync(erasure)).Failure);
        Assert.NotNull((await portal.Get<CompleteRequest>().ExecuteAsync(desk.First, rectification, "Changed the name", default)).Failure);
    }

    [Fact]
    public async Task Whoever_asked_for_an_erasure_can_t_approve_it()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.VerifiedAsync(await portal.AddPersonAsync(), PrivacyRequestKind.Erasure);
        await desk.AskAsync(id);

        Assert.NotNull((await desk.ApproveAsync(id, desk.First)).Failure);
        Assert.NotNull((await desk.EraseAsync(id)).Failure);
        Assert.Null((await desk.ApproveAsync(id, desk.Second)).Failure);
        Assert.Equal(PrivacyRequestStatus.Approved, (await desk.FindAsync(id)).Status);
    }

    [Fact]
    public async Task A_second_person_who_is_against_an_erasure_sends_it_back_with_the_reason_and_is_asked_again()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.ApprovedErasureAsync(await portal.AddPersonAsync());
        var back = portal.Get<SendErasureBack>();
        Assert.IsType<ReasonNeeded>((await back.ExecuteAsync(desk.Second, id, " ", default)).Failure);

        Assert.Null((await back.ExecuteAsync(desk.Second, id, "An order is open", default)).Failure);

        var request = await desk.FindAsync(id);
        Assert.Equal((PrivacyRequestStatus.Verified, null, null), (request.Status, request.RequestedApprovalById, request.ApprovedById));
        Assert.NotNull((await desk.EraseAsync(id)).Failure);
        Assert.IsType<RequestNotReady>((await back.ExecuteAsync(desk.Second, id, "An order is open", default)).Failure);
        Assert.Contains((await portal.Get<PrivacyRequestDetail>().GetAsync(desk.First, id, default)).Value.Entries, e => e is { Kind: RequestEntryKinds.Comment, Text: "An order is open" });
        Assert.DoesNotContain("order", Assert.Single(await portal.AuditAsync("request.sentBack")).GetRawText(), StringComparison.Ordinal);
        Assert.Null((await desk.AskAsync(id)).Failure);
        Assert.Null((await desk.ApproveAsync(id, desk.Second)).Failure);
    }

    [Fact]
    public async Task An_approval_needs_the_right_to_erase()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.VerifiedAsync(await portal.AddPersonAsync(), PrivacyRequestKind.Erasure);
        await desk.AskAsync(id);
        var agent = desk.Second with { Permissions = RoleBundle.SupportAgent.Permissions.ToHashSet() };

        await Assert.ThrowsAsync<NotPermitted>(() => desk.ApproveAsync(id, agent));
    }

    [Fact]
    public async Task An_objection_ends_marketing_at_once_without_proof_of_who_asks_and_can_t_be_refused()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);
        var id = await desk.ReceiveAsync(person, PrivacyRequestKind.Objection);

        Assert.NotNull((await portal.Get<DenyRequest>().ExecuteAsync(desk.First, id, "We would rather not", default)).Failure);
        Assert.Null((await portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Told by phone", default)).Failure);

        await using var db = portal.Database.Open();
        Assert.Equal(ConsentStatus.Withdrawn, (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == person)).Status);
        Assert.Equal(SuppressionScope.Marketing, (await db.Suppressions.SingleAsync()).Scope);
    }

    [Fact]
    public async Task A_restriction_leaves_the_data_stored_and_nothing_else()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var id = await desk.VerifiedAsync(person, PrivacyRequestKind.Restriction);

        Assert.Null((await portal.Get<CompleteRequest>().ExecuteAsync(desk.First, id, "Told by letter", default)).Failure);

        await using var db = portal.Database.Open();
        Assert.True((await db.Subscribers.SingleAsync()).IsRestricted);
    }

    [Fact]
    public async Task Time_is_extended_once_and_only_before_it_has_run_out()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var id = await desk.ReceiveAsync(await portal.AddPersonAsync(), PrivacyRequestKind.Access);
        var extend = portal.Get<ExtendRequest>();

        Assert.Null((await extend.ExecuteAsync(desk.First, id, "Many records", default)).Failure);
        await desk.SendAsync(id);
        Assert.Equal(new DateOnly(2027, 2, 22), (await desk.FindAsync(id)).DueOn);
        Assert.NotNull((await extend.ExecuteAsync(desk.First, id, "Many records", default)).Failure);
        portal.Clock.Advance(TimeSpan.FromDays(100));
        Assert.Contains("run out", (await extend.ExecuteAsync(desk.First, id, "Many records", default)).Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_a_comment_stands_in_the_trail_and_its_words_do_not()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        var id = await desk.ReceiveAsync(person, PrivacyRequestKind.Access);

        Assert.Null((await portal.Get<CommentOnRequest>().ExecuteAsync(desk.Second, id, "Ada called twice", default)).Failure);

        var entry = Assert.Single(await portal.AuditAsync("request.commented"));
        Assert.Equal((desk.Second.Id, person.ToString()), (entry.GetProperty("actor").GetProperty("id").GetString(), entry.GetProperty("subject").GetString()));
        Assert.DoesNotContain("Ada", entry.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_queue_shows_what_is_due_next_first()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var desk = await RequestDesk.OpenAsync(portal);
        var person = await portal.AddPersonAsync();
        await desk.ReceiveAsync(person, PrivacyRequestKind.Access);
        await desk.ReceiveAsync(person, PrivacyRequestKind.Objection);
        var cancelled = await desk.ReceiveAsync(person, PrivacyRequestKind.Rectification);
        await portal.Get<CancelRequest>().ExecuteAsync(desk.First, cancelled, "Entered twice", default);
        portal.Clock.Advance(TimeSpan.FromDays(30));

        var page = await portal.Get<PrivacyRequestList>().PageAsync(desk.First, new PrivacyRequestQuery(), default);
        var overdue = await portal.Get<PrivacyRequestList>().PageAsync(desk.First, new PrivacyRequestQuery(IsOverdue: true), default);

        Assert.Equal([PrivacyRequestKind.Objection, PrivacyRequestKind.Access], page.Rows.Select(r => r.Kind));
        Assert.Equal((2, 1), (page.Open, page.Overdue));
        Assert.Equal([PrivacyRequestKind.Objection], overdue.Rows.Select(r => r.Kind));
        Assert.DoesNotContain("5552368", page.Rows[0].Person, StringComparison.Ordinal);
    }
}
