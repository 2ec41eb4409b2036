using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>The fields of a condition about a custom attribute, by the attribute's type.</summary>
public sealed partial class AttributeConditionEditor
{
    [Parameter, EditorRequired]
    public required ConditionDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<AttributeChoice> Attributes { get; set; }

    [Parameter]
    public EventCallback OnChange { get; set; }

    private AttributeType? Type => Attributes.FirstOrDefault(a => a.Id == Draft.AttributeId)?.Type;

    private string Name(int? id) => Attributes.FirstOrDefault(a => a.Id == id)?.Name ?? "";

    private static string Words(TextTest test) => test switch
    {
        TextTest.Is => "is",
        TextTest.IsNot => "is not",
        TextTest.IsKnown => "is known",
    };

    private static string Words(AmountTest test) => test switch
    {
        AmountTest.Is => "is",
        AmountTest.AtLeast => "is at least",
        AmountTest.AtMost => "is at most",
    };

    private static string Words(DayComparison test) => test switch
    {
        DayComparison.On => "is on",
        DayComparison.OnOrAfter => "is on or after",
        DayComparison.Before => "is before",
        DayComparison.WithinNext => "is within the next days",
        DayComparison.WithinLast => "is within the last days",
        DayComparison.LongerAgo => "is more days ago than",
        DayComparison.FurtherAhead => "is more days ahead than",
    };

    private static string Words(ListTest test) => test switch
    {
        ListTest.NamesAny => "has any of",
        ListTest.NamesNone => "has none of",
    };

    private Task SetAsync(Action change)
    {
        change();
        return OnChange.InvokeAsync();
    }
}
