using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Audit;

/// <summary>How entries of the audit trail are shown: the colour of an action, the link to its object.</summary>
internal static class AuditWords
{
    /// <summary>The nouns before an action's full stop.</summary>
    public static IReadOnlyList<string> Groups { get; } =
    [
        "apiKey", "audit", "breach", "campaign", "code", "consent", "data", "evidence", "hold", "import", "inbound", "join", "keys", "number", "policy", "preferences", "price", "provider", "purpose", "report", "request", "retention", "room", "segment",
        "sending", "sharing", "staff", "staffNumber", "subscriber", "suppression", "template", "text", "texts", "wording",
    ];

    public static string Group(string group) => group switch
    {
        "apiKey" => "API keys",
        "breach" => "Breaches",
        "evidence" => "Signed papers",
        "hold" => "Legal holds",
        "inbound" => "Inbound texts",
        "room" => "Evidence rooms",
        "suppression" => "Do-not-text list",
        "staffNumber" => "Numbers of staff",
        "texts" => "Send ledger",
        _ => Field(group),
    };

    /// <summary>One object of an entry.</summary>
    public static string Kind(string kind) => kind switch
    {
        "apiKey" => "API key",
        "hold" => "Legal hold",
        "import-preset" => "Columns of lists",
        "inbound" => "Inbound text",
        "suppression" => "Do-not-text entry",
        "suppressionFile" => "File of numbers",
        "texts" => "Texts",
        _ => Field(kind),
    };

    public static string Outcome(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Done => "Done",
        AuditOutcome.NotDone => "Refused or failed",
    };

    public static Meaning MeaningOf(string action) => action switch
    {
        "consent.granted" or "consent.confirmed" or "campaign.approved" or "staff.restored" or "policy.activated" or "template.approved" => Meaning.Granted,
        "request.attachmentOpened" or "request.numberRevealed" => Meaning.Pending,
        "consent.requested" or "number.revealed" or "audit.valuesRevealed" or "evidence.opened" or "subscriber.textPreviewed" or "request.packaged" or "request.packageViewed" or "campaign.submitted" or "policy.activationAsked" or "template.proposed" => Meaning.Pending,
        "consent.withdrawn" or "purpose.retired" or "suppression.added" or "suppression.listAdded" or "segment.archived" or "campaign.cancelled" or "number.stopped" or "request.numberListed" or "apiKey.revoked" or "policy.abandoned" or "provider.blockApplied" or "template.retired" => Meaning.Withdrawn,
        "subscriber.restricted" or "staff.suspended" or "staff.signInFailed" or "staff.secondFactorFailed" or "staff.lockedOut" or "staff.linkRefused" => Meaning.Blocked,
        "campaign.paused" or "campaign.launched" or "sending.limitHeld" => Meaning.Deferred,
        "texts.inDoubt" => Meaning.Pending,
        "texts.skipped" => Meaning.Withdrawn,
        _ => Meaning.Neutral,
    };

    /// <summary>The page of the object; null for what has none.</summary>
    public static string? Href(AuditRow entry) => (entry.ObjectKind, Guid.TryParse(entry.ObjectId, out var id)) switch
    {
        ("subscriber", true) => Paths.Subscriber(SubscriberId.From(id)),
        ("purpose", true) => Paths.Purpose(PurposeId.From(id)),
        ("campaign", true) => Paths.Campaign(CampaignId.From(id)),
        ("segment", true) => Paths.Segment(SegmentId.From(id)),
        ("import", true) => Paths.Import(ImportBatchId.From(id)),
        ("request", true) => Paths.PrivacyRequest(PrivacyRequestId.From(id)),
        ("breach", true) => Paths.Breach(id),
        ("hold" or "retention", _) => Paths.Retention,
        ("apiKey", _) => Paths.ApiKeys,
        ("sendingLimit", _) => Paths.SendingLimits,
        ("staff" or "role", true) => Paths.Staff,
        ("evidenceRoom", true) => Paths.EvidenceRoomOfStaff(id),
        ("reportKind", _) => Paths.MakeReportOf(entry.ObjectId),
        ("reportSchedule", _) => Paths.ReportSchedules,
        ("template", true) => Paths.Template(id),
        ("suppression", _) => Paths.Suppressions,
        ("providerDifference" or "providerList", _) => Paths.ProviderDifferences,
        ("policy", _) when int.TryParse(entry.ObjectId, NumberStyles.None, CultureInfo.InvariantCulture, out var version) => Paths.PolicyVersion(version),
        _ => null,
    };

    /// <summary>The end of an id: version 7 UUIDs of one minute begin alike.</summary>
    public static string Short(string id) => Guid.TryParse(id, out _) ? $"…{id[^8..]}" : id;

    /// <summary>A sealed value is ciphertext: its length says nothing to anybody.</summary>
    public static string? Value(string? value) => IsSealed(value) ? "sealed with the person's key" : value;

    public static bool IsSealed(string? value) => value?.StartsWith("sealed:", StringComparison.Ordinal) == true;

    /// <summary>"promisedPerMonth" is "Promised per month"; what an entry says of texts, "deferred, QuietHours, US-09", stays as it stands there.</summary>
    public static string Field(string name) => name switch
    {
        "assignee" => "Assigned to",
        "dueOn" => "Last lawful day",
        "dueInternallyOn" => "Own last day",
        "numberProvenAt" => "Code read back at",
        "pausedOn" => "Clock stands since",
        "verifiedBy" => "Identity verified by",
        _ => Words(name),
    };

    private static string Words(string name)
    {
        if (name.Contains(',', StringComparison.Ordinal))
            return char.ToUpperInvariant(name[0]) + name[1..];
        var words = name.Aggregate("", (text, c) => char.IsUpper(c) ? $"{text} {char.ToLowerInvariant(c)}" : text + c);
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
