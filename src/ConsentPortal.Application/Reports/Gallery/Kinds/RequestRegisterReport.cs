using System.Globalization;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Reports.Gallery.Kinds;

/// <summary>
/// Every request about personal data that came in during some days or still waited in them, with its law, its last day, and whether it was answered by then. A
/// request that waits for longer than the days reported on is the one that a reader most needs to see.
/// </summary>
internal sealed class RequestRegisterReport : GalleryReport
{
    public override ReportDescription Description { get; } = new(
        "request-register", "Request register and deadlines", "Every privacy request that came in or still waited in some days: kind, law, last lawful day, when it was answered, and whether that was in time.",
        ReportNeeds.Days, Permissions.ViewPrivacyRequests);

    public override async Task<Result<ReportContent>> ReadAsync(ReportQuestion question, CancellationToken cancellationToken)
    {
        var (from, to) = (question.From, question.To);
        var asked = question.Db.PrivacyRequests.AsNoTracking().Where(r => r.ReceivedAt < to && (r.ReceivedAt >= from || r.CompletedAt == null || r.CompletedAt >= from));
        var requests = await asked.OrderBy(r => r.Number).ToListAsync(cancellationToken);
        var days = await OrganisationDays.OfAsync(question.Db, cancellationToken);
        var letters = (await question.Db.PrivacyRequestLetters.AsNoTracking().Where(l => asked.Any(r => r.Id == l.RequestId))
            .Select(l => new RequestLetter(l.RequestId, l.Kind, l.SentOn)).ToListAsync(cancellationToken)).ToLookup(l => l.Request);
        var lines = requests.ConvertAll(r => new RequestLine(r, [.. letters[r.Id]], days, days.Of(question.Now)));
        return new ReportContent(ReportFilter.DaysInWords(question), ReportRows.Of("Requests", Fields, lines.Select(l => l.Row())), () => Blocks(lines, requests.Count(r => r.ReceivedAt < from)));
    }

    private static IReadOnlyList<ReportField> Fields { get; } =
    [
        new("Request"), new("Kind"), new("Law"), new("Source", OnPaper: false), new("Received"), new("Due on"), new("Internal target", OnPaper: false), new("Status"), new("Identity shown", OnPaper: false), new("Answered"), new("Days", true), new("In time"),
        new("Answer sent", OnPaper: false), new("Letters to send", true, OnPaper: false), new("Confirm receipt by", OnPaper: false), new("Receipt confirmed", OnPaper: false), new("Has a record", OnPaper: false),
    ];

    private static IReadOnlyList<ReportBlock> Blocks(IReadOnlyList<RequestLine> lines, int earlier)
    {
        var (waiting, unrecorded) = (lines.Sum(l => l.Waiting), lines.Count(l => l.IsUnrecorded));
        var (late, overdue, answered) = (lines.Count(l => l.IsLate), lines.Count(l => l.IsOverdue), lines.Count(l => l.Answered is not null));
        var (open, cancelled) = (lines.Count(l => l.IsOpen), lines.Count(l => l.IsCancelled));
        var days = lines.Where(l => l.Answered is not null).Select(l => l.Days).Order().ToList();
        return
        [
            new ReportBlock.Verdict(
                late + overdue == 0 ? ReportTone.Good : ReportTone.Bad,
                lines.Count == 0 ? "No request came in or waited during these days." : late + overdue == 0 ? "Every request was answered in time, or has time left." : $"{ReportWords.Counted(late + overdue, "request is", "requests are")} past the last lawful day.",
                late + overdue == 0 ? null : $"{ReportWords.Count(late)} answered late, {ReportWords.Count(overdue)} still open after the day. A letter counts from the day on which it left."),
            new ReportBlock.KeyFigures(
            [
                new("Requests", ReportWords.Count(lines.Count), Notes(earlier, unrecorded)), new("Answered", ReportWords.Count(answered), ReportWords.Share(answered, lines.Count)), new("Open", ReportWords.Count(open), cancelled == 0 ? null : $"and {ReportWords.Count(cancelled)} cancelled"),
                new("Letters to send", ReportWords.Count(waiting), "written, and not marked as sent"),
                new("Receipt confirmed late", ReportWords.Count(lines.Count(l => l.IsConfirmedLate)), $"or not at all, of {ReportWords.Count(lines.Count(l => l.ConfirmBy is not null))} (11 CCR § 7021(a))"),
                new("Half within", days.Count == 0 ? "–" : ReportWords.Counted(days[(days.Count - 1) / 2], "day", "days")),
            ]),
            new ReportBlock.Heading("By law and kind"),
            new ReportBlock.Table(
                [new("Law"), new("Kind"), new("Requests", ReportAlign.Right), new("Answered", ReportAlign.Right), new("Open", ReportAlign.Right), new("Cancelled", ReportAlign.Right), new("Late or overdue", ReportAlign.Right)],
                [
                    .. lines.GroupBy(l => (l.Law, l.Kind)).OrderBy(g => g.Key.Law, StringComparer.Ordinal).ThenBy(g => g.Key.Kind, StringComparer.Ordinal).Select(g => (IReadOnlyList<string>)
                    [
                        g.Key.Law, g.Key.Kind, ReportWords.Count(g.Count()), ReportWords.Count(g.Count(l => l.Answered is not null)), ReportWords.Count(g.Count(l => l.IsOpen)), ReportWords.Count(g.Count(l => l.IsCancelled)),
                        ReportWords.Count(g.Count(l => l.IsLate || l.IsOverdue)),
                    ]),
                ],
                lines.DistinctBy(l => (l.Law, l.Kind)).Count() > 1
                    ? ["Total", "", ReportWords.Count(lines.Count), ReportWords.Count(answered), ReportWords.Count(open), ReportWords.Count(cancelled), ReportWords.Count(late + overdue)] : null,
                "No request came in or waited."),
        ];
    }

