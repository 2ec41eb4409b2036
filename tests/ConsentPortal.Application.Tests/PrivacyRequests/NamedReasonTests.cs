using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Whatever stands in an entry of the audit trail stays: with a name in it, the erasure of its person could never end.</summary>
public sealed class NamedReasonTests : IAsyncLifetime
{
    private const string Number = "+12125552368";

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_hold_is_lifted_for_a_reason_that_does_not_name_the_person()
    {
        var person = await _portal.AddPersonAsync();
        var hold = (await _portal.Get<PlaceLegalHold>().ExecuteAsync(_portal.Staff, new NewLegalHold(person, null, "Claim 17", null), default)).Value;

        Assert.IsType<ReasonNamesPerson>((await _portal.Get<LiftLegalHold>().ExecuteAsync(_portal.Staff, hold, "Settled with Ada Okafor", default)).Failure);
        Assert.Null((await _portal.Get<LiftLegalHold>().ExecuteAsync(_portal.Staff, hold, "Claim 17 was settled", default)).Failure);
    }

    [Theory]
    [InlineData("Typed for Ada Okafor by mistake", true)]
    [InlineData("Ms Okafor called back", true)]
    [InlineData("Meant was 12:30, 5 (212) 555-2368", true)]
    [InlineData("Typed the wrong number", false)]
    public async Task A_stop_is_lifted_for_a_reason_that_names_nobody_who_has_the_number(string reason, bool isRefused)
    {
        await _portal.AddPersonAsync();

        await LiftAsync(reason, isRefused);
    }

    [Theory]
    [InlineData("It was 212.555.2368", true)]
    [InlineData("It was 0012125552368", true)]
    [InlineData("It was 212 555 2369", false)]
    public async Task A_number_that_nobody_here_has_is_known_in_a_reason_by_its_hash(string reason, bool isRefused) => await LiftAsync(reason, isRefused);

    [Fact]
    public async Task The_way_in_which_a_request_came_names_nobody()
    {
        var person = await _portal.AddPersonAsync();
        var now = _portal.Now;

        var typed = await _portal.Get<OpenPrivacyRequest>().ExecuteAsync(_portal.Staff, new NewPrivacyRequest(person, PrivacyRequestKind.Erasure, null, "Mail of Ada Okafor", now), default);
        var heard = await _portal.Get<TakePrivacyRequest>().ExecuteAsync(
            _portal.Staff, new HeardPrivacyRequest(new PhoneNumber(Number, "US"), PrivacyRequestKind.Erasure, "ada okafor by mail", null, null), null, default);

        Assert.IsType<ReasonNamesPerson>(typed.Failure);
        Assert.Equal("source", Assert.IsType<FieldRefused>(heard.Failure).Field);
        await using var db = _portal.Database.Open();
        Assert.False(await db.PrivacyRequests.AnyAsync());
    }

    private async Task LiftAsync(string reason, bool isRefused)
    {
        Assert.Null((await _portal.Get<AddSuppression>().ExecuteAsync(_portal.Staff, new PhoneNumber(Number, "US"), new SuppressionReach(SuppressionScope.All), "Wrote to us", default)).Failure);
        await using var db = _portal.Database.Open();
        var hash = _portal.Get<LookupHash>().Phone(Number);
        var entry = await db.Suppressions.OrderByDescending(s => s.Id).FirstAsync(s => s.PhoneHash == hash);

        var lifted = await _portal.Get<LiftSuppression>().ExecuteAsync(_portal.Staff, entry.Id, reason, default);

        Assert.Equal(isRefused, lifted.Failure is ReasonNamesPerson);
        Assert.Equal(!isRefused, lifted.IsSuccess);
    }
}
