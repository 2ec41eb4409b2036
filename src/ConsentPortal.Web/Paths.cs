using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Web;

/// <summary>Every address that a link may name. No personal data stands in an address: searches travel in the history entry.</summary>
public static class Paths
{
    public const string Dashboard = "/";
    public const string Subscribers = "/subscribers";
    public const string Imports = "/imports";
    public const string Segments = "/segments";
    public const string NewSegment = "/segments/new";
    public const string Campaigns = "/campaigns";
    public const string NewCampaign = "/campaigns/new";
    public const string TestNumber = "/campaigns/test-number";
    public const string Inbox = "/inbox";
    public const string InboxToCheck = Inbox + "?state=to-check";
    public const string InboundSimulator = Inbox + "/simulator";
    public const string Purposes = "/purposes";
    public const string PrivacyRequests = "/privacy-requests";
    public const string Audit = "/audit";
    public const string Reports = "/reports";
    public const string Policy = "/policy";
    public const string Staff = "/staff";
    public const string Prices = "/settings/prices";
    public const string LoadPrices = Prices + "/load";
    public const string PricesExport = Prices + "/export.csv";
    public const string ApiKeys = "/settings/api-keys";
    public const string NewApiKey = ApiKeys + "/new";

    public const string Api = "/api/v1";
    public const string ApiDocument = Api + "/openapi.json";

    public const string SignIn = "/account/sign-in";
    public const string SignOut = "/account/sign-out";
    public const string TwoFactor = "/account/two-factor";
    public const string AccessDenied = "/account/access-denied";
    public const string Account = "/account";
    public const string AcceptInvitation = "/account/accept";
    public const string DemoSignIn = "/account/demo-sign-in";

    public const string DevelopmentComponents = "/dev/components";
    public const string DevelopmentPhone = "/dev/phone";

    /// <param name="number">Of the handset in the simulator's journal.</param>
    public static string DevelopmentHandset(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DevelopmentPhone}?handset={number}");

    /// <summary>The opt-in forms of purposes; like all that follow here, for people outside.</summary>
    public const string Join = "/join";

    /// <summary>Short, because it stands in texts.</summary>
    public const string OwnPreferences = "/p";

    /// <summary>Where counted links of texts lead on; shorter still.</summary>
    public const string ShortLink = "/l";

    public const string OwnData = OwnPreferences + "/data";
    public const string EndOwnSession = OwnPreferences + "/end";
    public const string Preferences = "/preferences";
    public const string OwnPackage = "/own-data";
    public const string DataRequest = "/data-request";
    public const string DataRequestSent = DataRequest + "/sent";
    public const string Verify = "/verify";
    public const string Sorry = "/sorry";
    public const string CheckNumber = "/check-number";

    /// <param name="name">The purpose's id, or its name in small letters with hyphens.</param>
    public static string JoinPurpose(string name) => $"{Join}/{Uri.EscapeDataString(name)}";

    public static string JoinSent(string name) => $"{JoinPurpose(name)}/sent";

    /// <summary>Where the code is posted that opens a package.</summary>
    public static string PackageFile(string link) => $"{OwnPackage}/{link}/data.zip";

    public static string PackageOf(string link) => $"{OwnPackage}/{link}";

    public static string PreferencesOf(string token) => $"{OwnPreferences}/{token}";

    public const string AddSubscriber = Subscribers + "/add";

    public static string Subscriber(SubscriberId id) => $"{Subscribers}/{id}";

    public static string Subscriber(SubscriberId id, string tab) => $"{Subscribers}/{id}?tab={tab}";

    /// <param name="hash">SHA-256 of the paper, as the consent names it.</param>
    public static string Evidence(SubscriberId id, string hash) => $"{Subscribers}/{id}/evidence/{hash}";

    public static string EditSubscriber(SubscriberId id) => $"{Subscribers}/{id}/edit";