    private static string? Notes(int earlier, int unrecorded)
    {
        List<string> notes = [];
        if (earlier > 0)
            notes.Add($"{ReportWords.Count(earlier)} received before these days");
        if (unrecorded > 0)
            notes.Add($"{ReportWords.Count(unrecorded)} for numbers without a record");
        return notes.Count == 0 ? null : string.Join(", ", notes);
    }

    private sealed record RequestLetter(PrivacyRequestId Request, LetterKind Kind, DateOnly? SentOn);

    /// <summary>One request and its clock. A day counts as the law counts it: by its date where the organisation is, the last one still in time.</summary>
    private sealed class RequestLine(PrivacyRequest request, IReadOnlyList<RequestLetter> letters, OrganisationDays days, DateOnly today)
    {
        public string Kind { get; } = ReportWords.Spaced(request.Kind.ToString());

        public string Law { get; } = ReportWords.Of(request.Regime);

        public DateOnly? Ended { get; } = request.CompletedAt is { } at ? days.Of(at) : null;

        /// <summary>A request that was cancelled has ended, and nobody was answered.</summary>
        public DateOnly? Answered => IsCancelled ? null : Ended;

        public bool IsCancelled => request.Status == PrivacyRequestStatus.Cancelled;

        public bool IsOpen => request.IsOpen;

        /// <summary>No record has its number.</summary>
        public bool IsUnrecorded => request.SubscriberId is null;

        /// <summary>Letters that were written and have not left, while the request is open: what they bring does not count yet.</summary>
        public int Waiting { get; } = request.IsOpen ? letters.Count(l => l.SentOn is null) : 0;

        /// <summary>California's ten business days (CA-02); null where no law wants the receipt confirmed, or nobody waits for it any more.</summary>
        public DateOnly? ConfirmBy { get; } = request.Status == PrivacyRequestStatus.Cancelled ? null : ConfirmationOfReceipt.DueOn(request, days.Of(request.ReceivedAt));

        /// <summary>When a letter left that confirms the receipt, or an answer did.</summary>
        public DateOnly? Confirmed { get; } = ConfirmationOfReceipt.DoneOn(request, letters.Where(l => ConfirmationOfReceipt.Letters.Contains(l.Kind)).Min(l => l.SentOn), days);

        public bool IsConfirmedLate => (Confirmed ?? today) > ConfirmBy;

        public bool IsLate => Answered > request.DueOn;

        public bool IsOverdue => request.IsOpen && request.PausedOn is null && today > request.DueOn;

        /// <summary>From receipt to the answer or another end, or until today.</summary>
        public int Days => (Ended ?? today).DayNumber - days.Of(request.ReceivedAt).DayNumber;

        public IReadOnlyList<object?> Row() =>
        [
            string.Create(CultureInfo.InvariantCulture, $"DSR-{request.Number}"), Kind, Law, request.Source, days.Of(request.ReceivedAt), request.DueOn, request.DueInternallyOn,
            ReportWords.Spaced(request.Status.ToString()), request.VerifiedAt, Answered, Days, IsCancelled ? null : !IsLate && !IsOverdue,
            letters.Where(l => l.Kind is LetterKind.Completion or LetterKind.Denial).Min(l => l.SentOn), Waiting, ConfirmBy, Confirmed, request.SubscriberId is not null,
        ];
    }
}
