namespace ConsentPortal.Domain.Staff;

/// <summary>
/// What a person, an API key or a job may do. The strings are stored with roles and stand in audit entries: renaming one
/// is a migration.
/// </summary>
public static class Permissions
{
    public const string ViewDashboard = "dashboard:view";
    public const string ViewSubscribers = "subscribers:view";
    public const string EditSubscribers = "subscribers:edit";
    public const string ImportSubscribers = "subscribers:import";
    public const string ApproveImports = "imports:approve";
    public const string RevealNumbers = "subscribers:reveal";
    public const string ExportSubscribers = "subscribers:export";
    public const string RecordConsent = "consent:record";
    public const string EditWordings = "wordings:edit";
    public const string ViewSegments = "segments:view";
    public const string EditSegments = "segments:edit";
    public const string ViewCampaigns = "campaigns:view";
    public const string EditCampaigns = "campaigns:edit";
    public const string ApproveCampaigns = "campaigns:approve";
    public const string SendCampaigns = "campaigns:send";
    public const string SettleTexts = "texts:settle";
    public const string SendServiceTexts = "texts:send";
    public const string ReviewInbox = "inbox:review";
    public const string ViewPrivacyRequests = "requests:view";
    public const string HandlePrivacyRequests = "requests:handle";
    public const string EraseSubscribers = "requests:erase";
    public const string ManageRetention = "retention:manage";
    public const string ViewBreaches = "breaches:view";
    public const string ManageBreaches = "breaches:manage";
    public const string ViewAudit = "audit:view";
    public const string ExportAudit = "audit:export";
    public const string ViewReports = "reports:view";
    public const string ExportReports = "reports:export";
    public const string ManageEvidenceRooms = "rooms:manage";
    public const string VisitEvidenceRooms = "rooms:visit";
    public const string ViewPolicy = "policy:view";
    public const string EditPolicy = "policy:edit";
    public const string ManageStaff = "staff:manage";
    public const string ManageApiKeys = "keys:manage";
    public const string ManageSettings = "settings:manage";
    public const string RunMaintenance = "maintenance:run";

    /// <summary>What somebody outside may do for themselves: join, choose, stop, see their own data. No role holds it.</summary>
    public const string ManageOwnPreferences = "own:preferences";
}
