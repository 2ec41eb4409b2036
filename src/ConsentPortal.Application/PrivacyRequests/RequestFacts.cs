using System.Linq.Expressions;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>A request as its entries in the audit trail have it: which it is and where it stands, and of the rest what the act has changed. No words of anybody.</summary>
internal static class RequestFacts
{
    /// <returns>No values before for a request that this act enters.</returns>
    public static (Dictionary<string, object?>? Before, Dictionary<string, object?> After) Of(EntityEntry<PrivacyRequest> request)
    {
        var facts = new List<Fact>
        {
            Fact.Of(request, "status", r => r.Status), Fact.Of(request, "dueOn", r => r.DueOn),
        };
        facts.AddRange(Others(request).Where(fact => !Equals(fact.Before, fact.After)));
        var after = About(request.Entity);
        foreach (var fact in facts)
            after[fact.Name] = fact.After;
        if (request.State is EntityState.Added)
            return (null, after);
        var before = About(request.Entity);
        foreach (var fact in facts)
            before[fact.Name] = fact.Before;
        return (before, after);
    }

    private static Dictionary<string, object?> About(PrivacyRequest request) => new() { ["number"] = request.Number, ["kind"] = request.Kind };

    private static IEnumerable<Fact> Others(EntityEntry<PrivacyRequest> request) =>
    [
        Fact.Of(request, "dueInternallyOn", r => r.DueInternallyOn), Fact.Of(request, "pausedOn", r => r.PausedOn), Fact.Of(request, "assignee", r => r.AssigneeId),
        Fact.Of(request, "numberProvenAt", r => r.NumberProvenAt), Fact.Of(request, "verifiedBy", r => r.VerifiedBy), Fact.Of(request, "approvalAskedBy", r => r.RequestedApprovalById),
        Fact.Of(request, "approvedBy", r => r.ApprovedById),
    ];

    private sealed record Fact(string Name, object? Before, object? After)
    {
        public static Fact Of<T>(EntityEntry<PrivacyRequest> request, string name, Expression<Func<PrivacyRequest, T>> property)
        {
            var entry = request.Property(property);
            return new Fact(name, entry.OriginalValue, entry.CurrentValue);
        }
    }
}
