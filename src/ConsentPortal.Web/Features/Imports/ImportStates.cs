using ConsentPortal.Application.Imports;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>The state of an import as people read it.</summary>
internal static class ImportStates
{
    /// <param name="isRunningHere">Whether this process is at work on it: one whose process died is stopped, whatever its row says.</param>
    public static (Meaning Meaning, string Word, string? Detail) Of(ImportLine import, bool isRunningHere) => import.State switch
    {
        ImportState.Running when isRunningHere => (Meaning.Deferred, "Running", null),
        ImportState.Running or ImportState.Stopped => (Meaning.Withdrawn, "Stopped", "What was written is kept. Import the same file again to complete it."),
        ImportState.Finished => (Meaning.Granted, "Done", null),
        ImportState.WaitingForApproval => (Meaning.Pending, "Waits for approval", "A second person has to agree, because the list is large."),
        ImportState.Declined => (Meaning.Blocked, "Declined", "Nothing was written."),
        ImportState.Undone => (Meaning.Withdrawn, "Taken back", null),
    };
}