    /// <param name="id">The person who asks, where they are known already.</param>
    public static string RequestAttachment(PrivacyRequestId id, Guid attachment) => $"{PrivacyRequests}/{id}/files/{attachment}";

    public static string NewPrivacyRequest(SubscriberId? id = null) => id is { } person ? $"{PrivacyRequests}/new?subscriber={person}" : $"{PrivacyRequests}/new";

    public static string ChangeNumber(SubscriberId id) => $"{Subscribers}/{id}/number";

    /// <param name="close">The record that would be closed; null where it has to be chosen first.</param>
    public static string MergeSubscriber(SubscriberId keep, SubscriberId? close = null) => $"{Subscribers}/{keep}/merge{(close is { } other ? $"?with={other}" : "")}";

    public const string Suppressions = "/suppressions";
    public const string AddSuppression = Suppressions + "/add";
    public const string ReassignedNumbers = Suppressions + "/reassigned";
    public const string SuppressionExport = Suppressions + "/export.csv";

    public const string ProviderDifferences = "/provider-differences";
    public const string ProviderDifferencesExport = ProviderDifferences + "/export.csv";

    /// <summary>Where the provider's list of blocked numbers is brought.</summary>
    public const string ProviderList = ProviderDifferences + "/list";

    public const string TextsInDoubt = "/texts-in-doubt";
    public const string TextsInDoubtExport = TextsInDoubt + "/export.csv";

    /// <summary>Texts of a campaign that wait for a person.</summary>
    public static string DoubtsOf(CampaignId id) => $"{TextsInDoubt}?campaign={id}";

    /// <summary>Texts of a campaign that a person settled.</summary>
    public static string SettledDoubtsOf(CampaignId id) => $"{TextsInDoubt}?stage=settled&campaign={id}";

    /// <summary>Stored texts for programs.</summary>
    public const string Templates = "/templates";
    public const string NewTemplate = Templates + "/new";

    public static string Template(Guid id) => $"{Templates}/{id}";

    public const string ConsentRegister = "/consent-register";
    public const string ConsentRegisterExport = ConsentRegister + "/export.csv";

    /// <summary>Where one person stood at an instant.</summary>
    public static string SubscriberAsOf(SubscriberId id, DateTimeOffset at) =>
        $"{Subscribers}/{id}?tab=consent&asOf={Uri.EscapeDataString(Features.Consent.Instants.Write(at))}";

    /// <summary>Everybody whose consent stands on one version of a wording.</summary>
    public static string SubscribersUnder(WordingId wording) => $"{Subscribers}?wording={wording}";

    /// <summary>A new campaign with its purpose and segment chosen.</summary>
    public static string NewCampaignFor(PurposeId purpose, SegmentId segment) => $"{NewCampaign}?purpose={purpose}&segment={segment}";

    public const string NewPurpose = Purposes + "/new";

    public static string Purpose(PurposeId id) => $"{Purposes}/{id}";

    public static string EditPurpose(PurposeId id) => $"{Purposes}/{id}/edit";

    /// <param name="language">The language to begin with; null for a new one.</param>
    public static string NewWording(PurposeId id, string? language) => $"{Purposes}/{id}/wordings/new{(language is null ? "" : $"?language={language}")}";

    public static string WordingPicture(Guid id) => $"{Purposes}/pictures/{id}";

    public const string AuditExport = Audit + "/export.zip";
    public const string AuditCsv = Audit + "/entries.csv";
    public const string AuditJsonLines = Audit + "/entries.jsonl";
    public const string AuditPdf = Audit + "/entries.pdf";

    /// <summary>That the log has only grown since an earlier checkpoint; its size stands in the query.</summary>
    public const string AuditConsistency = Audit + "/consistency.json";

    /// <summary>That one entry stands in the signed log.</summary>
    public static string AuditInclusion(long id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Audit}/{id}/inclusion.json");

