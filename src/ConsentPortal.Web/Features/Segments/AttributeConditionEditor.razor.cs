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

    /// <summary>What can be asked of an attribute of its type, and whether anything or nothing is known of it.</summary>
    private IReadOnlyList<Comparison> Comparisons =>
    [
        .. Type switch
        {
            AttributeType.Text => Each(t => Words(t), Draft.TextTest, t => Draft.TextTest = t).Where(c => c.Words != Words(TextTest.IsKnown)),
            AttributeType.Number => Each(t => Words(t), Draft.AmountTest, t => Draft.AmountTest = t),
            AttributeType.Date => Each(t => Words(t), Draft.DayComparison, t => Draft.DayComparison = t),
            AttributeType.List => Each(t => Words(t), Draft.ListTest, t => Draft.ListTest = t),
            AttributeType.Flag => [Of("is set", Draft.Flag, () => Draft.Flag = true), Of("is not set", !Draft.Flag, () => Draft.Flag = false)],
            null => Enumerable.Empty<Comparison>(),
        },
        new Comparison("is known", Draft.IsKnown == true, () => Draft.IsKnown = true),
        new Comparison("is not known", Draft.IsKnown == false, () => Draft.IsKnown = false),
    ];

    private IEnumerable<Comparison> Each<TTest>(Func<TTest, string> words, TTest chosen, Action<TTest> choose) where TTest : struct, Enum =>
        Enum.GetValues<TTest>().Select(test => Of(words(test), test.Equals(chosen), () => choose(test)));

    private Comparison Of(string words, bool isChosen, Action choose) => new(words, isChosen && Draft.IsKnown is null, () =>
    {
        Draft.IsKnown = null;
        choose();
    });

    private Task ChooseAsync(string? words) => SetAsync(Comparisons.First(c => c.Words == words).Choose);

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

    private sealed record Comparison(string Words, bool IsChosen, Action Choose);
}
