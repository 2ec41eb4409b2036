namespace ConsentPortal.Application.Reports;

/// <summary>The sheet that a report is laid out for.</summary>
public enum ReportPaper
{
    /// <summary>210 × 297 mm (ISO 216).</summary>
    A4 = 1,

    /// <summary>8.5 × 11 in (ANSI A).</summary>
    Letter = 2,
}

public static class ReportPapers
{
    /// <summary>Under which the organisation's choice is stored.</summary>
    internal const string Setting = "paper";

    // Unicode CLDR, supplemental data, paperSize "US-Letter".
    private static readonly HashSet<string> LetterCountries = ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"];

    /// <summary>What people put into their printers there; A4 where no country is known.</summary>
    /// <param name="country">ISO 3166.</param>
    public static ReportPaper OfCountry(string? country) => country is not null && LetterCountries.Contains(country.ToUpperInvariant()) ? ReportPaper.Letter : ReportPaper.A4;

    /// <summary>As addresses and settings name it.</summary>
    public static string Name(this ReportPaper paper) => paper switch
    {
        ReportPaper.A4 => "a4",
        ReportPaper.Letter => "letter",
    };

    /// <returns>Null for no paper that there is.</returns>
    public static ReportPaper? Read(string? name) => Enum.GetValues<ReportPaper>().Where(paper => paper.Name() == name).Select(paper => (ReportPaper?)paper).FirstOrDefault();
}
