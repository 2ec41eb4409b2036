using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>When something happened: in the last days, on days of the calendar, or ever.</summary>
public sealed partial class TimeFields
{
    [Parameter, EditorRequired]
    public required ConditionDraft Draft { get; set; }

    /// <summary>By whose clock days of the calendar begin; IANA.</summary>
    [Parameter, EditorRequired]
    public required string Zone { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private static string Words(TimeForm form) => form switch
    {
        TimeForm.LastDays => "in the last days",
        TimeForm.Calendar => "on days of the calendar",
        TimeForm.Ever => "at any time",
    };

    private Task SetAsync(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
