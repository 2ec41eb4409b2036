using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>A part of a whole: percent for people, a number from 0 to 1 for programs.</summary>
internal readonly record struct ReportShare(double Value)
{
    public static ReportShare Of(double share) => new(Math.Round(share, 6));
}

/// <summary>One value of a report as paper, a spreadsheet and a program read it.</summary>
internal static class ReportCells
{
    private const string Instant = "yyyy-MM-ddTHH:mm:ssZ";

    public static string OnPaper(object? value) => value switch
    {
        null => "–",
        string text => text,
        int number => ReportWords.Count(number),
        long number => ReportWords.Count(number),
        double number => number.ToString("0.0##", CultureInfo.InvariantCulture),
        ReportShare share => string.Create(CultureInfo.InvariantCulture, $"{100 * share.Value:0.0} %"),
        bool flag => flag ? "Yes" : "No",
        DateTimeOffset at => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => ReportWords.Date(day),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static string? InSpreadsheet(object? value) => value switch
    {
        null => null,
        ReportShare share => share.Value.ToString(CultureInfo.InvariantCulture),
        bool flag => flag ? "yes" : "no",
        DateTimeOffset at => at.UtcDateTime.ToString(Instant, CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    public static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case ReportShare share:
                json.WriteNumberValue(share.Value);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(InSpreadsheet(value));
                break;
        }
    }
}
