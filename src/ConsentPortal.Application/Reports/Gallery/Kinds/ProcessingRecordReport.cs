using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Retention;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>The record of processing activities of GDPR art. 30(1), as far as this portal knows it: made from the purposes and the retention schedule that are in force.</summary>
internal sealed class ProcessingRecordReport : GalleryReport
{
    private const string Data = "Number, and where given: name, id in other systems, country and state, language, time zone, custom attributes; consent events with evidence; texts sent and received; purchases, clicks and replies";

    private static readonly IReadOnlyList<ReportFact> Security =
    [
        new("Encryption", "Personal fields are sealed with a key for each person (AES-256-GCM), itself wrapped by a key ring that lies apart from the database"),
        new("Erasure", "The person's key is destroyed, and every store is searched for their number and name afterwards"),
        new("Access", "Permissions by role, duties that may not be held together, numbers masked, each look behind the mask with a reason in the log"),
        new("Integrity", "Every change stands in a Merkle log (RFC 6962) whose root is signed, and which verifies without this portal"),
    ];

    public override ReportDescription Description { get; } = new(
        "processing-record", "Record of processing activities", "What GDPR art. 30 wants to be kept: each purpose with its basis, data, recipients, retention and security, from what is in force today.",
        ReportNeeds.None, Permissions.ViewPolicy);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var purposes = await question.Db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var people = await question.Db.ConsentRecords.AsNoTracking().Where(r => r.Status == ConsentStatus.Granted).GroupBy(r => r.PurposeId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken);
        var schedule = await StoredSchedule.ReadAsync(question.Db, cancellationToken);
        var controller = await ControllerAsync(question.Db, cancellationToken);
        var rows = ReportRows.Of("Activities", Fields, purposes.Select(p => (IReadOnlyList<object?>)
            [p.Name, $"{ReportWords.Of(p.MessageClass)} texts of {p.Brand}", ReportWords.Of(p.Basis), p.Countries ?? "All", people.GetValueOrDefault(p.Id), Kept(p, schedule), Recipients()]));
        return new ReportContent("Purposes that are in force today", rows, () => Blocks(controller, purposes, schedule));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
        [new("Activity"), new("Purpose"), new("Legal basis"), new("Countries"), new("People", true), new("Kept for"), new("Recipients", OnPaper: false)];

    /// <summary>What the job goes by: the purpose's own time or the schedule's, and what the person's countries want at least.</summary>
    private static string Kept(Purpose purpose, RetentionSchedule schedule)
    {
        var ofSchedule = schedule.MonthsOf(RecordClass.People);
        var usual = ProofOfConsent.MonthsKept(purpose.RetentionMonths, ofSchedule, ProofOfConsent.Otherwise);
        var others = ProofOfConsent.Regions.GroupBy(r => ProofOfConsent.MonthsKept(purpose.RetentionMonths, ofSchedule, ProofOfConsent.LeastMonths(r))).Where(g => g.Key != usual).OrderBy(g => g.Key)
            .Select(g => $"{ReportWords.Count(g.Key)} in {string.Join(", ", g)}");
        return $"{string.Join("; ", others.Prepend($"{ReportWords.Count(usual)} months after the last text, change or consent event"))}";
    }

    private static string Recipients() => string.Join("; ", PersonDataReader.Recipients.Select(r => r.Name));

    private static async Task<(string Name, string Contact)> ControllerAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var name = await ReportTrail.OrganisationAsync(db, cancellationToken);
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.Organisation).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        if (json is null)
            return (name, "Not recorded in the portal");
        using var organisation = JsonDocument.Parse(json);
        return (name, organisation.RootElement.TryGetProperty("privacyContact", out var contact) && contact.GetString() is { Length: > 0 } text ? text : "Not recorded in the portal");
    }

    private static IReadOnlyList<ReportBlock> Blocks((string Name, string Contact) controller, List<Purpose> purposes, RetentionSchedule schedule) =>
    [
        new ReportBlock.Facts(
        [
            new("Controller", controller.Name), new("Contact for privacy", controller.Contact), new("Activities", ReportWords.Counted(purposes.Count, "purpose", "purposes")),
            new("Categories of people", "Subscribers and former subscribers to texts; members of staff as users of the portal"), new("Categories of data", Data),
        ]),
        new ReportBlock.Heading("Recipients and transfers"),
        new ReportBlock.Table(
            [new("Recipient"), new("Role"), new("Data")], [.. PersonDataReader.Recipients.Select(r => (IReadOnlyList<string>)[r.Name, r.Role, r.Data])]),
        new ReportBlock.Paragraph("Where the provider or a carrier works outside the European Economic Area, the transfer rests on the contract with the provider; this portal does not hold that contract. Add it before the record is handed out.", IsQuiet: true),
        new ReportBlock.Heading("How long records are kept"),
        new ReportBlock.Table(
            [new("Records"), new("Months", ReportAlign.Right), new("From"), new("Why")],
            [.. RetentionRule.All.Select(r => (IReadOnlyList<string>)[r.Name, r.Class == RecordClass.ApiAnswers ? "24 hours" : ReportWords.Count(schedule.MonthsOf(r.Class)), r.Counts, r.Ground])]),
        new ReportBlock.Table([new("Kept for good"), new("Why")], [.. KeptForGood.All.Select(k => (IReadOnlyList<string>)[k.What, k.Ground])]),
        new ReportBlock.Heading("Security (art. 32)"),
        new ReportBlock.Facts(Security),
    ];
}
