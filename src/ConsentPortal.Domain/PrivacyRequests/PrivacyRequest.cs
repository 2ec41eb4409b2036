using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>A person's request about their data, with the clock of the law that governs it.</summary>
public sealed class PrivacyRequest
{
    public required PrivacyRequestId Id { get; init; }

    /// <summary>DSR-1, DSR-2 …: what people say on the phone.</summary>
    public required int Number { get; init; }

    public required SubscriberId SubscriberId { get; init; }

    public required PrivacyRequestKind Kind { get; init; }

    public required PrivacyRegime Regime { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The last lawful day.</summary>
    public required DateOnly DueOn { get; set; }

    /// <summary>The organisation's own, earlier target.</summary>
    public required DateOnly DueInternallyOn { get; set; }

    public PrivacyRequestStatus Status { get; private set; } = PrivacyRequestStatus.Received;

    public string? VerifiedBy { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    public Guid? RequestedApprovalById { get; private set; }

    public Guid? ApprovedById { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public string? Outcome { get; private set; }

    public Guid Version { get; set; }

    public bool IsOpen => Status is not (PrivacyRequestStatus.Completed or PrivacyRequestStatus.Denied or PrivacyRequestStatus.Cancelled);

    /// <summary>The portal's own search was clean; only answers of the SMS provider are missing.</summary>
    public bool AwaitsProvider => Status == PrivacyRequestStatus.Executing && Outcome is not null;

    /// <summary>
    /// A stop needs no proof of who asks: carrying it out for the wrong person harms nobody, and the law wants no hurdle
    /// (GDPR art. 7(3); 11 CCR § 7026). California's limit on the use of sensitive data is such a stop too (11 CCR § 7027(g); CA-04).
    /// </summary>
    public bool NeedsVerification => Kind is not (PrivacyRequestKind.Objection or PrivacyRequestKind.OptOutOfSale or PrivacyRequestKind.Withdrawal)
        && (Kind, Regime) is not (PrivacyRequestKind.Restriction, PrivacyRegime.Ccpa);

    public Result<Done> Verify(string how, DateTimeOffset now)
    {
        if (Status != PrivacyRequestStatus.Received)
            return new RequestNotReady($"This request is {Word}; only a new request can be verified. Nothing was changed.");
        (Status, VerifiedBy, VerifiedAt) = (PrivacyRequestStatus.Verified, how, now);
        return Done.Value;
    }

    /// <summary>Puts an erasure before a second person.</summary>
    public Result<Done> AskForApproval(Guid staffId)
    {
        if (Kind != PrivacyRequestKind.Erasure)
            return new RequestNotReady("Only an erasure needs a second person. Nothing was changed.");
        if (Status != PrivacyRequestStatus.Verified)
            return new RequestNotReady("Verify the person's identity first; an unverified request is never carried out. Nothing was changed.");
        (Status, RequestedApprovalById) = (PrivacyRequestStatus.InReview, staffId);
        return Done.Value;
    }

    public Result<Done> Approve(Guid staffId)
    {
        if (Status != PrivacyRequestStatus.InReview)
            return new RequestNotReady($"This request is {Word}; it has to be put before a second person first. Nothing was changed.");
        if (staffId == RequestedApprovalById)
            return new RequestNotReady("You asked for this approval, so somebody else has to give it. Nothing was changed.");
        (Status, ApprovedById) = (PrivacyRequestStatus.Approved, staffId);
        return Done.Value;
    }

    /// <summary>Begins the erasure; also again after a crash in the middle, because erasing twice changes nothing.</summary>
    public Result<Done> Execute()
    {
        if (Kind != PrivacyRequestKind.Erasure || Status is not (PrivacyRequestStatus.Approved or PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed))
            return new RequestNotReady($"This request is {Word}; an erasure is carried out only after a second person has approved it. Nothing was erased.");
        (Status, Outcome) = (PrivacyRequestStatus.Executing, null);
        return Done.Value;
    }

    /// <summary>Nothing of the person is found here any more, but the SMS provider has not answered for every text: the request stays open until it has.</summary>
    /// <param name="outcome">What is open, and why.</param>
    public void AwaitProvider(string outcome) => Outcome = outcome;

    /// <param name="outcome">What was done, in words for the person's letter.</param>
    public Result<Done> Complete(string outcome, DateTimeOffset now)
    {
        var isReady = Kind == PrivacyRequestKind.Erasure ? Status == PrivacyRequestStatus.Executing
            : Status == PrivacyRequestStatus.Verified || (Status == PrivacyRequestStatus.Received && !NeedsVerification);
        if (!isReady)
        {
            return new RequestNotReady(Status == PrivacyRequestStatus.Received
                ? "Verify the person's identity first; an unverified request is never carried out. Nothing was changed."
                : $"This request is {Word} and can't be completed now. Nothing was changed.");
        }

        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Completed, outcome, now);
        return Done.Value;
    }

    /// <summary>The data was erased, but something of it was found afterwards: the request stays open until nothing is.</summary>
    public void Fail(string outcome) => (Status, Outcome) = (PrivacyRequestStatus.Failed, outcome);

    /// <summary>Gives the later day that the law allows once, after the person was told why.</summary>
    /// <param name="today">The day on which the person was told (UTC).</param>
    public Result<Done> Extend(DateOnly today)
    {
        var received = DateOnly.FromDateTime(ReceivedAt.UtcDateTime);
        if (!IsOpen)
            return new RequestNotReady($"This request is already {Word}. Nothing was changed.");
        if (today > DueOn)
            return new RequestNotReady("The time has run out already, and an extension has to be told before. Nothing was changed; answer now.");
        var later = RequestClock.For(Regime, Kind, received, [new ClockEvent(ClockEventKind.Extended, today)]);
        if (later.DueOn <= DueOn)
            return new RequestNotReady("The law allows no later day than the present one. Nothing was changed.");
        (DueOn, DueInternallyOn) = (later.DueOn, later.DueInternallyOn);
        return Done.Value;
    }

    public Result<Done> Deny(string reason, DateTimeOffset now)
    {
        if (!IsOpen || Status is PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed)
            return new RequestNotReady($"This request is {Word} and can't be denied. Nothing was changed.");
        if (Kind is PrivacyRequestKind.Objection or PrivacyRequestKind.Withdrawal)
            return new RequestNotReady("An objection to marketing and a withdrawal of consent can't be refused (GDPR art. 7(3), 21(3)). Nothing was changed.");
        if (Kind is PrivacyRequestKind.OptOutOfSale)
            return new RequestNotReady("An opt-out of sale or sharing takes effect with its entry and can't be refused (11 CCR § 7026). Nothing was changed.");
        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Denied, reason, now);
        return Done.Value;
    }

    /// <summary>The person took the request back, or it was entered by mistake.</summary>
    public Result<Done> Cancel(string reason, DateTimeOffset now)
    {
        if (!IsOpen || Status is PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed)
            return new RequestNotReady($"This request is {Word} and can't be cancelled. Nothing was changed.");
        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Cancelled, reason, now);
        return Done.Value;
    }

    private string Word => Status switch
    {
        PrivacyRequestStatus.Received => "not verified yet",
        PrivacyRequestStatus.Verified => "verified",
        PrivacyRequestStatus.InReview => "waiting for a second person",
        PrivacyRequestStatus.Approved => "approved",
        PrivacyRequestStatus.Executing => "being carried out",
        PrivacyRequestStatus.Completed => "completed",
        PrivacyRequestStatus.Denied => "denied",
        PrivacyRequestStatus.Cancelled => "cancelled",
        PrivacyRequestStatus.Failed => "carried out but not clean",
    };
}

public sealed record RequestNotReady(string Message) : Failure(Message);
