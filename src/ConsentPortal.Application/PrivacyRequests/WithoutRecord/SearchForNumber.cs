using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>Looks through every table for the number of a request without a record, as of now, and notes in the request what it has found.</summary>
public sealed class SearchForNumber(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.HandlePrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.PrivacyRequests.FindAsync([id], cancellationToken) is not { } request)
                    return new RequestNotFound();
                if (!request.IsOpen)
                    return new RequestNotReady("This request is closed, so nothing is searched for it any more. Nothing was changed.");
                if (request.SubscriberId is not null || await db.UnrecordedNumbers.FindAsync([id], cancellationToken) is not { } number)
                    return new RequestHasRecord();
                var found = await NumberSearch.RunAsync(db, number.PhoneHash, cancellationToken);
                if (!found.HasRecordNow)
                    number.SearchedAt = now;
                RequestChange.Tell(db, actor, request, now, new RequestStep("request.searched", $"Every table was searched for the number: {found.InWords}"), Facts(found));
                return Done.Value;
            },
            cancellationToken);
    }

    internal static Dictionary<string, object?> Facts(NumberFindings found) => new()
    {
        ["records"] = found.Records.Count(r => r.HasItNow), ["formerRecords"] = found.Records.Count(r => !r.HasItNow), ["stops"] = found.Stops, ["providerWords"] = found.Verdicts,
        ["texts"] = found.Texts, ["staffNumbers"] = found.StaffNumbers,
    };
}

public sealed record RequestHasRecord()
    : Failure("This request has a record, or its number was deleted, so there is no number to search for. Nothing was changed.");
