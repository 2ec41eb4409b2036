using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>Begins a change of the rules: a copy of the policy in force that governs nothing. There is one at a time.</summary>
public sealed class StartPolicyDraft(PortalDatabase database, TimeProvider clock)
{
    private const int LongestReason = 400;

    /// <param name="reason">Why the rules are to change; it stays with the version.</param>
    /// <returns>The number of the draft.</returns>
    public async Task<Result<int>> ExecuteAsync(Actor actor, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditPolicy);
        if (PolicyChange.StaffId(actor) is not { } author)
            return new StaffWritesPolicy();
        if (!ReasonNeeded.IsMetBy(reason) || reason.Trim().Length > LongestReason)
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        try
        {
            return await database.WriteAsync(db => StartAsync(db, actor, author, reason.Trim(), now, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException problem) when (IsTaken(problem))
        {
            return new DraftChangedMeanwhile();
        }
    }

    // Two people who begin at once choose the same number; one of them gets it.
    private bool IsTaken(DbUpdateException problem)
    {
        using var db = database.Open();
        return db.IsUniqueViolation(problem);
    }

    private static async Task<Result<int>> StartAsync(PortalDbContext db, Actor actor, Guid author, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var open = await db.Policies.Where(p => p.AbandonedAt == null && (p.ActiveFrom == null || p.ActiveFrom > now)).Select(p => (int?)p.Version).FirstOrDefaultAsync(cancellationToken);
        if (open is { } other)
            return new DraftIsOpen(other);
        var active = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var number = Math.Max(active.Number, await db.Policies.MaxAsync(p => (int?)p.Version, cancellationToken) ?? 0) + 1;
        var policy = active with { Number = number };
        var row = new PolicyRow
        {
            Version = number, Json = JsonSerializer.Serialize(policy, ActivePolicy.Json), Reason = reason, AuthorId = author, CreatedAt = now, BaseVersion = active.Number,
        };
        row.Write(author, policy, now);
        db.Policies.Add(row);
        db.AuditPolicy(actor, now, row, "policy.drafted", reason, after: PolicyChange.Facts(policy));
        return number;
    }
}
