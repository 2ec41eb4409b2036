using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Gallery.Kinds;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Reports.Rooms;
using ConsentPortal.Application.Subscribers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Reports;

public static class ReportRegistration
{
    public static IServiceCollection AddReports(this IServiceCollection services) => services
        .AddSingleton<OrganisationName>()
        .AddSingleton<OrganisationCalendar>()
        .AddSingleton<MadeReports>()
        .AddSingleton<MakeConsentProof>()
        .AddSingleton<MakeCampaignReport>()
        .AddGallery()
        .AddSingleton<ReportMaker>()
        .AddSingleton(provider => new ReportGallery(provider.GetServices<GalleryReport>()))
        .AddSingleton(provider => new MakeReport(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<ReportGallery>(), provider.GetRequiredService<ReportMaker>()))
        .AddSingleton(provider => new KeepReport(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<ReportGallery>(), provider.GetRequiredService<ReportMaker>()))
        .AddSingleton(provider => new KeptReports(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<ReportGallery>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new ReportSchedules(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<ReportGallery>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new ReportRecipients(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<ReportGallery>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<EvidenceRooms>()
        .AddSingleton<EvidenceReader>()
        .AddSingleton(provider => new VisitEvidenceRoom(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<EvidenceReader>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new EvidenceComments(provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<EvidenceReader>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton(provider => new MakeEvidencePack(
            provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<EvidenceReader>(), provider.GetRequiredService<AuditLog>(), provider.GetRequiredService<AuditProofs>(),
            provider.GetRequiredService<KeyRing>(), provider.GetRequiredService<TimeProvider>()))
        .AddSingleton<OrganisationPaper>()
        .AddSingleton<LooksByStaff>()
        .AddSingleton(provider => new RunReportSchedules(
            provider.GetRequiredService<PortalDatabase>(), provider.GetRequiredService<KeepReport>(), provider.GetRequiredService<Leases>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunReportSchedules>>()));

    /// <summary>In the order in which the gallery shows them.</summary>
    private static IServiceCollection AddGallery(this IServiceCollection services) => services
        .AddSingleton<GalleryReport, ConsentRegisterReport>()
        .AddSingleton<GalleryReport, ConsentProofReport>()
        .AddSingleton<GalleryReport, OptInSourcesReport>()
        .AddSingleton<GalleryReport, OptOutLatencyReport>()
        .AddSingleton<GalleryReport, FrequencyReport>()
        .AddSingleton<GalleryReport, HoursAndCapsReport>()
        .AddSingleton<GalleryReport, CampaignFileReport>()
        .AddSingleton<GalleryReport, RequestRegisterReport>()
        .AddSingleton<GalleryReport, AccessReport>()
        .AddSingleton<GalleryReport, DataQualityReport>()
        .AddSingleton<GalleryReport, ProviderDifferencesReport>()
        .AddSingleton<GalleryReport, ProcessingRecordReport>()
        .AddSingleton<GalleryReport, AuditCertificateReport>();
}
