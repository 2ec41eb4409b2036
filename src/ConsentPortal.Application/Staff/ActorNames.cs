using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>The names under which screens show those who acted; the ledgers keep only their ids.</summary>
internal sealed class ActorNames
{
    private readonly Dictionary<Guid, string> _staff;

    private ActorNames(Dictionary<Guid, string> staff) => _staff = staff;

    /// <param name="actors">At most some hundreds: the ids of staff become parameters of the query.</param>
    public static async Task<ActorNames> OfAsync(PortalDbContext db, IEnumerable<(ActorKind Kind, string Id)> actors, CancellationToken cancellationToken)
    {
        var ids = actors.Where(a => a.Kind == ActorKind.Staff).Select(a => Guid.TryParse(a.Id, out var id) ? id : Guid.Empty).Distinct().ToList();
        return new ActorNames(await db.Users.AsNoTracking().Where(s => ids.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellationToken));
    }

    public string Of(ActorKind kind, string id) => kind switch
    {
        ActorKind.Staff => Guid.TryParse(id, out var staff) && _staff.TryGetValue(staff, out var name) ? name : "A member of staff",
        ActorKind.ApiKey => "API key",
        ActorKind.Job => $"Job: {id}",
        ActorKind.Provider => "The SMS provider",
        ActorKind.Subscriber => "The person themselves",
        ActorKind.CommandLine => "Command line",
    };
}
