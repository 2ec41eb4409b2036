namespace ConsentPortal.Domain.Staff;

/// <param name="Area">The group under which the role editor shows it.</param>
/// <param name="Sentence">What the holder may do, in words for the person who grants it.</param>
/// <param name="IsSensitive">Shown as dangerous in the role editor: personal data leaves, or a decision binds the organisation.</param>
public sealed record PermissionDescription(string Permission, string Area, string Sentence, bool IsSensitive = false);

/// <summary>Every permission with the sentence that explains it, and the pairs that one person may not hold together.</summary>
public static class PermissionCatalogue
{
    public static IReadOnlyList<PermissionDescription> All { get; } =
    [
        new(Permissions.ViewDashboard, "Everyday", "See the dashboard"),
        new(Permissions.ViewSubscribers, "Audience", "See subscribers with masked numbers"),
        new(Permissions.EditSubscribers, "Audience", "Add and change subscribers"),
        new(Permissions.ImportSubscribers, "Audience", "Import lists"),
        new(Permissions.ApproveImports, "Audience", "Approve other people's large imports", IsSensitive: true),
        new(Permissions.RevealNumbers, "Audience", "Reveal a full number for 60 seconds, with a reason", IsSensitive: true),
        new(Permissions.ExportSubscribers, "Audience", "Export subscriber lists", IsSensitive: true),
        new(Permissions.RecordConsent, "Consent", "Record consent or its withdrawal on behalf of a person"),
        new(Permissions.EditWordings, "Consent", "Write purposes and consent wordings"),
        new(Permissions.ViewSegments, "Audience", "See segments"),
        new(Permissions.EditSegments, "Audience", "Build segments"),
        new(Permissions.ViewCampaigns, "Messaging", "See campaigns and their results"),
        new(Permissions.EditCampaigns, "Messaging", "Write campaigns"),
        new(Permissions.ApproveCampaigns, "Messaging", "Approve other people's campaigns", IsSensitive: true),
        new(Permissions.SendCampaigns, "Messaging", "Start, pause and cancel approved campaigns", IsSensitive: true),
        new(Permissions.SettleTexts, "Messaging", "Say of texts in doubt whether they left"),
        new(Permissions.SendServiceTexts, "Messaging", "Have a program text single people about something of their own", IsSensitive: true),
        new(Permissions.ReviewInbox, "Messaging", "Decide on unclear inbound texts"),
        new(Permissions.ViewPrivacyRequests, "Compliance", "See privacy requests"),
        new(Permissions.HandlePrivacyRequests, "Compliance", "Work on privacy requests"),
        new(Permissions.EraseSubscribers, "Compliance", "Approve and carry out erasures", IsSensitive: true),
        new(Permissions.ManageRetention, "Compliance", "Choose how long records are kept, hold them as evidence, and delete what is past its time", IsSensitive: true),
        new(Permissions.ViewBreaches, "Compliance", "Read the breach register"),
        new(Permissions.ManageBreaches, "Compliance", "Record breaches and who was told of them", IsSensitive: true),
        new(Permissions.ViewAudit, "Compliance", "Read the audit trail"),
        new(Permissions.ExportAudit, "Compliance", "Export the audit trail", IsSensitive: true),
        new(Permissions.ViewReports, "Compliance", "Read reports"),
        new(Permissions.ExportReports, "Compliance", "Download reports and certificates"),
        new(Permissions.ManageEvidenceRooms, "Compliance", "Open evidence rooms for auditors, and close them", IsSensitive: true),
        new(Permissions.VisitEvidenceRooms, "Compliance", "Look into the evidence rooms that were opened for them, masked"),
        new(Permissions.ViewPolicy, "Compliance", "Read the sending policy"),
        new(Permissions.EditPolicy, "Compliance", "Draft and activate sending policies", IsSensitive: true),
        new(Permissions.ManageStaff, "Administration", "Invite staff and give roles", IsSensitive: true),
        new(Permissions.ManageApiKeys, "Administration", "Give programs keys to the API, and take them back", IsSensitive: true),
        new(Permissions.ManageSettings, "Administration", "Change settings"),
        new(Permissions.RunMaintenance, "Administration", "Run jobs, rotate keys, verify the log"),
    ];

    /// <summary>
    /// Pairs that would let one person both do and check the same thing, or both administer access and use it
    /// (separation of duties).
    /// </summary>
    public static IReadOnlyList<(string First, string Second)> ForbiddenPairs { get; } =
    [
        (Permissions.EditCampaigns, Permissions.ApproveCampaigns),
        (Permissions.ManageEvidenceRooms, Permissions.VisitEvidenceRooms),
        (Permissions.ManageStaff, Permissions.RevealNumbers),
        (Permissions.ManageStaff, Permissions.ExportSubscribers),
        (Permissions.ManageStaff, Permissions.EraseSubscribers),
    ];
}
