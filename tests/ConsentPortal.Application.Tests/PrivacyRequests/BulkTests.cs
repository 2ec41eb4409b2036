using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Bulk;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Acts on many requests: each is done whole or refused by itself, and none of them decides about a person.</summary>
public sealed class BulkTests : IAsyncLifetime
{
    private const string German = "+4915112345678";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Many_are_assigned_at_once_with_one_entry_each_and_closed_ones_are_named()
    {
        var (first, second, closed) = (await ReceiveAsync(await _portal.AddPersonAsync()), await ReceiveAsync(await AddGermanAsync()), await ReceiveAsync(await _portal.AddPersonAsync("+12125552399"), PrivacyRequestKind.Erasure));
        await _portal.Get<CancelRequest>().ExecuteAsync(_desk.First, closed, "Entered by mistake", default);
        var worker = await StaffedAsync();

        var outcome = (await _portal.Get<AssignRequests>().ExecuteAsync(_desk.First, [closed, second, first], worker, null, default)).Value;

        Assert.Equal((2, 0), (outcome.Done, outcome.Kept));
        Assert.Equal((closed, 3), outcome.Refused.Select(r => (r.Id, r.Number)).Single());
        Assert.Contains("closed", outcome.Refused[0].Reason, StringComparison.Ordinal);
        Assert.Equal([worker, worker, null], new[] { (await _desk.FindAsync(first)).AssigneeId, (await _desk.FindAsync(second)).AssigneeId, (await _desk.FindAsync(closed)).AssigneeId });
        Assert.Equal([first.ToString(), second.ToString()], (await _portal.AuditAsync("request.assigned")).Select(e => e.GetProperty("object").GetProperty("id").GetString()!));
    }

