using ConsentPortal.Application.Database;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>A request as its entries in the audit trail have it: which it is and where it stands, and of the rest what the act has changed. No words of anybody.</summary>
internal static class RequestFacts
{
    /// <returns>No values before for a request that this act enters.</returns>
    public static (Dictionary<string, object?>? Before, Dictionary<string, object?> After) Of(PortalDbContext db, PrivacyRequest request)
    {
        var after = About(request);
        foreach (var (name, value) in Standing(request).Concat(Others(request)))
            after[name] = value;
        if (db.AsRead(request) is not { } read)
        {
            foreach (var (name, _) in Others(request).Where(fact => fact.Value is null))
                after.Remove(name);
            return (null, after);
        }

        var was = (PrivacyRequest)read.ToObject();
        var before = About(request);
        foreach (var (name, value) in Standing(was))
            before[name] = value;
        foreach (var (name, value) in Others(was))
        {
            if (Equals(value, after[name]))
                after.Remove(name);
            else
                before[name] = value;
        }

        return (before, after);
    }

    private static Dictionary<string, object?> About(PrivacyRequest request) => new() { ["number"] = request.Number, ["kind"] = request.Kind };

    private static IEnumerable<(string Name, object? Value)> Standing(PrivacyRequest request) => [("status", request.Status), ("dueOn", request.DueOn)];

    private static IEnumerable<(string Name, object? Value)> Others(PrivacyRequest request) =>
    [
        ("dueInternallyOn", request.DueInternallyOn), ("pausedOn", request.PausedOn), ("assignee", request.AssigneeId), ("numberProvenAt", request.NumberProvenAt),
        ("verifiedBy", request.VerifiedBy), ("approvalAskedBy", request.RequestedApprovalById), ("approvedBy", request.ApprovedById),
    ];
}
