using System.Globalization;
using ConsentPortal.Domain.Campaigns;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Whether a campaign repeats, when, and until when.</summary>
public sealed partial class RepeatFields
{
    [Parameter, EditorRequired]
    public required RepeatForm Form { get; set; }

    /// <summary>The first start, whose day is taken where none is chosen.</summary>
    [Parameter]
    public DateTimeOffset? Start { get; set; }

    [Parameter, EditorRequired]
    public required TimeZoneInfo Zone { get; set; }

    private string FirstDay => Start is { } start ? TimeZoneInfo.ConvertTime(start, Zone).DayOfWeek.ToString() : "The day of the first start";

    private static string Word(RepeatEvery? every) => every switch
    {
        null => "",
        RepeatEvery.Day => "Every day",
        RepeatEvery.Week => "Every week",
        RepeatEvery.Month => "Every month",
        _ => "",
    };

    private void Ends(ChangeEventArgs change) =>
        Form.Until = DateTime.TryParse(change.Value?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) ? last : null;
}
