using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

[Trait("Rule", "EU-13")]
public sealed class LiftRestrictionTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task That_the_person_was_told_is_noted_before_the_restriction_ends()
    {
        Assert.Null((await LiftAsync()).Failure);

        await using var db = _portal.Database.Open();
        Assert.False((await db.Subscribers.SingleAsync()).IsRestricted);
        var entries = await db.AuditEntries.Where(e => e.Action == LiftRestriction.Told || e.Action == LiftRestriction.Lifted).OrderBy(e => e.Id).Select(e => e.Action).ToListAsync();
        Assert.Equal([LiftRestriction.Told, LiftRestriction.Lifted], entries);
        Assert.Equal("2026-11-23", (await _portal.AuditAsync(LiftRestriction.Told)).Single().GetProperty("after").GetProperty("toldOn").GetString());
        Assert.Equal("The data were corrected", (await _portal.AuditAsync(LiftRestriction.Lifted)).Single().GetProperty("reason").GetString());
    }

    [Fact]
    public async Task It_stays_while_the_person_is_not_told_or_nobody_says_why()
    {
        Assert.IsType<PersonNotToldYet>((await LiftAsync(new DateOnly(2026, 11, 25))).Failure);
        Assert.IsType<ReasonNeeded>((await LiftAsync(reason: " ")).Failure);
        Assert.IsType<ReasonNeeded>((await LiftAsync(how: "")).Failure);
        Assert.IsType<ReasonNamesPerson>((await LiftAsync(how: "Letter to Ada Okafor")).Failure);
        await using var db = _portal.Database.Open();
        Assert.True((await db.Subscribers.SingleAsync()).IsRestricted);
    }

    [Fact]
    public async Task It_is_lifted_once_and_by_whoever_works_on_requests()
    {
        await Assert.ThrowsAsync<NotPermitted>(() => LiftAsync(actor: _portal.Staff with { Permissions = new HashSet<string> { Permissions.ViewPrivacyRequests } }));
        Assert.Null((await LiftAsync()).Failure);
        Assert.IsType<NotRestricted>((await LiftAsync()).Failure);
    }

    private Task<Domain.Result<Domain.Done>> LiftAsync(DateOnly? on = null, string how = "By letter", string reason = "The data were corrected", Actor? actor = null) =>
        _portal.Get<LiftRestriction>().ExecuteAsync(actor ?? _portal.Staff, _person, new RestrictionEnd(on ?? new DateOnly(2026, 11, 23), how, reason), default);
}
