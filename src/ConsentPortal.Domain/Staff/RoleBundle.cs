namespace ConsentPortal.Domain.Staff;

/// <summary>The roles that a new portal starts with. Roles are data: these are only their first values.</summary>
public sealed record RoleBundle(string Name, string Purpose, IReadOnlyList<string> Permissions)
{
    public static RoleBundle Administrator { get; } = new("Administrator", "Runs the portal: staff, settings, health. Sees no personal data.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ManageStaff, Staff.Permissions.ManageApiKeys, Staff.Permissions.ManageSettings,
        Staff.Permissions.RunMaintenance, Staff.Permissions.ViewAudit, Staff.Permissions.ViewPolicy,
    ]);

    public static RoleBundle ComplianceOfficer { get; } = new("Compliance officer", "Owns wordings, policy, privacy requests, the audit trail and reports.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ViewSubscribers, Staff.Permissions.RecordConsent,
        Staff.Permissions.RevealNumbers, Staff.Permissions.ImportSubscribers, Staff.Permissions.ApproveImports, Staff.Permissions.EditWordings, Staff.Permissions.ViewSegments,
        Staff.Permissions.ViewCampaigns, Staff.Permissions.SettleTexts, Staff.Permissions.ReviewInbox, Staff.Permissions.ViewPrivacyRequests,
        Staff.Permissions.HandlePrivacyRequests, Staff.Permissions.EraseSubscribers, Staff.Permissions.ManageRetention,
        Staff.Permissions.ViewBreaches, Staff.Permissions.ManageBreaches, Staff.Permissions.ViewAudit,
        Staff.Permissions.ExportAudit, Staff.Permissions.ViewReports, Staff.Permissions.ExportReports, Staff.Permissions.ManageEvidenceRooms,
        Staff.Permissions.ViewPolicy, Staff.Permissions.EditPolicy, Staff.Permissions.RunMaintenance,
    ]);

    public static RoleBundle Marketer { get; } = new("Marketer", "Imports lists, builds segments, writes and sends approved campaigns.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ViewSubscribers, Staff.Permissions.EditSubscribers,
        Staff.Permissions.ImportSubscribers, Staff.Permissions.ViewSegments, Staff.Permissions.EditSegments,
        Staff.Permissions.ViewCampaigns, Staff.Permissions.EditCampaigns, Staff.Permissions.SendCampaigns, Staff.Permissions.SettleTexts,
        Staff.Permissions.ViewReports, Staff.Permissions.ViewPolicy,
    ]);

    public static RoleBundle CampaignApprover { get; } = new("Campaign approver", "Reads and approves campaigns that somebody else wrote.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ViewSegments, Staff.Permissions.ViewCampaigns,
        Staff.Permissions.ApproveCampaigns, Staff.Permissions.SendCampaigns, Staff.Permissions.SettleTexts, Staff.Permissions.ViewReports,
        Staff.Permissions.ViewPolicy,
    ]);

    public static RoleBundle SupportAgent { get; } = new("Support agent", "Answers people: why a text came or did not, their data, their wish to stop.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ViewSubscribers, Staff.Permissions.EditSubscribers,
        Staff.Permissions.RevealNumbers, Staff.Permissions.RecordConsent, Staff.Permissions.ReviewInbox,
        Staff.Permissions.ViewPrivacyRequests, Staff.Permissions.HandlePrivacyRequests, Staff.Permissions.ViewCampaigns,
        Staff.Permissions.ViewPolicy, Staff.Permissions.ExportReports,
    ]);

    public static RoleBundle Auditor { get; } = new("Auditor", "Reads everything, masked, and changes nothing.",
    [
        Staff.Permissions.ViewDashboard, Staff.Permissions.ViewSubscribers, Staff.Permissions.ViewSegments,
        Staff.Permissions.ViewCampaigns, Staff.Permissions.ViewPrivacyRequests, Staff.Permissions.ViewBreaches, Staff.Permissions.ViewAudit,
        Staff.Permissions.ExportAudit, Staff.Permissions.ViewReports, Staff.Permissions.ExportReports,
        Staff.Permissions.VisitEvidenceRooms, Staff.Permissions.ViewPolicy,
    ]);

    public static RoleBundle VisitingAuditor { get; } = new("Visiting auditor", "Comes from outside: looks into the evidence rooms that are opened for them, masked, while they are open.",
        [Staff.Permissions.VisitEvidenceRooms]);

    public static IReadOnlyList<RoleBundle> Shipped { get; } =
        [Administrator, ComplianceOfficer, Marketer, CampaignApprover, SupportAgent, Auditor, VisitingAuditor];

    /// <summary>The forbidden pairs that a set of permissions contains, empty when duties are separated.</summary>
    public static IReadOnlyList<(string First, string Second)> ConflictsIn(IReadOnlySet<string> permissions) =>
        [.. PermissionCatalogue.ForbiddenPairs.Where(pair => permissions.Contains(pair.First) && permissions.Contains(pair.Second))];
}
