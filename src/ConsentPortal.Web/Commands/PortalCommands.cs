using System.CommandLine;

namespace ConsentPortal.Web.Commands;

/// <summary>
/// The command line: no verb runs the portal itself; a verb runs the use case or rule of the same name. Verbs that need
/// no database build no host, so they start at once.
/// </summary>
internal static class PortalCommands
{
    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("ConsentPortal: every text allowed by a recorded decision, every text not sent explained.");
        return root.Parse(args).InvokeAsync();
    }
}