    [Fact]
    [Trait("Rule", "C-08")]
    public async Task Time_is_taken_only_where_the_law_of_each_allows_it_and_each_gets_its_own_letter()
    {
        var german = await ReceiveAsync(await AddGermanAsync());
        var brazilian = await ReceiveAsync(await _portal.AddPersonAsync("+5511912345678", "BR"));
        var before = await _desk.FindAsync(brazilian);

        var outcome = (await _portal.Get<ExtendRequests>().ExecuteAsync(_desk.First, [german, brazilian], "So many requests came in", null, default)).Value;

        await _desk.SendAsync(german);
        Assert.Equal(1, outcome.Done);
        Assert.Equal(brazilian, outcome.Refused.Single().Id);
        Assert.Contains("no later day", outcome.Refused[0].Reason, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2027, 2, 24), (await _desk.FindAsync(german)).DueOn);
        var after = await _desk.FindAsync(brazilian);
        Assert.Equal((before.DueOn, before.Version), (after.DueOn, after.Version));
        Assert.Contains("So many requests came in", Assert.Single((await ViewAsync(german)).Letters).Text, StringComparison.Ordinal);
        Assert.Empty((await ViewAsync(brazilian)).Letters);
        Assert.Single(await _portal.AuditAsync("request.extended"));
    }

    [Fact]
    public async Task Words_for_many_name_none_of_them()
    {
        PrivacyRequestId[] both = [await ReceiveAsync(await _portal.AddPersonAsync()), await ReceiveAsync(await AddGermanAsync())];

        Assert.IsType<WordsNameOneOfMany>((await _portal.Get<CommentOnRequests>().ExecuteAsync(_desk.First, both, "Ada Okafor asked first", null, default)).Failure);
        Assert.IsType<WordsNameOneOfMany>((await _portal.Get<ExtendRequests>().ExecuteAsync(_desk.First, both, "Waiting for +12125552368", null, default)).Failure);
        var told = (await _portal.Get<CommentOnRequests>().ExecuteAsync(_desk.First, both, "Answer these together", null, default)).Value;

        Assert.Equal((2, 0), (told.Done, told.Refused.Count));
        foreach (var id in both)
            Assert.Equal(["Answer these together"], (await ViewAsync(id)).Entries.Where(e => e.Kind == RequestEntryKinds.Comment).Select(e => e.Text));
        Assert.Empty(await _portal.AuditAsync("request.extended"));
    }

    [Fact]
    public async Task Duplicates_are_closed_into_the_one_that_came_in_first()
    {
        var person = await _portal.AddPersonAsync();
        var (first, second, other) = (await ReceiveAsync(person), await SecondAsync(person), await ReceiveAsync(person, PrivacyRequestKind.Erasure));
        var stranger = await ReceiveAsync(await AddGermanAsync());

        var outcome = (await _portal.Get<CloseDuplicates>().ExecuteAsync(_desk.First, [first, second, other, stranger], null, default)).Value;

        Assert.Equal((1, 1), (outcome.Done, outcome.Kept));
        Assert.Equal([other, stranger], outcome.Refused.Select(r => r.Id));
        Assert.True((await _desk.FindAsync(first)).IsOpen);
        Assert.Equal(PrivacyRequestStatus.Cancelled, (await _desk.FindAsync(second)).Status);
        Assert.All([other, stranger], id => Assert.True(_desk.FindAsync(id).Result.IsOpen));
        Assert.Contains((await ViewAsync(first)).Entries, e => e.Text.Contains("DSR-2 asks for the same", StringComparison.Ordinal));
        Assert.Equal(1, (await _portal.AuditAsync("request.closedAsDuplicate")).Single().GetProperty("after").GetProperty("into").GetInt32());
    }

    [Fact]
    public async Task A_duplicate_that_has_come_further_or_falls_under_another_law_is_looked_at_by_a_person()
    {
        var person = await _portal.AddPersonAsync();
        var (first, further, elsewhere) = (await ReceiveAsync(person), await SecondAsync(person), await SecondAsync(person, PrivacyRegime.Gdpr));
        Assert.Null((await _desk.VerifyAsync(further)).Failure);

        var outcome = (await _portal.Get<CloseDuplicates>().ExecuteAsync(_desk.First, [further, elsewhere], null, default)).Value;

        Assert.Equal(0, outcome.Done);
        Assert.All(outcome.Refused, r => Assert.Contains("DSR-1 came in first", r.Reason, StringComparison.Ordinal));
        Assert.All([first, further, elsewhere], id => Assert.True(_desk.FindAsync(id).Result.IsOpen));
    }

    [Fact]
    public async Task Nobody_loses_a_day_because_the_first_one_was_given_more_time()
    {
        var person = await AddGermanAsync();
        var first = await ReceiveAsync(person);
        await _portal.Get<ExtendRequest>().ExecuteAsync(_desk.First, first, "Many records", default);
        await _desk.SendAsync(first);
        var second = await SecondAsync(person);

        var outcome = (await _portal.Get<CloseDuplicates>().ExecuteAsync(_desk.First, [second], null, default)).Value;

        Assert.Contains("answered later", outcome.Refused.Single().Reason, StringComparison.Ordinal);
        Assert.True((await _desk.FindAsync(second)).IsOpen);
    }

    [Fact]
    public async Task Whoever_stops_the_act_keeps_what_was_done_and_is_told_what_was_not()
    {
        PrivacyRequestId[] three = [await ReceiveAsync(await _portal.AddPersonAsync()), await ReceiveAsync(await AddGermanAsync()), await ReceiveAsync(await _portal.AddPersonAsync("+12125552399"))];
        using var stop = new CancellationTokenSource();

        var outcome = (await _portal.Get<CommentOnRequests>().ExecuteAsync(_desk.First, three, "Answer these together", new After(1, stop), stop.Token)).Value;

        Assert.Equal((1, 2), (outcome.Done, outcome.Refused.Count));
        Assert.All(outcome.Refused, r => Assert.Contains("stopped", r.Reason, StringComparison.Ordinal));
        Assert.Single(await _portal.AuditAsync("request.commented"));
    }

    [Fact]
    public async Task An_act_takes_some_and_not_more_than_five_hundred()
    {
        var assign = _portal.Get<AssignRequests>();

        Assert.IsType<NothingSelected>((await assign.ExecuteAsync(_desk.First, [], null, null, default)).Failure);
        Assert.IsType<TooManySelected>((await assign.ExecuteAsync(_desk.First, [.. Enumerable.Range(0, 501).Select(_ => PrivacyRequestId.New(_portal.Now))], null, null, default)).Failure);
    }

    [Fact]
    public async Task Whoever_only_reads_requests_acts_on_none()
    {
        var reader = await _portal.AddStaffAsync("Rita Reader", [Permissions.ViewPrivacyRequests]);
        var id = await ReceiveAsync(await _portal.AddPersonAsync());

        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<AssignRequests>().ExecuteAsync(reader, [id], null, null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<ExtendRequests>().ExecuteAsync(reader, [id], "Many records", null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CommentOnRequests>().ExecuteAsync(reader, [id], "Many records", null, default));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<CloseDuplicates>().ExecuteAsync(reader, [id], null, default));
    }

    private Task<SubscriberId> AddGermanAsync() => _portal.AddPersonAsync(German, "DE", "Greta", "Lindqvist");

    private Task<PrivacyRequestId> ReceiveAsync(SubscriberId person, PrivacyRequestKind kind = PrivacyRequestKind.Access) => _desk.ReceiveAsync(person, kind);

    private async Task<PrivacyRequestId> SecondAsync(SubscriberId person, PrivacyRegime? regime = null) => (await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(
        _desk.First, new NewPrivacyRequest(person, PrivacyRequestKind.Access, regime, "Letter", _portal.Now, IsSecondWanted: true), default)).Value;

    private async Task<PrivacyRequestView> ViewAsync(PrivacyRequestId id) => (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;

    /// <returns>Somebody whose role in the database lets them work on requests.</returns>
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

    /// <summary>Stops once so many are through.</summary>
    private sealed class After(int count, CancellationTokenSource stop) : IProgress<int>
    {
        public void Report(int value)
        {
            if (value == count)
                stop.Cancel();
        }
    }
}
