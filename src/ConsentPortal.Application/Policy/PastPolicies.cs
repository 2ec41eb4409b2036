using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Policy;

/// <summary>The versions of the policy under which texts were decided; they are few and kept.</summary>
internal sealed class PastPolicies
{
    private readonly IReadOnlyDictionary<int, PolicyVersion> _versions;

    private PastPolicies(IReadOnlyDictionary<int, PolicyVersion> versions) => _versions = versions;

    public static async Task<PastPolicies> OpenAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        new((await db.Policies.AsNoTracking().Where(p => p.ActiveFrom != null).ToListAsync(cancellationToken)).ToDictionary(p => p.Version, p => p.Policy));

    /// <returns>The built-in policy where nobody has activated the version.</returns>
    public PolicyVersion Of(int version) => _versions.GetValueOrDefault(version, PolicyVersion.Default);
}
