using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Components.Shared;

/// <summary>A field for a day. <see cref="InstantInput"/> is its twin with a time.</summary>
public sealed partial class DayInput
{
    private const string Form = "yyyy-MM-dd";

    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Null is the empty field.</summary>
    [Parameter, EditorRequired]
    public required DateOnly? Value { get; set; }

    [Parameter]
    public EventCallback<DateOnly?> ValueChanged { get; set; }

    /// <summary>The latest that browsers offer; it is not checked here.</summary>
    [Parameter]
    public DateOnly? Max { get; set; }

    /// <summary>Whether the label stands before the field and not above it.</summary>
    [Parameter]
    public bool IsBeside { get; set; }

    /// <returns>Whether so much of the year is typed that it can be meant: browsers report each digit, and 2026 comes as 0002, 0020, 0202 before.</returns>
    public static bool IsWhole(int year) => year >= 1000;

    private static string? Write(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture);

    private async Task ChangeAsync(ChangeEventArgs change)
    {
        if (!DateOnly.TryParseExact(change.Value?.ToString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            await ValueChanged.InvokeAsync(null);
        else if (IsWhole(day.Year))
            await ValueChanged.InvokeAsync(day);
    }
}
