using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Why nothing leaves at present and, where receipts said so, the way to let it go on.</summary>
public sealed partial class SendingStopNote(SendAgain sendAgain)
{
    private string _reason = "";
    private Failure? _problem;

    [Parameter, EditorRequired]
    public SendingStop? Stop { get; set; }

    /// <summary>Called when texts leave again.</summary>
    [Parameter]
    public EventCallback OnChange { get; set; }

    private string? WhyNot => ReasonNeeded.IsMetBy(_reason) ? null : "Say what was put right.";

    private Task SendAsync() => RunAsync(async () =>
    {
        if (!(await sendAgain.ExecuteAsync(Actor, _reason, Closing)).TryGet(out _, out _problem))
            return;
        _reason = "";
        Say("Texts leave again.", MudBlazor.Severity.Success);
        await OnChange.InvokeAsync();
    });
}
