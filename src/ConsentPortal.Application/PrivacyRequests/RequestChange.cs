using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>What changes with a request, told once for its page and once for the audit trail.</summary>
/// <param name="Action">noun.verb for the audit trail.</param>
/// <param name="Step">A sentence for the request's activity; free of personal data.</param>
/// <param name="Note">What staff wrote in their own words; deleted with the person's data.</param>
internal sealed record RequestStep(string Action, string Step, string? Note = null);

/// <summary>Changes one request in one transaction: the rule of the domain, the line in its activity, the audit entry.</summary>
internal static class RequestChange
{
    public static Task<Result<Done>> ApplyAsync(
        PortalDatabase database, Actor actor, PrivacyRequestId id, DateTimeOffset now, RequestStep step,
        Func<PrivacyRequest, Result<Done>> change, CancellationToken cancellationToken) =>
        ApplyAsync(database, actor, id, now, step, (request, _) => change(request), cancellationToken);

    public static Task<Result<Done>> ApplyAsync(
        PortalDatabase database, Actor actor, PrivacyRequestId id, DateTimeOffset now, RequestStep step,
        Func<PrivacyRequest, RequestDays, Result<Done>> change, CancellationToken cancellationToken) =>
        ApplyAsync(database, actor, id, now, step, async (db, request) => change(request, await DaysAsync(db, request, now, cancellationToken)), cancellationToken);

    /// <summary>The same for a change that first has to look something up.</summary>
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, Actor actor, PrivacyRequestId id, DateTimeOffset now, RequestStep step,
        Func<PortalDbContext, PrivacyRequest, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db =>
                {
                    var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                    if (request is null)
                        return new RequestNotFound();
                    var outcome = await change(db, request);
                    if (outcome.IsSuccess)
                        Tell(db, actor, request, now, step);
                    else
                        // An act is whole or not at all: what it changed before it was refused is not saved.
                        db.ChangeTracker.Clear();
                    return outcome;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }

    /// <summary>The request's days by the organisation's calendar.</summary>
    public static async Task<RequestDays> DaysAsync(PortalDbContext db, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await OrganisationDays.OfAsync(db, cancellationToken);
        return new RequestDays(days.Of(request.ReceivedAt), days.Of(now));
    }

    public static void Tell(PortalDbContext db, Actor actor, PrivacyRequest request, DateTimeOffset now, RequestStep step, Dictionary<string, object?>? more = null)
    {
        request.Version = Guid.CreateVersion7(now);
        Add(db, actor, request.Id, now, RequestEntryKinds.Step, step.Step);
        if (!string.IsNullOrWhiteSpace(step.Note))
            Add(db, actor, request.Id, now, RequestEntryKinds.Comment, step.Note.Trim());
        var (before, after) = RequestFacts.Of(db, request);
        foreach (var (name, value) in more ?? [])
            after[name] = value;
        db.Audit(actor, now, new AuditFact(step.Action, "request", request.Id.ToString(), request.SubscriberId, Before: before, After: after));
    }

    public static void Add(PortalDbContext db, Actor actor, PrivacyRequestId request, DateTimeOffset now, string kind, string text) =>
        db.PrivacyRequestEntries.Add(new PrivacyRequestEntry { RequestId = request, At = now, ActorName = actor.Name, Kind = kind, Text = text });

    /// <returns>Null for anybody who is no member of staff: only people ask for and give approvals.</returns>
    public static Guid? StaffId(Actor actor) => actor.Kind == ActorKind.Staff && Guid.TryParse(actor.Id, out var id) ? id : null;
}

/// <summary>What a line of a request's activity is.</summary>
public static class RequestEntryKinds
{
    /// <summary>Written by the portal; stays when the person's data goes.</summary>
    public const string Step = "step";

    /// <summary>Written by staff for staff; goes with the person's data.</summary>
    public const string Comment = "comment";

    /// <summary>What the person wrote with their request or after it; goes with their data.</summary>
    public const string Message = "message";
}

public sealed record RequestNotFound() : Failure("There is no such privacy request. Nothing was changed.");

public sealed record StaffNeededForRequest() : Failure("Only a member of staff can ask for an approval or give one. Nothing was changed.");
