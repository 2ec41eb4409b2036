using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Why a text may go, waits or may not: every gate in its order, with the rule behind it.</summary>
public sealed partial class DecisionTrace
{
    /// <summary>In the order in which they were asked.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<GateLine> Gates { get; set; }

    /// <summary>Granted for "allowed", deferred, blocked, or pending for "held for a person".</summary>
    [Parameter, EditorRequired]
    public required Meaning Meaning { get; set; }

    [Parameter, EditorRequired]
    public required string Verdict { get; set; }

    [Parameter]
    public DateTimeOffset? Until { get; set; }

    [Parameter]
    public DateTimeOffset? DecidedAt { get; set; }

    /// <summary>IANA zone of the recipient.</summary>
    [Parameter]
    public string? Zone { get; set; }

    /// <summary>The recipient's local time as the decision saw it.</summary>
    [Parameter]
    public string? LocalTime { get; set; }

    [Parameter]
    public string? PolicyVersion { get; set; }

    private static (string Icon, Meaning Meaning, string Word) Look(GateOutcome outcome) => outcome switch
    {
        GateOutcome.Passed => (Icons.Material.Filled.Check, Meaning.Granted, "passed"),
        GateOutcome.Failed => (Icons.Material.Filled.Close, Meaning.Blocked, "stopped here"),
        GateOutcome.Waits => (Icons.Material.Outlined.Schedule, Meaning.Deferred, "waits"),
        GateOutcome.NotAsked => (Icons.Material.Filled.Remove, Meaning.Neutral, "not asked"),
    };
}
