using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Segments;

namespace ConsentPortal.Web.Features.Segments;

public enum GroupJoiner
{
    All = 1,
    Any = 2,
    None = 3,
}

/// <summary>A group of the editor: rows first, then groups within it, as they stand on the screen.</summary>
public sealed class GroupDraft
{
    public GroupJoiner Joiner { get; set; } = GroupJoiner.All;

    public List<ConditionDraft> Rows { get; } = [];

    public List<GroupDraft> Groups { get; } = [];

    public SegmentRule ToRule(SegmentChoices choices)
    {
        IReadOnlyList<SegmentRule> parts = [.. Rows.Select(r => r.ToRule(choices)), .. Groups.Select(g => g.ToRule(choices))];
        return Joiner switch
        {
            GroupJoiner.All => new AllOf(parts),
            GroupJoiner.Any => new AnyOf(parts),
            GroupJoiner.None => new NoneOf(parts),
        };
    }

    public static GroupDraft Of(SegmentRule rule)
    {
        if (rule is not RuleGroup group)
            return new GroupDraft { Rows = { ConditionDraft.Of(rule) } };
        var draft = new GroupDraft { Joiner = group switch { AnyOf => GroupJoiner.Any, NoneOf => GroupJoiner.None, _ => GroupJoiner.All } };
        draft.Rows.AddRange(group.Rules.Where(r => r is not RuleGroup).Select(ConditionDraft.Of));
        draft.Groups.AddRange(group.Rules.OfType<RuleGroup>().Select(Of));
        return draft;
    }
}
