using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.Staff;

/// <summary>What roles allow and forbid, in the sentences of the catalogue.</summary>
internal static class RoleWords
{
    public static string Sentence(string permission) => PermissionCatalogue.All.FirstOrDefault(p => p.Permission == permission)?.Sentence ?? permission;

    /// <summary>Why one person may not hold all of these roles; null when they may. The use case asks again.</summary>
    public static string? Conflict(IEnumerable<RoleRow> roles)
    {
        var permissions = roles.SelectMany(role => role.Permissions).ToHashSet();
        return RoleBundle.ConflictsIn(permissions) is [var (first, second), ..]
            ? $"These roles conflict: one person may not both \"{Sentence(first)}\" and \"{Sentence(second)}\"."
            : null;
    }
}
