using ConsentPortal.Application.Database;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

public enum PolicyStatus
{
    /// <summary>In work; governs nothing.</summary>
    Draft = 1,

    /// <summary>A draft for which a second person was asked.</summary>
    Asked = 2,

    /// <summary>Activated, and its day has not come.</summary>
    Scheduled = 3,
    Active = 4,

    /// <summary>Governed until another one did.</summary>
    Past = 5,
    Abandoned = 6,
}

/// <param name="Author">Null for the version that the portal is built with.</param>
/// <param name="Writers">Everybody who wrote in it, its author first.</param>
/// <param name="ActiveUntil">When the next version began to govern.</param>
/// <param name="Hash">Of its text; null for the built-in version.</param>
/// <param name="Simulation">The newest one, whether of this text or an earlier one.</param>
public sealed record PolicyView(
    int Number, PolicyVersion Policy, PolicyStatus Status, string? Reason, string? Author, DateTimeOffset? CreatedAt, int? BaseVersion, IReadOnlyList<string> Writers,
    IReadOnlyList<Guid> WriterIds, string? AskedBy, Guid? AskedById, DateTimeOffset? AskedAt, string? ActivatedBy, DateTimeOffset? ActivatedAt, DateTimeOffset? ActiveFrom,
    DateTimeOffset? ActiveUntil, string? AbandonedBy, DateTimeOffset? AbandonedAt, string? Hash, PolicySimulation? Simulation)
{
    public bool IsDraft => Status is PolicyStatus.Draft or PolicyStatus.Asked;

    /// <summary>The newest run of a simulation of exactly this text, while it has come to no result.</summary>
    public SimulationRun? Run { get; init; }

    /// <summary>Who began it.</summary>
    public string? RunBy { get; init; }

    /// <summary>There is a simulation of exactly this text.</summary>
    public bool IsSimulated => Simulation is { } simulation && simulation.Hash == Hash;

    /// <summary>Whether somebody may not activate it, because it is their own work.</summary>
    public bool IsWorkOf(Guid staff) => WriterIds.Contains(staff) || AskedById == staff;
}

/// <summary>Every version of the policy, whoever wrote it and whether or not it ever governed.</summary>
public sealed class PolicyVersions(PortalDatabase database, TimeProvider clock)
{
    /// <returns>Newest first, the built-in version last.</returns>
    public async Task<IReadOnlyList<PolicyView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var rows = await db.Policies.AsNoTracking().OrderByDescending(p => p.Version).ToListAsync(cancellationToken);
        var names = await ActorNames.OfAsync(
            db, rows.SelectMany(r => r.Writers.Cast<Guid?>().Append(r.AuthorId).Append(r.AskedById).Append(r.ApprovedById).Append(r.AbandonedById).Append(r.Run?.ById)).OfType<Guid>().Distinct()
                .Select(id => (ActorKind.Staff, id.ToString())), cancellationToken);
        var now = clock.GetUtcNow();
        DateTimeOffset[] begins = [.. rows.Select(r => r.ActiveFrom).OfType<DateTimeOffset>().Order()];
        var isAtWork = await db.Leases.AsNoTracking().AnyAsync(l => l.Name == SimulatePolicy.Lease && l.Until >= now, cancellationToken);
        var views = rows.ConvertAll(row => Of(row, names, begins, now) with { Run = RunOf(row, isAtWork), RunBy = row.Run is { } run ? names.Of(ActorKind.Staff, run.ById.ToString()) : null });
        return rows.Any(r => r.Version == PolicyVersion.Default.Number) ? views : [.. views, BuiltIn(begins, now)];
    }

    public async Task<Result<PolicyView>> GetAsync(Actor actor, int version, CancellationToken cancellationToken) =>
        (await ListAsync(actor, cancellationToken)).FirstOrDefault(v => v.Number == version) is { } view ? view : new PolicyNotFound();

    internal static async Task<PolicyVersion> OfAsync(PortalDbContext db, int version, CancellationToken cancellationToken) =>
        (await db.Policies.AsNoTracking().SingleOrDefaultAsync(p => p.Version == version, cancellationToken))?.Policy ?? PolicyVersion.Default;

    private static SimulationRun? RunOf(PolicyRow row, bool isAtWork) => row.Run switch
    {
        { } run when run.Hash != row.Hash => null,
        { State: SimulationRunState.Running } run when !isAtWork => run with { State = SimulationRunState.Interrupted },
        var run => run,
    };

    private static PolicyView Of(PolicyRow row, ActorNames names, DateTimeOffset[] begins, DateTimeOffset now)
    {
        var until = row.ActiveFrom is { } from ? Next(begins, from) : null;
        return new PolicyView(
            row.Version, row.Policy, StatusOf(row, until, now), row.Reason, Name(row.AuthorId), row.CreatedAt, row.BaseVersion, [.. row.Writers.Select(id => Name(id)!)], row.Writers,
            Name(row.AskedById), row.AskedById, row.AskedAt, Name(row.ApprovedById), row.ApprovedAt, row.ActiveFrom, until, Name(row.AbandonedById), row.AbandonedAt, row.Hash,
            row.Simulation);

        string? Name(Guid? id) => id is { } staff ? names.Of(ActorKind.Staff, staff.ToString()) : null;
    }

    private static PolicyStatus StatusOf(PolicyRow row, DateTimeOffset? until, DateTimeOffset now) => row switch
    {
        { AbandonedAt: not null } => PolicyStatus.Abandoned,
        { ActiveFrom: null, AskedAt: not null } => PolicyStatus.Asked,
        { ActiveFrom: null } => PolicyStatus.Draft,
        { ActiveFrom: { } from } when from > now => PolicyStatus.Scheduled,
        _ => until <= now ? PolicyStatus.Past : PolicyStatus.Active,
    };

    private static PolicyView BuiltIn(DateTimeOffset[] begins, DateTimeOffset now)
    {
        DateTimeOffset? until = begins.Length > 0 ? begins[0] : null;
        return new PolicyView(
            PolicyVersion.Default.Number, PolicyVersion.Default, until <= now ? PolicyStatus.Past : PolicyStatus.Active, null, null, null, null, [], [], null, null, null, null, null,
            null, until, null, null, null, null);
    }

    private static DateTimeOffset? Next(DateTimeOffset[] begins, DateTimeOffset from) => begins.Where(b => b > from).Select(b => (DateTimeOffset?)b).Min();
}
