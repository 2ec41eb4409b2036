using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Asks why somebody needs a full number. Its result is the reason as a string.</summary>
public sealed partial class RevealDialog
{
    private const string Other = "Another reason";
    private static readonly string[] Reasons = ["Answering this person", "Checking who is asking", "Looking into a complaint", "Correcting the record", Other];

    private string? _choice;
    private string _details = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    private string? Reason => (_choice, _details.Trim()) switch
    {
        (null, _) or (Other, { Length: < 5 }) => null,
        (Other, var details) => details,
        (var choice, "") => choice,
        var (choice, details) => $"{choice}: {details}",
    };

    private void Confirm() => Dialog.Close(DialogResult.Ok(Reason));
}
