using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>A purpose as a program names it: by its id, by its name, or by the name in small letters with hyphens.</summary>
internal static class NamedPurpose
{
    public const string Field = "purpose";

    /// <param name="mayBeRetired">Nobody joins a purpose that is retired, but everybody may leave it.</param>
    public static async Task<Result<Purpose>> FindAsync(PortalDbContext db, string? name, bool mayBeRetired, CancellationToken cancellationToken)
    {
        var purposes = await db.Purposes.OrderBy(p => p.CreatedAt).ThenBy(p => p.Name).ToListAsync(cancellationToken);
        var wanted = name?.Trim() ?? "";
        var purpose = Guid.TryParse(wanted, out var id)
            ? purposes.Find(p => p.Id.Value == id)
            : purposes.Find(p => p.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase)) ?? purposes.Find(p => JoinForm.Slug(p.Name).Equals(wanted, StringComparison.OrdinalIgnoreCase));
        return purpose switch
        {
            null => new FieldRefused(Field, "There is no such purpose. Nothing was recorded; give the id or the name of one on the page of purposes."),
            { RetiredAt: not null } when !mayBeRetired => new FieldRefused(Field, "This purpose is retired, and nobody can join it any more. Nothing was recorded."),
            _ => purpose,
        };
    }
}
