using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using MudBlazor;

namespace ConsentPortal.Web.Features.Reports;

/// <summary>The kinds of reports by the name that people use.</summary>
internal static class ReportWordings
{
    public static string Of(string kind, ReportGallery gallery) => kind switch
    {
        "consent-proof" => "Certificate of consent",
        "campaign-compliance" => "Campaign compliance report",
        "erasure-certificate" => "Certificate of erasure",
        "breach-notification" => "Notification of a breach",
        "audit-entries" => "Audit trail",
        _ => gallery.NameOf(kind),
    };

    public static string Of(ReportPaper paper) => paper switch
    {
        ReportPaper.A4 => "A4",
        ReportPaper.Letter => "Letter",
    };

    public static string Icon(string kind) => kind switch
    {
        "consent-register" => Icons.Material.Outlined.FactCheck,
        "opt-in-sources" => Icons.Material.Outlined.FilterList,
        "opt-out-latency" => Icons.Material.Outlined.Timer,
        "frequency" => Icons.Material.Outlined.BarChart,
        "quiet-hours-and-caps" => Icons.Material.Outlined.Bedtime,
        "campaign-file" => Icons.Material.Outlined.Campaign,
        "request-register" => Icons.Material.Outlined.PrivacyTip,
        "access-and-reveal" => Icons.Material.Outlined.Visibility,
        "data-quality" => Icons.Material.Outlined.Rule,
        "provider-differences" => Icons.Material.Outlined.SyncProblem,
        "processing-record" => Icons.Material.Outlined.AccountBalance,
        "audit-certificate" => Icons.Material.Outlined.VerifiedUser,
        _ => Icons.Material.Outlined.Summarize,
    };
}
