using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>Which way a figure should move.</summary>
public enum Wish
{
    None = 0,
    Up = 1,
    Down = 2,
}

/// <summary>One figure with how it moved against the period before; leads to what it counts.</summary>
public sealed partial class StatTile
{
    private (Meaning Meaning, string Icon, string Text)? _change;

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    public long Value { get; set; }

    /// <summary>Replaces the plain count: a rate, an amount of money.</summary>
    [Parameter]
    public string? ValueText { get; set; }

    /// <summary>The same figure in the period before; no comparison when null.</summary>
    [Parameter]
    public long? Before { get; set; }

    [Parameter]
    public string Comparison { get; set; } = "Compared with the 30 days before";

    /// <summary>Colours the change: green when it goes the way it should.</summary>
    [Parameter]
    public Wish Wish { get; set; }

    [Parameter]
    public string? Detail { get; set; }

    [Parameter]
    public string? Href { get; set; }

    [Parameter]
    public Meaning Meaning { get; set; }

    /// <summary>One value a day, oldest first.</summary>
    [Parameter]
    public IReadOnlyList<long> Series { get; set; } = [];

    private string Text => ValueText ?? Figures.Count(Value);

    protected override void OnParametersSet() => _change = Before is { } before ? Compare(Value, before, Wish) : null;

    private static (Meaning, string, string) Compare(long now, long before, Wish wish)
    {
        var icon = now > before ? Icons.Material.Filled.ArrowUpward : now < before ? Icons.Material.Filled.ArrowDownward : Icons.Material.Filled.DragHandle;
        var text = before == 0 ? (now == 0 ? "no change" : "new") : now == before ? "no change" : $"{Math.Abs(100.0 * (now - before) / before):0} %";
        var meaning = (wish, now.CompareTo(before)) switch
        {
            (Wish.None, _) or (_, 0) => Meaning.Neutral,
            (Wish.Up, > 0) or (Wish.Down, < 0) => Meaning.Granted,
            _ => Meaning.Blocked,
        };
        return (meaning, icon, text);
    }
}
