using System.CommandLine;

namespace ConsentPortal.Web.Commands;

/// <summary><c>privacy …</c>: requests of people about their data; each verb is a file of its own and is listed here.</summary>
internal static class PrivacyCommands
{
    public static Command Create() => new("privacy", "Requests of people about their data. What needs a second person is done on the pages.")
    {
        PrivacyListCommand.Create(),
        PrivacyOpenCommand.Create(),
        PrivacyReviewCommand.Create(),
        PrivacyPackageCommand.Create(),
    };
}
