using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>What the audit trail says of the work on a request: what was there before, and what is there now.</summary>
public sealed class RequestTrailTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
        _person = await _portal.AddPersonAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_request_that_is_entered_has_nothing_before()
    {
        await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);

        var entry = Assert.Single(await _portal.AuditAsync("request.opened"));

        Assert.Equal(JsonValueKind.Null, entry.GetProperty("before").ValueKind);
        Assert.Equal("received", Text(entry, "after", "status"));
    }

    [Fact]
    public async Task An_assignment_says_who_had_it_and_who_has_it_by_their_names_on_the_page()
    {
        var id = await _desk.ReceiveAsync(_person, PrivacyRequestKind.Access);
        var worker = await StaffedAsync();

        Assert.Null((await _portal.Get<AssignRequest>().ExecuteAsync(_desk.First, id, worker, default)).Failure);
        Assert.Null((await _portal.Get<AssignRequest>().ExecuteAsync(_desk.First, id, null, default)).Failure);

        var entries = await _portal.AuditAsync("request.assigned");
        Assert.Equal([(null, worker.ToString()), (worker.ToString(), null)], entries.Select(e => (Text(e, "before", "assignee"), Text(e, "after", "assignee"))));
        await using var db = _portal.Database.Open();
        var shown = (await _portal.Get<AuditEntries>().FindAsync(_desk.First, await db.AuditEntries.Where(e => e.Action == "request.assigned").MinAsync(e => e.Id), default))!;
        Assert.Contains(new AuditValue("assignee", null, "Dana Kern"), shown.Values);
        Assert.Contains(new AuditValue("status", "received", "received"), shown.Values);
    }

    [Fact]
    public async Task A_verification_says_by_which_way_and_what_it_brought()
    {
        await _desk.VerifiedAsync(_person, PrivacyRequestKind.Access);

        var entry = Assert.Single(await _portal.AuditAsync("request.verified"));

        Assert.Equal((null, VerifyRequester.Ways[0]), (Text(entry, "before", "verifiedBy"), Text(entry, "after", "verifiedBy")));
        Assert.Equal(("received", "verified"), (Text(entry, "before", "status"), Text(entry, "after", "status")));
    }

    [Fact]
    public async Task An_approval_says_who_asked_and_who_gave_it()
    {
        await _desk.ApprovedErasureAsync(_person);

        Assert.Equal(_desk.First.Id, Text(Assert.Single(await _portal.AuditAsync("request.approvalAsked")), "after", "approvalAskedBy"));
        var given = Assert.Single(await _portal.AuditAsync("request.approved"));
        Assert.Equal((null, _desk.Second.Id), (Text(given, "before", "approvedBy"), Text(given, "after", "approvedBy")));
    }

    [Fact]
    public async Task An_erasure_says_from_where_it_went_on_though_the_consent_was_ended_in_between()
    {
        await _portal.ConsentAsync(_person);
        var id = await _desk.ApprovedErasureAsync(_person);

        Assert.True((await _desk.EraseAsync(id)).IsSuccess);

        var entry = Assert.Single(await _portal.AuditAsync("request.executed"));
        Assert.Equal(("approved", "executing"), (Text(entry, "before", "status"), Text(entry, "after", "status")));
    }

    [Fact]
    [Trait("Rule", "EU-13")]
    public async Task A_restriction_has_an_entry_about_the_person_when_it_begins_and_when_it_ends()
    {
        var id = await _desk.VerifiedAsync(_person, PrivacyRequestKind.Restriction);
        Assert.Null((await _portal.Get<CompleteRequest>().ExecuteAsync(_desk.First, id, "The data are only stored from now on", default)).Failure);
        await _portal.Get<LiftRestriction>().ExecuteAsync(_desk.First, _person, new RestrictionEnd(new DateOnly(2026, 11, 24), "By letter", "The data were corrected"), default);

        var begun = Assert.Single(await _portal.AuditAsync("subscriber.restricted"));
        var ended = Assert.Single(await _portal.AuditAsync("subscriber.restrictionLifted"));

        Assert.Equal(_person.ToString(), begun.GetProperty("subject").GetString());
        Assert.Equal((false, true, id.ToString()), (begun.GetProperty("before").GetProperty("restricted").GetBoolean(), begun.GetProperty("after").GetProperty("restricted").GetBoolean(), Text(begun, "after", "request")));
        Assert.Equal((true, false), (ended.GetProperty("before").GetProperty("restricted").GetBoolean(), ended.GetProperty("after").GetProperty("restricted").GetBoolean()));
    }

    private static string? Text(JsonElement entry, string side, string name) => entry.GetProperty(side).GetProperty(name).GetString();

    private async Task<Guid> StaffedAsync()
    {
        var staff = Guid.Parse((await _portal.AddStaffAsync("Dana Kern", [])).Id);
        await _portal.Database.WriteAsync(
            db =>
            {
                var role = new StaffRole { Id = Guid.CreateVersion7(), Name = "Requests", NormalizedName = "REQUESTS", Purpose = "Requests" };
                db.Roles.Add(role);
                db.RoleClaims.Add(new() { RoleId = role.Id, ClaimType = StaffRole.PermissionClaim, ClaimValue = Permissions.HandlePrivacyRequests });
                db.UserRoles.Add(new() { RoleId = role.Id, UserId = staff });
                return Task.CompletedTask;
            },
            default);
        return staff;
    }
}
