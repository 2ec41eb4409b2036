using System.CommandLine;

namespace ConsentPortal.Web.Commands;

/// <summary><c>audit …</c>: what an auditor needs; each verb is a file of its own and is listed here.</summary>
internal static class AuditCommands
{
    public static Command Create() => new("audit", "Export the audit log and check it without trusting the portal.")
    {
        AuditExportCommand.Create(),
        AuditVerifyCommand.Create(),
    };
}
