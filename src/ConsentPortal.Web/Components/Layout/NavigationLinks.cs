using ConsentPortal.Domain.Staff;
using MudBlazor;

namespace ConsentPortal.Web.Components.Layout;

/// <param name="Permission">Who is shown the link; the page itself asks again.</param>
/// <param name="Key">The letter that, after "g", goes there.</param>
public sealed record NavigationLink(string Path, string Text, string Icon, string Permission, char? Key = null);

/// <param name="Title">Null for the links above the groups.</param>
public sealed record NavigationGroup(string? Title, IReadOnlyList<NavigationLink> Links);

public static class NavigationLinks
{
    public static IReadOnlyList<NavigationGroup> Groups { get; } =
    [
        new(null, [new(Paths.Dashboard, "Dashboard", Icons.Material.Outlined.SpaceDashboard, Permissions.ViewDashboard, 'd')]),
        new("Audience",
        [
            new(Paths.Subscribers, "Subscribers", Icons.Material.Outlined.PeopleAlt, Permissions.ViewSubscribers, 's'),
            new(Paths.Suppressions, "Do-not-text list", Icons.Material.Outlined.PhoneDisabled, Permissions.ViewSubscribers, 'x'),
            new(Paths.Imports, "Imports", Icons.Material.Outlined.UploadFile, Permissions.ImportSubscribers, 'i'),
            new(Paths.Segments, "Segments", Icons.Material.Outlined.FilterAlt, Permissions.ViewSegments, 'e'),
        ]),
        new("Messaging",
        [
            new(Paths.Campaigns, "Campaigns", Icons.Material.Outlined.Campaign, Permissions.ViewCampaigns, 'c'),
            new(Paths.Inbox, "Inbox", Icons.Material.Outlined.Inbox, Permissions.ReviewInbox, 'n'),
            new(Paths.Templates, "Text templates", Icons.Material.Outlined.TextSnippet, Permissions.ViewCampaigns),
            new(Paths.ProviderDifferences, "Provider differences", Icons.Material.Outlined.CompareArrows, Permissions.ViewSubscribers),
            new(Paths.TextsInDoubt, "Texts in doubt", Icons.Material.Outlined.HelpOutline, Permissions.ViewCampaigns),
        ]),
        new("Compliance",
        [
            new(Paths.Purposes, "Purposes & wordings", Icons.Material.Outlined.HistoryEdu, Permissions.ViewPolicy, 'w'),
            new(Paths.ConsentRegister, "Consent register", Icons.Material.Outlined.FactCheck, Permissions.ViewSubscribers, 't'),
            new(Paths.PrivacyRequests, "Privacy requests", Icons.Material.Outlined.PrivacyTip, Permissions.ViewPrivacyRequests, 'p'),
            new(Paths.Retention, "Retention & holds", Icons.Material.Outlined.AutoDelete, Permissions.ViewPrivacyRequests),
            new(Paths.Breaches, "Breach register", Icons.Material.Outlined.GppMaybe, Permissions.ViewBreaches),
            new(Paths.Audit, "Audit trail", Icons.Material.Outlined.ReceiptLong, Permissions.ViewAudit, 'a'),
            new(Paths.Reports, "Reports", Icons.Material.Outlined.Summarize, Permissions.ViewReports, 'r'),
            new(Paths.Looks, "Who looked", Icons.Material.Outlined.Visibility, Permissions.ViewAudit, 'l'),
            new(Paths.EvidenceRooms, "Evidence rooms", Icons.Material.Outlined.MeetingRoom, Permissions.ManageEvidenceRooms),
            new(Paths.MyEvidenceRooms, "My evidence rooms", Icons.Material.Outlined.MeetingRoom, Permissions.VisitEvidenceRooms),
            new(Paths.Policy, "Policy", Icons.Material.Outlined.Gavel, Permissions.ViewPolicy, 'o'),
        ]),
        new("Admin",
        [
            new(Paths.Staff, "Staff & roles", Icons.Material.Outlined.Badge, Permissions.ManageStaff),
            new(Paths.Organisation, "Organisation", Icons.Material.Outlined.Apartment, Permissions.ManageSettings),
            new(Paths.Prices, "List prices", Icons.Material.Outlined.Euro, Permissions.ManageSettings),
            new(Paths.SendingLimits, "Sending limits", Icons.Material.Outlined.Speed, Permissions.ManageSettings),
            new(Paths.ApiKeys, "API keys", Icons.Material.Outlined.VpnKey, Permissions.ManageApiKeys),
        ]),
    ];

    public static NavigationGroup Development { get; } = new("Development",
    [
        new(Paths.DevelopmentPhone, "Phone", Icons.Material.Outlined.Smartphone, Permissions.ViewDashboard),
        new(Paths.DevelopmentComponents, "Components", Icons.Material.Outlined.Widgets, Permissions.ViewDashboard),
    ]);
}
