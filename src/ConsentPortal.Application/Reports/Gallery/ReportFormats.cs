namespace ConsentPortal.Application.Reports.Gallery;

/// <summary>In which forms a report is made. The numbers are stored with kept files and schedules.</summary>
[Flags]
public enum ReportFormats
{
    None = 0,
    Pdf = 1,
    Csv = 2,
    Json = 4,
    All = Pdf | Csv | Json,
}

public static class ReportFormatNames
{
    public static IReadOnlyList<ReportFormats> Each { get; } = [ReportFormats.Pdf, ReportFormats.Csv, ReportFormats.Json];

    /// <summary>As a file's name ends.</summary>
    public static string Extension(this ReportFormats format) => format switch
    {
        ReportFormats.Pdf => "pdf",
        ReportFormats.Csv => "csv",
        ReportFormats.Json => "json",
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "One format has an extension, several have none."),
    };

    public static string ContentType(this ReportFormats format) => format switch
    {
        ReportFormats.Pdf => "application/pdf",
        ReportFormats.Csv => "text/csv; charset=utf-8",
        _ => "application/json; charset=utf-8",
    };

    /// <returns>Null for no format that there is.</returns>
    public static ReportFormats? Read(string? extension) => Each.Where(format => format.Extension() == extension).Select(format => (ReportFormats?)format).FirstOrDefault();
}
