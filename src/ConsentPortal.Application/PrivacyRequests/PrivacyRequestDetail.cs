using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests;

/// <param name="SubscriberId">Null where no record has the number.</param>
/// <param name="Person">The masked number, or null once erased.</param>
/// <param name="DueOn">While the clock stands, the day that an answer of today would give.</param>
/// <param name="Deadlines">As the clock of the law gives them without an extension; <paramref name="DueOn"/> is what holds.</param>
/// <param name="DueAt">The last second of <paramref name="DueOn"/> where the organisation is (UTC).</param>
/// <param name="PausedOn">Since when the clock stands; null while it runs.</param>
/// <param name="Lowest">How surely it has to be known who asks.</param>
/// <param name="ConfirmedOn">When a letter left that confirms the receipt, or an answer did.</param>
/// <param name="NeedsReply">The law wants the person to be told what was done.</param>
/// <param name="Entries">Newest first.</param>
/// <param name="Unrecorded">Set for a request whose number no record has.</param>
/// <param name="Others">The same person's other requests: duplicates and what has to be answered before an erasure.</param>
public sealed record PrivacyRequestView(
    PrivacyRequestId Id, int Number, PrivacyRequestKind Kind, PrivacyRegime Regime, string Source, PrivacyRequestStatus Status, bool IsOpen, bool NeedsVerification,
    SubscriberId? SubscriberId, string? Person, string? Region, bool IsErased, DateTimeOffset ReceivedAt, DateOnly DueOn, DateOnly DueInternallyOn, RequestDeadlines Deadlines,
    string? VerifiedBy, DateTimeOffset? VerifiedAt, Guid? AskedById, string? AskedBy, string? ApprovedBy, DateTimeOffset? CompletedAt, string? Outcome,
    PackageProgress Package, bool AwaitsProvider, RedactionTally Provider, IReadOnlyList<PrivacyRequestEntry> Entries, IReadOnlyList<RequestSummary> Others,
    DateTimeOffset DueAt, DateOnly Today, DateOnly? PausedOn, bool IsExtended, bool MayPauseForIdentity, bool MayPauseForClarity, IdentityLevel Lowest, DateTimeOffset? NumberProvenAt,
    Guid? AssigneeId, string? Assignee, string? Language, IReadOnlyList<LetterView> Letters, bool NeedsReply, DateOnly? ConfirmedOn, UnrecordedView? Unrecorded)
{
    public bool CanBeExtended => IsOpen && PausedOn is null && DueOn < Deadlines.LatestIfExtended;

    /// <summary>A letter of this kind was written and has not left: what it brings does not count yet.</summary>
    public bool IsWaiting(LetterKind kind) => Letters.Any(l => l.Kind == kind && l.SentOn is null);

    /// <summary>Open requests of the same kind: likely the same wish twice.</summary>
    public IEnumerable<RequestSummary> Duplicates => Others.Where(o => o.Kind == Kind && o.CompletedAt is null);
}

/// <summary>What is known of a number that no record has.</summary>
/// <param name="SearchedAt">When it was last searched for and no record had it (UTC); null before.</param>
/// <param name="Found">As of now, while the request is open; null once it is closed.</param>
/// <param name="Stop">How far the request itself keeps texts from the number; null where it does not.</param>
public sealed record UnrecordedView(DateTimeOffset? SearchedAt, NumberFindings? Found, SuppressionScope? Stop);

/// <summary>One request with everything that its page shows.</summary>
public sealed class PrivacyRequestDetail(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public async Task<Result<PrivacyRequestView>> GetAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        await using var db = database.Open();
        var request = await db.PrivacyRequests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken);
        if (request is null)
            return new RequestNotFound();
        var person = request.SubscriberId is { } known ? await db.Subscribers.AsNoTracking().SingleAsync(s => s.Id == known, cancellationToken) : null;
        var subject = (await RequestSubject.FindAsync(db, request, cancellationToken))!;
        var entries = await db.PrivacyRequestEntries.AsNoTracking().Where(e => e.RequestId == id).OrderByDescending(e => e.Id).ToListAsync(cancellationToken);
        var others = await RequestSubject.AllOfSame(db, request).AsNoTracking().Where(r => r.Id != id).OrderByDescending(r => r.Number)
            .Select(r => new RequestSummary(r.Id, r.Number, r.Kind, r.Status, r.ReceivedAt, r.DueOn, r.CompletedAt)).ToListAsync(cancellationToken);
        Guid?[] people = [request.RequestedApprovalById, request.ApprovedById, request.AssigneeId];
        var names = await ActorNames.OfAsync(db, people.OfType<Guid>().Select(p => (ActorKind.Staff, p.ToString())), cancellationToken);
        string? Name(Guid? staff) => staff is { } known ? names.Of(ActorKind.Staff, known.ToString()) : null;
        var calendar = await OrganisationDays.OfAsync(db, cancellationToken);
        var days = new RequestDays(calendar.Of(request.ReceivedAt), calendar.Of(clock.GetUtcNow()));
        var due = request.DueIfAnsweredOn(days);
        var letters = await LetterReading.AllAsync(db, vault, request, subject, cancellationToken);
        return new PrivacyRequestView(
            id, request.Number, request.Kind, request.Regime, request.Source, request.Status, request.IsOpen, request.NeedsVerification,
            request.SubscriberId, (person is not null ? vault.Open(person) : subject.Number is { } own ? vault.Open(subject.KeyId, own.WrappedKey, own.PhoneSealed, null, own.Region) : null)?.Phone.ToString(),
            person?.Region ?? subject.Number?.Region, person is null ? subject.Number is null : person.ErasedAt is not null, request.ReceivedAt, due, request.DueInternallyOn,
            RequestClock.For(request.Regime, request.Kind, days.ReceivedOn, [.. request.ClockEvents.Where(e => e.Kind != ClockEventKind.Extended)]),
            request.VerifiedBy, request.VerifiedAt, request.RequestedApprovalById, Name(request.RequestedApprovalById), Name(request.ApprovedById), request.CompletedAt, request.Outcome,
            await PackageTrail.OfAsync(db, id, cancellationToken), request.AwaitsProvider, await RedactionTally.OfAsync(db, id, cancellationToken), entries, others,
            calendar.EndOf(due), days.Today, request.PausedOn, request.IsExtended, request.IsOpen && request.PausedOn is null && request.MayPause(PauseCause.Identity), request.IsOpen && request.PausedOn is null && request.MayPause(PauseCause.Clarification),
            person is null && request.NeedsVerification ? IdentityLevel.OneFact : IdentityTable.Lowest(request.Regime, request.Kind), request.NumberProvenAt, request.AssigneeId, Name(request.AssigneeId), subject.Language, letters, request.NeedsReply,
            ConfirmationOfReceipt.DoneOn(request, letters.Where(l => ConfirmationOfReceipt.Letters.Contains(l.Kind)).Min(l => l.SentOn), calendar),
            person is null ? new UnrecordedView(
                subject.Number?.SearchedAt, request.IsOpen && subject.Number is { } number ? await NumberSearch.RunAsync(db, number.PhoneHash, cancellationToken) : null, EffectAtOnce.StopWithoutRecord(request.Kind)) : null);
    }
}
