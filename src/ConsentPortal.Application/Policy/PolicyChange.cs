using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>What every act on a version has in common: one transaction, and an answer when two people were at it.</summary>
internal static class PolicyChange
{
    /// <param name="change">Returns its refusal before it has changed anything.</param>
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, int version, Func<PortalDbContext, PolicyRow, Task<Result<Done>>> change, CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync<Result<Done>>(
                async db => await db.Policies.FindAsync([version], cancellationToken) is { } row ? await change(db, row) : new PolicyNotFound(),
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new DraftChangedMeanwhile();
        }
    }

    public static Task<Result<Done>> ApplyAsync(
        PortalDatabase database, int version, Func<PortalDbContext, PolicyRow, Result<Done>> change, CancellationToken cancellationToken) =>
        ApplyAsync(database, version, (db, row) => Task.FromResult(change(db, row)), cancellationToken);

    public static void AuditPolicy(this PortalDbContext db, Actor actor, DateTimeOffset now, PolicyRow row, string action, string? reason = null,
        IReadOnlyDictionary<string, object?>? before = null, IReadOnlyDictionary<string, object?>? after = null) =>
        db.Audit(actor, now, new AuditFact(action, "policy", row.Version.ToString(CultureInfo.InvariantCulture), Reason: reason, Before: before, After: after, PolicyVersion: row.Version));

    /// <returns>Null for anybody who is no member of staff: only people write and activate policies.</returns>
    public static Guid? StaffId(Actor actor) => actor.Kind == ActorKind.Staff && Guid.TryParse(actor.Id, out var id) ? id : null;

    /// <summary>The settings as the audit trail keeps them.</summary>
    public static Dictionary<string, object?> Facts(PolicyVersion policy) => new()
    {
        ["preset"] = policy.Preset,
        ["dispatchGuardMinutes"] = (int)policy.DispatchGuard.TotalMinutes,
        ["optOutScope"] = policy.OptOutScope,
        ["asksWhatToKeep"] = policy.AsksWhatToKeep,
        ["keepAnswerHours"] = (int)policy.KeepAnswerLifetime.TotalHours,
        ["doubleOptInHours"] = (int)policy.DoubleOptInLifetime.TotalHours,
        ["helpIntervalMinutes"] = (int)policy.HelpInterval.TotalMinutes,
        ["establishment"] = policy.Establishment,
        ["caps"] = string.Join(", ", policy.Caps.Select(cap => string.Create(CultureInfo.InvariantCulture, $"{cap.Count} in {cap.Period.TotalHours:0.##} h"))),
        ["capsIgnoreSubject"] = policy.CapsIgnoreSubject,
        ["maxParts"] = policy.MaxParts,
        ["fcc2667EffectiveOn"] = Day(policy.Fcc2667EffectiveOn),
        ["revokeAllEffectiveOn"] = Day(policy.RevokeAllEffectiveOn),
        ["reassignedRecheckDays"] = policy.ReassignedRecheckDays,
        ["countries"] = string.Join(", ", policy.Countries.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => Of(c.Key, c.Value))),
    };

    /// <summary>Only what differs, before and after.</summary>
    public static (Dictionary<string, object?> Before, Dictionary<string, object?> After) Differences(PolicyVersion old, PolicyVersion @new)
    {
        var (before, after) = (Facts(old), Facts(@new));
        var same = before.Keys.Where(name => Equals(before[name], after[name])).ToHashSet();
        return (Without(before), Without(after));

        Dictionary<string, object?> Without(Dictionary<string, object?> facts) => facts.Where(f => !same.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value);
    }

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Of(string country, CountryOverride chosen) => string.Create(
        CultureInfo.InvariantCulture,
        $"{country}: {(chosen.IsAllowed ? "allowed" : "closed")} {chosen.From:HH:mm}–{chosen.To:HH:mm}{(chosen.NoSundays ? " no Sundays" : "")}{(chosen.ReplacesPreset ? " replaces preset" : "")}");
}
