using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>Two members of staff who work on requests, and the steps of one.</summary>
internal sealed class RequestDesk(PeoplePortal portal, Actor second)
{
    public PeoplePortal Portal => portal;

    public Actor First => portal.Staff;

    public Actor Second => second;

    public static async Task<RequestDesk> OpenAsync(PeoplePortal portal) =>
        new(portal, await portal.AddStaffAsync("Ben Oduya", [.. PermissionCatalogue.All.Select(p => p.Permission)]));

    public async Task<PrivacyRequestId> ReceiveAsync(SubscriberId person, PrivacyRequestKind kind, string? note = null) =>
        (await portal.Get<OpenPrivacyRequest>().ExecuteAsync(First, new NewPrivacyRequest(person, kind, null, "Phone", portal.Now.AddHours(-1), note), default)).Value;

    public async Task<PrivacyRequestId> VerifiedAsync(SubscriberId person, PrivacyRequestKind kind, string? note = null)
    {
        var id = await ReceiveAsync(person, kind, note);
        Assert.Null((await VerifyAsync(id)).Failure);
        return id;
    }

    public Task<Result<Done>> VerifyAsync(PrivacyRequestId id) => portal.Get<VerifyRequester>().ExecuteAsync(First, id, VerifyRequester.Ways[0], null, default);

    /// <summary>Looks through what the package would hold and confirms it.</summary>
    public async Task ReviewAsync(PrivacyRequestId id, Actor? by = null)
    {
        var preview = await portal.Get<OpenPackageReview>().ExecuteAsync(by ?? First, id, default);
        Assert.Null((await portal.Get<ConfirmPackageReview>().ExecuteAsync(by ?? First, id, preview.Value.CollectedAt, default)).Failure);
    }

    /// <summary>A verified request whose package was reviewed.</summary>
    public async Task<PrivacyRequestId> ReviewedAsync(SubscriberId person, PrivacyRequestKind kind, string? note = null)
    {
        var id = await VerifiedAsync(person, kind, note);
        await ReviewAsync(id);
        return id;
    }

    public Task<Result<Done>> AskAsync(PrivacyRequestId id) => portal.Get<AskForErasureApproval>().ExecuteAsync(First, id, null, default);

    public Task<Result<Done>> ApproveAsync(PrivacyRequestId id, Actor by) => portal.Get<ApproveErasure>().ExecuteAsync(by, id, default);

    public async Task<PrivacyRequestId> ApprovedErasureAsync(SubscriberId person, string? note = null)
    {
        var id = await VerifiedAsync(person, PrivacyRequestKind.Erasure, note);
        Assert.Null((await AskAsync(id)).Failure);
        Assert.Null((await ApproveAsync(id, Second)).Failure);
        return id;
    }

    public Task<Result<RescanReport>> EraseAsync(PrivacyRequestId id) => portal.Get<EraseSubscriber>().ExecuteAsync(Second, id, default);

    /// <summary>Every letter of the request that waits leaves today.</summary>
    public async Task SendAsync(PrivacyRequestId id)
    {
        foreach (var letter in (await portal.Get<PrivacyRequestDetail>().GetAsync(First, id, default)).Value.Letters.Where(l => l.SentOn is null).Reverse())
            Assert.Null((await portal.Get<MarkLetterSent>().ExecuteAsync(First, letter.Id, DateOnly.FromDateTime(portal.Now.UtcDateTime), default)).Failure);
    }

    /// <summary>Writes what was done and sends it.</summary>
    public async Task ReplyAsync(PrivacyRequestId id)
    {
        Assert.Null((await portal.Get<WriteLetter>().ExecuteAsync(First, id, LetterKind.Completion, null, default)).Failure);
        await SendAsync(id);
    }

    /// <summary>Lets the hour pass after which the provider erases, and asks it.</summary>
    public Task<int> AskProviderAsync()
    {
        portal.Clock.Advance(TimeSpan.FromMinutes(61));
        return portal.Get<AskProviderAgain>().AskAllAsync(default);
    }

    public async Task<PrivacyRequest> FindAsync(PrivacyRequestId id)
    {
        await using var db = portal.Database.Open();
        return await db.PrivacyRequests.AsNoTracking().SingleAsync(r => r.Id == id);
    }
}
