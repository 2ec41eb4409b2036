using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>The names under which screens show those who acted; the ledgers keep only their ids.</summary>
internal sealed class ActorNames
{
    private readonly Dictionary<Guid, string> _staff;
    private readonly Dictionary<Guid, string> _programs;

    private ActorNames(Dictionary<Guid, string> staff, Dictionary<Guid, string> programs) => (_staff, _programs) = (staff, programs);

    /// <param name="actors">At most some hundreds: the ids of staff become parameters of the query.</param>
    public static async Task<ActorNames> OfAsync(PortalDbContext db, IEnumerable<(ActorKind Kind, string Id)> actors, CancellationToken cancellationToken)
    {
        var known = actors.ToList();
        var (staff, programs) = (Ids(ActorKind.Staff), Ids(ActorKind.ApiKey));
        return new ActorNames(
            await db.Users.AsNoTracking().Where(s => staff.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellationToken),
            programs.Count == 0 ? [] : await db.ApiKeys.AsNoTracking().Where(k => programs.Contains(k.Id)).ToDictionaryAsync(k => k.Id, k => k.Name, cancellationToken));

        List<Guid> Ids(ActorKind kind) => [.. known.Where(a => a.Kind == kind).Select(a => Guid.TryParse(a.Id, out var id) ? id : Guid.Empty).Distinct()];
    }

    public string Of(ActorKind kind, string id) => kind switch
    {
        ActorKind.Staff when id == Actor.StrangerId => "A stranger",
        ActorKind.Staff => Guid.TryParse(id, out var staff) && _staff.TryGetValue(staff, out var name) ? name : "A member of staff",
        ActorKind.ApiKey => Guid.TryParse(id, out var key) && _programs.TryGetValue(key, out var program) ? $"API key: {program}" : "API key",
        ActorKind.Job => $"Job: {id}",
        ActorKind.Provider => "The SMS provider",
        ActorKind.Subscriber => "The person themselves",
        ActorKind.CommandLine => "Command line",
    };
}
