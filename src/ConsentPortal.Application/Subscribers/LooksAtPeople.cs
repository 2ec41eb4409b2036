using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Application.PrivacyRequests.Review;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports.Rooms;

namespace ConsentPortal.Application.Subscribers;

/// <summary>What an entry of the audit trail says that was shown of a person.</summary>
public enum LookKind
{
    /// <summary>The page with the masked number.</summary>
    Page = 1,

    /// <summary>The full number.</summary>
    Number = 2,

    /// <summary>A text of a campaign as the person would read it.</summary>
    Text = 3,

    /// <summary>A signed paper.</summary>
    Paper = 4,

    /// <summary>A file that the person sent with a request, such as a copy of their passport.</summary>
    Attachment = 14,

    /// <summary>The personal values of an audit entry.</summary>
    AuditValues = 5,

    /// <summary>A record of a sample in an evidence room, masked.</summary>
    Evidence = 6,

    /// <summary>A privacy request, with the masked number and what was written about it.</summary>
    Request = 7,

    /// <summary>What the person texted, in the inbox, with the masked number.</summary>
    Inbox = 8,

    /// <summary>All that is held about the person, as the package that answers their request.</summary>
    Package = 9,

    /// <summary>What such a package would hold, while it is looked through before it is made.</summary>
    PackageReview = 10,

    /// <summary>The full number, in a file with others.</summary>
    File = 11,

    /// <summary>The person's entries of the audit trail, their values sealed.</summary>
    Trail = 12,

    /// <summary>Where their consents stand, told to another program.</summary>
    Standing = 13,
}

/// <summary>Which audit entries tell that somebody looked at a person: one list for the person's page, the access package, the report and the count by staff.</summary>
internal static class LooksAtPeople
{
    /// <summary>Each with the kind of object that its entry names, so that an index answers.</summary>
    public static IReadOnlyList<(string Action, string ObjectKind, LookKind Kind)> All { get; } =
    [
        (OpenAttachment.Opened, "request", LookKind.Attachment),
        (OpenSubscriber.Viewed, "subscriber", LookKind.Page), (RevealNumber.Revealed, "subscriber", LookKind.Number), (PreviewForPerson.Previewed, "subscriber", LookKind.Text),
        (OpenEvidence.Opened, "subscriber", LookKind.Paper), (RevealAuditValues.Revealed, "auditEntry", LookKind.AuditValues), (VisitEvidenceRoom.ItemViewed, "evidenceRoom", LookKind.Evidence),
        (RevealRequestNumber.Revealed, "request", LookKind.Number),
        (ViewPrivacyRequest.Viewed, "request", LookKind.Request), (OpenInbox.Viewed, "subscriber", LookKind.Inbox), (CompleteRequest.PackageMade, "request", LookKind.Package),
        (OpenPackageReview.Viewed, "request", LookKind.PackageReview),
        (ExportedNumbers.Exported, "segment", LookKind.File), (ExportedNumbers.Exported, "purpose", LookKind.File), (OpenAudit.SubjectViewed, "audit", LookKind.Trail), (ConsentLookup.LookedUp, "subscriber", LookKind.Standing),
    ];

    public static IReadOnlyList<string> Actions { get; } = [.. All.Select(look => look.Action).Distinct()];

    public static LookKind KindOf(string action) => All.First(look => look.Action == action).Kind;

    /// <summary>Behind the mask.</summary>
    public static bool IsReveal(LookKind kind) =>
        kind is LookKind.Number or LookKind.Text or LookKind.Paper or LookKind.Attachment or LookKind.AuditValues or LookKind.Package or LookKind.PackageReview or LookKind.File;
}
