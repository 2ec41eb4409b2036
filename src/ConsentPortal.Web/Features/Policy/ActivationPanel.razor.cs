using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>From a draft to the policy in force: ask, activate, and the ways back.</summary>
public sealed partial class ActivationPanel
{
    private bool _isLater;
    private DateTimeOffset? _from;
    private string _reason = "";

    [Parameter, EditorRequired]
    public required PolicyView View { get; set; }

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>There are changes that were not saved.</summary>
    [Parameter]
    public bool IsEdited { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnAsk { get; set; }

    /// <summary>With the instant from which it governs; null for now.</summary>
    [Parameter]
    public EventCallback<DateTimeOffset?> OnActivate { get; set; }

    [Parameter]
    public EventCallback<string> OnTakeBack { get; set; }

    [Parameter]
    public EventCallback<string> OnAbandon { get; set; }

    private bool MayEdit => Actor.May(Permissions.EditPolicy);

    private string? WhyNotRole => MayEdit ? null : "Your role reads the policy and does not change it.";

    private string? WhyNotAsk => WhyNotRole ?? (IsEdited ? "Save the draft first." : View.IsSimulated ? null : "Simulate this draft first: the second person decides on what it would have done.");

    private string? WhyNotActivate =>
        WhyNotRole ?? (IsEdited ? "There are changes that are not saved."
        : Guid.TryParse(Actor.Id, out var me) && View.IsWorkOf(me) ? "You wrote in it or asked for it; somebody else has to activate it."
        : _isLater && _from is null ? "Choose from when." : null);

    private string? WhyNotEnd => ReasonNeeded.IsMetBy(_reason) ? null : "Say why; it is kept in the audit trail.";

    private async Task EndAsync()
    {
        await (View.IsDraft ? OnAbandon : OnTakeBack).InvokeAsync(_reason);
        _reason = "";
    }
}
