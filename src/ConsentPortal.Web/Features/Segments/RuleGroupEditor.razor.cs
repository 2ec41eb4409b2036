using System.Globalization;
using ConsentPortal.Application.Segments;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>A group of conditions with the groups in it.</summary>
public sealed partial class RuleGroupEditor
{
    private MudButton? _adder;
    private ConditionDraft? _added;
    private GroupDraft? _addedGroup;

    [Parameter, EditorRequired]
    public required GroupDraft Group { get; set; }

    [Parameter, EditorRequired]
    public required SegmentChoices Choices { get; set; }

    /// <summary>How many people each part leaves.</summary>
    [Parameter]
    public RuleCounts Counts { get; set; } = RuleCounts.None;

    /// <summary>Where the group stands in the rule, as in <see cref="Domain.Segments.RuleProblem"/>.</summary>
    [Parameter]
    public string Path { get; set; } = "rule";

    /// <summary>How many people the group leaves, in words; null for the outermost one, and until it is counted.</summary>
    [Parameter]
    public string? People { get; set; }

    /// <summary>Whether the group is only one way into a group around it, or out of it: whoever fits it is not yet who is left.</summary>
    [Parameter]
    public bool IsAside { get; set; }

    /// <summary>1 for the outermost group.</summary>
    [Parameter]
    public int Depth { get; set; } = 1;

    [Parameter]
    public EventCallback OnChange { get; set; }

    [Parameter]
    public EventCallback OnRemove { get; set; }

    /// <summary>Whether somebody has just added the group: its first condition is where they go on.</summary>
    [Parameter]
    public bool TakesFocus { get; set; }

    protected override void OnInitialized()
    {
        if (TakesFocus)
            _added = Group.Rows.FirstOrDefault();
    }

    private string PathOf(int part) => string.Create(CultureInfo.InvariantCulture, $"{Path}.{part + 1}");

    /// <summary>Of a part of an "any" group people meet it; the others leave some of those before, or of those who may fit the group in the end.</summary>
    private string? Left(int part) => Counts.At(PathOf(part)) is { } people
        ? $"{Figures.Count(people)} {(Group.Joiner == GroupJoiner.Any ? "meet it" : IsAside ? "fit so far" : "left")}"
        : null;

    private Task JoinAsync(GroupJoiner joiner)
    {
        Group.Joiner = joiner;
        return OnChange.InvokeAsync();
    }

    private Task AddRowAsync()
    {
        Group.Rows.Add(_added = new ConditionDraft());
        return OnChange.InvokeAsync();
    }

    private Task AddGroupAsync()
    {
        Group.Groups.Add(_addedGroup = new GroupDraft { Joiner = GroupJoiner.Any, Rows = { new ConditionDraft() } });
        return OnChange.InvokeAsync();
    }

    private Task RemoveAsync(ConditionDraft row)
    {
        Group.Rows.Remove(row);
        return GoOnAsync();
    }

    private Task RemoveAsync(GroupDraft group)
    {
        Group.Groups.Remove(group);
        return GoOnAsync();
    }

    /// <summary>The button that was pressed is gone: without another place the keyboard would begin at the top of the page.</summary>
    private async Task GoOnAsync()
    {
        if (_adder is not null)
            await _adder.FocusAsync();
        await OnChange.InvokeAsync();
    }
}