    /// <summary>The entries about one person.</summary>
    public static string AuditOf(SubscriberId subject) => $"{Audit}?subject={subject}";

    public const string ChangePolicy = Policy + "/change";
    public const string PolicyVersions = Policy + "/versions";

    public static string PolicyVersion(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PolicyVersions}/{number}");

    /// <summary>What differs between two versions.</summary>
    public static string PolicyDifference(int from, int to) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{PolicyVersions}?from={from}&to={to}");

    /// <summary>Why one text to a person went or did not, gate by gate.</summary>
    public static string PastDecision(SubscriberId id, long message) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Subscribers}/{id}?tab=decisions&decision={message}");

    /// <summary>One rule of the book.</summary>
    public static string PolicyRule(string id) => $"{Policy}?text={Uri.EscapeDataString(id)}";

    public const string InviteStaff = Staff + "/invite";

    public static string StaffMember(Guid id) => $"{Staff}/{id}";

    public const string NewImport = Imports + "/new";

    public static string Import(ImportBatchId id) => $"{Imports}/{id}";

    /// <param name="rowClass">Lists only its rows.</param>
    public static string Import(ImportBatchId id, string rowClass) => $"{Imports}/{id}?class={rowClass}";

    public static string ImportIssues(ImportBatchId id) => $"{Imports}/{id}/issues.csv";

    /// <summary>A segment with why one person belongs to it or does not.</summary>
    public static string SegmentAbout(SegmentId id, SubscriberId person) => $"{Segments}/{id}?person={person}#explain";

    public static string Segment(SegmentId id) => $"{Segments}/{id}";

    public static string SegmentFile(SegmentId id) => $"{Segments}/{id}/people.csv";

    /// <param name="reason">Why the full numbers are needed; it stands in the audit trail.</param>
    public static string FullSegmentFile(SegmentId id, string reason) => $"{SegmentFile(id)}?numbers=full&reason={Uri.EscapeDataString(reason.Trim())}";

    public static string Campaign(CampaignId id) => $"{Campaigns}/{id}";

    public static string CopyOfCampaign(CampaignId id) => $"{NewCampaign}?from={id}";

    /// <param name="state">A state, or "undelivered" for those that failed or expired; null for every outcome.</param>
    /// <param name="variant">Null for every text.</param>
    /// <param name="language">Null for every language.</param>
    public static string CampaignRecipientsExport(CampaignId id, string? state, string? reason, char? variant, string? language = null)
    {
        string?[] filters = [state is { Length: > 0 } ? $"state={state}" : null, reason is { Length: > 0 } ? $"reason={Uri.EscapeDataString(reason)}" : null, variant is { } letter ? $"text={letter}" : null, language is { Length: > 0 } ? $"language={Uri.EscapeDataString(language)}" : null];
        var query = string.Join('&', filters.OfType<string>());
        return $"{Campaigns}/{id}/recipients.csv{(query.Length == 0 ? "" : $"?{query}")}";
    }

    /// <summary>A campaign at one of its six steps; the first four of a draft stand in the editor.</summary>
    public static string CampaignStep(CampaignId id, int step) => string.Create(CultureInfo.InvariantCulture, $"{Campaigns}/{id}?step={step}");

    public static string CampaignEditor(CampaignId id) => $"{Campaigns}/{id}/edit";

    /// <param name="step">1 to 4.</param>
    public static string CampaignEditor(CampaignId id, int step) => string.Create(CultureInfo.InvariantCulture, $"{Campaigns}/{id}/edit?step={step}");

    /// <summary>Takes the filters of the queue's own address; what was searched for is posted, because it may be a number or a name.</summary>
    public const string PrivacyRequestExport = PrivacyRequests + "/export.csv";

    public static string PrivacyRequest(PrivacyRequestId id) => $"{PrivacyRequests}/{id}";

    public const string Retention = "/retention";
    public const string Breaches = "/breaches";
    public const string NewBreach = Breaches + "/new";
    public const string BreachExport = Breaches + "/export.csv";

    public static string Breach(Guid id) => $"{Breaches}/{id}";

    /// <summary>The notification to the authority as a letter.</summary>
    public static string BreachLetter(Guid id) => $"{Breaches}/{id}/notification.pdf";

    public const string CompletedErasures = PrivacyRequests + "?show=closed&kind=erasure";

    /// <param name="form">pdf or txt.</param>
    public static string RequestLetter(PrivacyRequestId id, long letter, string form) => string.Create(CultureInfo.InvariantCulture, $"{PrivacyRequests}/{id}/letters/{letter}.{form}");

    /// <param name="section">Whose texts are shown; null for the first.</param>
    public static string PackageReview(PrivacyRequestId id, PackageSection? section = null) =>
        $"{PrivacyRequests}/{id}/review{(section is { } shown ? $"?section={JsonNamingPolicy.CamelCase.ConvertName(shown.ToString())}" : "")}";

    public static string AccessPackage(PrivacyRequestId id) => $"{PrivacyRequests}/{id}/data.zip";

    public static string ErasureCertificate(PrivacyRequestId id) => $"{PrivacyRequests}/{id}/certificate.pdf";

    /// <param name="showsNumber">Prints the full number, for those who may reveal it.</param>
    public static string ConsentProof(SubscriberId person, PurposeId purpose, bool showsNumber = false) =>
        $"{Reports}/consent-proof/{person}/{purpose}{(showsNumber ? "?number=full" : "")}";

    public static string CampaignReport(CampaignId id) => $"{Reports}/campaign/{id}";

    public const string MakeReport = Reports + "/make";
    public const string KeptReports = Reports + "/kept";
    public const string ReportSchedules = Reports + "/schedules";

    /// <summary>Where staff open and close rooms for auditors.</summary>
    public const string EvidenceRooms = "/evidence-rooms";

    /// <summary>The rooms of whoever is signed in.</summary>
    public const string MyEvidenceRooms = "/evidence";

    /// <param name="question">The question whose sample is drawn; null for none.</param>
    public static string EvidenceRoom(Guid id, Guid? question = null) => $"{MyEvidenceRooms}/{id}{(question is { } asked ? $"?question={asked}" : "")}";

    /// <summary>The same room as the staff see it who open rooms.</summary>
    public static string EvidenceRoomOfStaff(Guid id, Guid? question = null) => $"{EvidenceRooms}/{id}{(question is { } asked ? $"?question={asked}" : "")}";

    /// <param name="room">The room's page.</param>
    /// <param name="withLog">The whole audit log goes with it.</param>
    public static string EvidencePack(string room, bool withLog = false) => $"{room}/pack.zip{(withLog ? "?log=yes" : "")}";

    /// <summary>Reports that schedules made for whoever is signed in.</summary>
    public const string ReportsForMe = KeptReports + "?for=me";

    public const string Organisation = "/settings/organisation";
    public const string SendingLimits = "/settings/sending-limits";
    public const string NewSendingLimit = SendingLimits + "/new";

    public static string SendingLimit(Guid id) => $"{SendingLimits}/{id}";

    /// <summary>Who looked at how many people, and which days stand out.</summary>
    public const string Looks = "/looks";

    public static string MakeReportOf(string kind) => $"{MakeReport}/{kind}";

    /// <param name="format">How the file's name ends.</param>
    /// <param name="query">The filter, with its question mark; empty for none.</param>
    public static string ReportFile(string kind, string format, string query) => $"{Reports}/files/{kind}/{format}{query}";

    public static string KeptFile(Guid id, string format) => $"{KeptReports}/{id}/{format}";

    /// <summary>The audit entries of one member of staff, program or job.</summary>
    public static string AuditBy(string actor) => $"{Audit}?actor={Uri.EscapeDataString(actor)}";
}
