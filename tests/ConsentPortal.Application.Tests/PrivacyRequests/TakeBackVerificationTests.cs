using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Somebody was taken for the person and was not.</summary>
public sealed class TakeBackVerificationTests : IAsyncLifetime
{
    private const string Why = "The caller had another birthday";

    private PeoplePortal _portal = null!;
    private RequestDesk _desk = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _desk = await RequestDesk.OpenAsync(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_verification_that_is_taken_back_says_what_it_was_and_the_request_can_be_verified_again()
    {
        var id = await _desk.VerifiedAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);

        Assert.Null((await TakeBackAsync(id)).Failure);

        var request = await _desk.FindAsync(id);
        Assert.Equal((PrivacyRequestStatus.Received, null, null), (request.Status, request.VerifiedBy, request.VerifiedAt));
        var entry = Assert.Single(await _portal.AuditAsync("request.verificationTakenBack"));
        Assert.Equal(
            ("verified", VerifyRequester.Ways[0], "received", null),
            (entry.GetProperty("before").GetProperty("status").GetString(), entry.GetProperty("before").GetProperty("verifiedBy").GetString(),
                entry.GetProperty("after").GetProperty("status").GetString(), entry.GetProperty("after").GetProperty("verifiedBy").GetString()));
        Assert.DoesNotContain("birthday", entry.GetRawText(), StringComparison.Ordinal);
        var view = (await _portal.Get<PrivacyRequestDetail>().GetAsync(_desk.First, id, default)).Value;
        Assert.Contains(view.Entries, line => line.Text == Why);
        Assert.Null((await _desk.VerifyAsync(id)).Failure);
    }

    [Fact]
    public async Task An_approval_that_was_asked_for_or_given_falls_with_it_and_nothing_can_be_erased()
    {
        var asked = await _desk.VerifiedAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Erasure);
        Assert.Null((await _desk.AskAsync(asked)).Failure);
        var approved = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync("+12125552369"));

        Assert.Null((await TakeBackAsync(asked)).Failure);
        Assert.Null((await TakeBackAsync(approved)).Failure);

        foreach (var id in new[] { asked, approved })
        {
            var request = await _desk.FindAsync(id);
            Assert.Equal((PrivacyRequestStatus.Received, (Guid?)null, (Guid?)null), (request.Status, request.RequestedApprovalById, request.ApprovedById));
            Assert.NotNull((await _desk.ApproveAsync(id, _desk.Second)).Failure);
            Assert.NotNull((await _desk.EraseAsync(id)).Failure);
        }

        Assert.NotNull((await _portal.AuditAsync("request.verificationTakenBack"))[1].GetProperty("before").GetProperty("approvedBy").GetString());
    }

    [Fact]
    public async Task A_link_to_the_package_opens_nothing_until_the_person_is_verified_again()
    {
        var id = await _desk.ReviewedAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        var link = (await _portal.Get<CopyPackageLink>().ExecuteAsync(_desk.First, id, default)).Value;
        Assert.Null((await _portal.Get<HandOutPackage>().FindAsync(link, default)).Failure);

        Assert.Null((await TakeBackAsync(id)).Failure);

        Assert.IsType<PackageLinkRefused>((await _portal.Get<HandOutPackage>().FindAsync(link, default)).Failure);
    }

    [Fact]
    public async Task It_is_refused_without_a_reason_without_a_verification_and_once_the_request_was_carried_out()
    {
        var fresh = await _desk.ReceiveAsync(await _portal.AddPersonAsync(), PrivacyRequestKind.Access);
        var erased = await _desk.ApprovedErasureAsync(await _portal.AddPersonAsync("+12125552369"));
        Assert.IsType<ReasonNeeded>((await _portal.Get<TakeBackVerification>().ExecuteAsync(_desk.First, erased, " ", default)).Failure);
        Assert.Null((await _desk.EraseAsync(erased)).Failure);
        var status = (await _desk.FindAsync(erased)).Status;

        Assert.IsType<RequestNotReady>((await TakeBackAsync(fresh)).Failure);
        Assert.IsType<RequestNotReady>((await TakeBackAsync(erased)).Failure);

        Assert.Equal(status, (await _desk.FindAsync(erased)).Status);
        Assert.Empty(await _portal.AuditAsync("request.verificationTakenBack"));
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<TakeBackVerification>().ExecuteAsync(Actor.Nobody, fresh, Why, default));
    }

    private Task<Result<Done>> TakeBackAsync(PrivacyRequestId id) => _portal.Get<TakeBackVerification>().ExecuteAsync(_desk.First, id, Why, default);
}
