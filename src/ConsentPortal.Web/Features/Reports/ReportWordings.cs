namespace ConsentPortal.Web.Features.Reports;

/// <summary>The kinds of reports by the name that people use.</summary>
internal static class ReportWordings
{
    public static string Of(string kind) => kind switch
    {
        "consent-proof" => "Certificate of consent",
        "campaign-compliance" => "Campaign compliance report",
        "erasure-certificate" => "Certificate of erasure",
        "breach-notification" => "Notification of a breach",
        _ => kind,
    };
}
