using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Reports.Gallery;

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
        double share => share.ToString("0.0##", CultureInfo.InvariantCulture),
        bool flag => flag ? "Yes" : "No",
        DateTimeOffset at => at.UtcDateTime.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture),
        DateOnly day => ReportWords.Date(day),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    public static string? InSpreadsheet(object? value) => value switch
    {
        null => null,
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
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            default:
                json.WriteStringValue(InSpreadsheet(value));
                break;
        }
    }
}
