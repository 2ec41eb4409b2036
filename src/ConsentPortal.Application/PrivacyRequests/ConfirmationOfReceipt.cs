using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Application.PrivacyRequests;

/// <summary>
/// California wants the receipt of a request confirmed within ten business days, unless it was granted or denied by then (11 CCR
/// § 7021(a); CA-02). What counts is the day on which the confirmation, or an answer, left.
/// </summary>
internal static class ConfirmationOfReceipt
{
    /// <summary>Letters that confirm the receipt: the confirmation itself, or an answer before it.</summary>
    public static readonly LetterKind[] Letters = [LetterKind.Acknowledgement, LetterKind.Denial, LetterKind.Completion];

    /// <returns>The last day for it; null where the law asks for none.</returns>
    public static DateOnly? DueOn(PrivacyRequest request, DateOnly receivedOn) => RequestClock.For(request.Regime, request.Kind, receivedOn, []).AcknowledgeBy;

    /// <param name="sentOn">When the first of <see cref="Letters"/> left.</param>
    /// <returns>Null where neither a confirmation nor an answer has left.</returns>
    public static DateOnly? DoneOn(PrivacyRequest request, DateOnly? sentOn, OrganisationDays calendar)
    {
        var answered = request is { CompletedAt: { } at, Status: not PrivacyRequestStatus.Cancelled } ? calendar.Of(at) : (DateOnly?)null;
        return sentOn is null || answered < sentOn ? answered ?? sentOn : sentOn;
    }

    /// <summary>Open requests whose receipt has to be confirmed and was not.</summary>
    public static IQueryable<PrivacyRequest> Missing(PortalDbContext db, IQueryable<PrivacyRequest> requests) => requests.Where(r =>
        r.Regime == PrivacyRegime.Ccpa && r.Kind != PrivacyRequestKind.OptOutOfSale && r.Kind != PrivacyRequestKind.Restriction && r.Kind != PrivacyRequestKind.Objection && r.Kind != PrivacyRequestKind.Withdrawal
        && r.CompletedAt == null && !db.PrivacyRequestLetters.Any(l => l.RequestId == r.Id && l.SentOn != null && Letters.Contains(l.Kind)));

    /// <summary>Those of <see cref="Missing"/> for which the last day is over.</summary>
    public static IQueryable<PrivacyRequest> Overdue(PortalDbContext db, IQueryable<PrivacyRequest> requests, OrganisationDays calendar, DateOnly today)
    {
        // A later receipt never has an earlier last day, so the requests of one day and all before it are over.
        var day = today;
        while (RequestClock.For(PrivacyRegime.Ccpa, PrivacyRequestKind.Access, day, []).AcknowledgeBy >= today)
            day = day.AddDays(-1);
        var end = calendar.BeginningOf(day.AddDays(1));
        return Missing(db, requests).Where(r => r.ReceivedAt < end);
    }
}
