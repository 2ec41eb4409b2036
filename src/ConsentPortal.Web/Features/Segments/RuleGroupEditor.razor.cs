using ConsentPortal.Application.Segments;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>A group of conditions with the groups in it.</summary>
public sealed partial class RuleGroupEditor
{
    [Parameter, EditorRequired]
    public required GroupDraft Group { get; set; }

    [Parameter, EditorRequired]
    public required SegmentChoices Choices { get; set; }

    /// <summary>1 for the outermost group.</summary>
    [Parameter]
    public int Depth { get; set; } = 1;

    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    private Task JoinAsync(GroupJoiner joiner)
    {
        Group.Joiner = joiner;
        return OnChange.InvokeAsync();
    }

    private Task AddRowAsync()
    {
        Group.Rows.Add(new ConditionDraft());
        return OnChange.InvokeAsync();
    }

    private Task AddGroupAsync()
    {
        Group.Groups.Add(new GroupDraft { Joiner = GroupJoiner.Any, Rows = { new ConditionDraft() } });
        return OnChange.InvokeAsync();
    }

    private Task RemoveAsync(ConditionDraft row)
    {
        Group.Rows.Remove(row);
        return OnChange.InvokeAsync();
    }

    private Task RemoveAsync(GroupDraft group)
    {
        Group.Groups.Remove(group);
        return OnChange.InvokeAsync();
    }
}
