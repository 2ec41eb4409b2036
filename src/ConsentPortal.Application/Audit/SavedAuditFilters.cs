using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <param name="Query">What stands after the question mark of the page's address: ids and days, never a number or a name.</param>
public sealed record SavedAuditFilter(string Name, string Query);

/// <summary>The filters that a member of staff keeps for themselves.</summary>
public sealed class SavedAuditFilters(PortalDatabase database, TimeProvider clock)
{
    private const int MostKept = 20;
    private const int LongestName = 60;

    public async Task<IReadOnlyList<SavedAuditFilter>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        await using var db = database.Open();
        var name = SettingOf(actor);
        return Read(await db.PortalSettings.AsNoTracking().Where(s => s.Name == name).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken));
    }

    /// <summary>Keeps a filter; one of the same name is replaced.</summary>
    public async Task<Result<SavedAuditFilter[]>> SaveAsync(Actor actor, SavedAuditFilter filter, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        var name = filter.Name.Trim();
        if (name.Length is 0 or > LongestName)
            return new FilterNeedsName();
        return await ChangeAsync(
            actor, "audit.filterSaved", name,
            kept => With(kept, filter with { Name = name }),
            cancellationToken);
    }

    public async Task<Result<SavedAuditFilter[]>> RemoveAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        return await ChangeAsync(actor, "audit.filterRemoved", name, kept => kept.Where(f => f.Name != name).ToArray(), cancellationToken);
    }

    private static Result<SavedAuditFilter[]> With(List<SavedAuditFilter> kept, SavedAuditFilter filter)
    {
        SavedAuditFilter[] all = [.. kept.Where(f => f.Name != filter.Name).Append(filter).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase)];
        if (all.Length > MostKept)
            return new TooManySavedFilters();
        return all;
    }

    private Task<Result<SavedAuditFilter[]>> ChangeAsync(
        Actor actor, string action, string name, Func<List<SavedAuditFilter>, Result<SavedAuditFilter[]>> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var setting = await db.PortalSettings.FindAsync([SettingOf(actor)], cancellationToken);
                var changed = change(Read(setting?.Json));
                if (!changed.TryGet(out var filters, out _))
                    return changed;
                if (setting is null)
                    db.PortalSettings.Add(setting = new PortalSetting { Name = SettingOf(actor), Json = "" });
                setting.Json = JsonSerializer.Serialize(filters);
                db.Audit(actor, clock.GetUtcNow(), new AuditFact(action, "audit", "filters", After: new Dictionary<string, object?> { ["name"] = name }));
                return changed;
            },
            cancellationToken);

    private static string SettingOf(Actor actor) => $"audit-filters:{actor.Id}";

    private static List<SavedAuditFilter> Read(string? json) => json is null ? [] : JsonSerializer.Deserialize<List<SavedAuditFilter>>(json) ?? [];
}

public sealed record FilterNeedsName()
    : Failure("Give the filter a name of at most 60 characters. Nothing was kept.");

public sealed record TooManySavedFilters()
    : Failure("You keep 20 filters already. Remove one that you no longer need; nothing was changed.");
