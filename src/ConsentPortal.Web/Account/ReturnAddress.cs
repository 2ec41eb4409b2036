namespace ConsentPortal.Web.Account;

/// <summary>Where to go after signing in: only to a page of the portal itself, whatever the address asks for.</summary>
internal static class ReturnAddress
{
    public static string Local(string? wanted) =>
        wanted is ['/', not ('/' or '\\'), ..] && !wanted.Contains('\\', StringComparison.Ordinal) && !wanted.Any(char.IsControl) ? wanted : Paths.Dashboard;
}
