using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Bulk;

/// <summary>
/// Closes requests into the first one in which the same person asks for the same: that one has the earliest clock, so nobody
/// loses a day. Each is told where its wish goes on.
/// </summary>
public sealed class CloseDuplicates(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<BulkOutcome>> ExecuteAsync(Actor actor, IReadOnlyCollection<PrivacyRequestId> ids, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        return await EachRequest.RunAsync(database, ids, id => CloseAsync(actor, id), progress, cancellationToken);
    }

    private async Task<Result<Done>> CloseAsync(Actor actor, PrivacyRequestId id)
    {
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => CloseAsync(db, actor, id, now), CancellationToken.None);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    private static async Task<Result<Done>> CloseAsync(PortalDbContext db, Actor actor, PrivacyRequestId id, DateTimeOffset now)
    {
        if (await db.PrivacyRequests.FindAsync([id], CancellationToken.None) is not { } request)
            return new RequestNotFound();
        if (!request.IsOpen)
            return new RequestNotReady("It is closed already. Nothing was changed.");
        var same = await RequestSubject.AllOfSame(db, request).Where(r => r.Kind == request.Kind
            && r.Status != PrivacyRequestStatus.Completed && r.Status != PrivacyRequestStatus.Denied && r.Status != PrivacyRequestStatus.Cancelled)
            .ToListAsync(CancellationToken.None);
        if (same.Count == 1)
            return new NoDuplicate();
        var first = same.OrderBy(r => r.ReceivedAt).ThenBy(r => r.Number).First();
        if (first == request)
            return new FirstOfItsKind();
        if (await RefusalAsync(db, request, first, now) is { } refusal)
            return refusal;
        if (request.Cancel($"A duplicate of DSR-{first.Number}, in which the wish goes on.", now) is { IsSuccess: false } refused)
            return refused;
        // Whoever closes the first one at the same moment must not leave the wish nowhere.
        first.Version = Guid.CreateVersion7(now);
        RequestChange.Add(db, actor, first.Id, now, RequestEntryKinds.Step, $"DSR-{request.Number} asks for the same and was closed into this one.");
        RequestChange.Tell(db, actor, request, now, new RequestStep("request.closedAsDuplicate", $"Closed as a duplicate of DSR-{first.Number}, which goes on."), new Dictionary<string, object?> { ["into"] = first.Number });
        return Done.Value;
    }

    /// <summary>What would be lost: another law's rights, an earlier last day, or a step that the first one has not taken.</summary>
    private static async Task<Failure?> RefusalAsync(PortalDbContext db, PrivacyRequest request, PrivacyRequest first, DateTimeOffset now)
    {
        if (first.Regime != request.Regime)
            return new DuplicateDiffers(first.Number, "falls under another law");
        if (StepOf(request.Status) > StepOf(first.Status))
            return new DuplicateDiffers(first.Number, "has not come as far as this one");
        var calendar = await OrganisationDays.OfAsync(db, CancellationToken.None);
        var today = calendar.Of(now);
        return first.DueIfAnsweredOn(new RequestDays(calendar.Of(first.ReceivedAt), today)) > request.DueIfAnsweredOn(new RequestDays(calendar.Of(request.ReceivedAt), today))
            ? new DuplicateDiffers(first.Number, "may be answered later than this one") : null;
    }

    private static int StepOf(PrivacyRequestStatus status) => status switch
    {
        PrivacyRequestStatus.Received => 0,
        PrivacyRequestStatus.Verified => 1,
        PrivacyRequestStatus.InReview => 2,
        PrivacyRequestStatus.Approved => 3,
        PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed or PrivacyRequestStatus.Replying => 4,
        PrivacyRequestStatus.Completed or PrivacyRequestStatus.Denied or PrivacyRequestStatus.Cancelled => 5,
    };
}

/// <summary>No refusal to be told: the others are closed into this one.</summary>
internal sealed record FirstOfItsKind() : Failure("It came in first, so it goes on.");

public sealed record NoDuplicate() : Failure("The same person has no other open request of this kind. Nothing was changed.");

public sealed record DuplicateDiffers(int First, string How)
    : Failure($"DSR-{First} came in first and {How}, so something would be lost. Nothing was changed; look at both, answer one and cancel the other by hand.");
