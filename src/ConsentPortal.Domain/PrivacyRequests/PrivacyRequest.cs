using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Domain.PrivacyRequests;

/// <summary>A person's request about their data, with the clock of the law that governs it.</summary>
public sealed partial class PrivacyRequest
{
    private SubscriberId? _subscriberId;

    public required PrivacyRequestId Id { get; init; }

    /// <summary>DSR-1, DSR-2 …: what people say on the phone.</summary>
    public required int Number { get; init; }

    /// <summary>Whose request it is; null for a number that has no record here. What nobody holds data about wants an answer too (GDPR art. 15(1), 11 CCR § 7101).</summary>
    public required SubscriberId? SubscriberId
    {
        get => _subscriberId;
        init => _subscriberId = value;
    }

    public required PrivacyRequestKind Kind { get; init; }

    public required PrivacyRegime Regime { get; init; }

    public required string Source { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public PrivacyRequestStatus Status { get; private set; } = PrivacyRequestStatus.Received;

    /// <summary>When a code texted to the number was read back for this request.</summary>
    public DateTimeOffset? NumberProvenAt { get; private set; }

    /// <summary>The member of staff who works on it.</summary>
    public Guid? AssigneeId { get; set; }

    public string? VerifiedBy { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    public Guid? RequestedApprovalById { get; private set; }

    public Guid? ApprovedById { get; private set; }

    /// <summary>When it was closed: where the law wants an answer, when that answer left (UTC).</summary>
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

    /// <summary>
    /// Whether the law wants the person to be told what was done (GDPR art. 12(3), 11 CCR § 7021(b), and so the others). Not so for a withdrawal of
    /// consent, which is none of the rights of art. 12, nor for California's stops: an opt-out of sale or sharing, a limit on use and an
    /// objection, which take effect without an answer (11 CCR §§ 7026, 7027).
    /// </summary>
    public bool NeedsReply => Kind is not (PrivacyRequestKind.Withdrawal or PrivacyRequestKind.OptOutOfSale)
        && (Kind, Regime) is not (PrivacyRequestKind.Restriction or PrivacyRequestKind.Objection, PrivacyRegime.Ccpa);

    /// <summary>Notes that a code texted to the number was read back: one fact of those that show who asks.</summary>
    public void ProveNumber(DateTimeOffset now) => NumberProvenAt = now;

    /// <param name="days">Where the person was asked who they are, the clock of the United Kingdom starts today.</param>
    public Result<Done> Verify(IdentityWay way, DateTimeOffset now, RequestDays days)
    {
        if (Status != PrivacyRequestStatus.Received)
            return new RequestNotReady($"This request is {Word}; only a new request can be verified. Nothing was changed.");
        if ((SubscriberId is null ? IdentityTable.RefusalWithoutRecord(way) : IdentityTable.Refusal(Regime, Kind, way, NumberProvenAt is not null)) is { } refusal)
            return refusal;
        if (IsStandingForIdentity)
            EndPause(days);
        (Status, VerifiedBy, VerifiedAt) = (PrivacyRequestStatus.Verified, way.Name, now);
        return Done.Value;
    }

    /// <summary>It was not the person after all, or nobody knows: as before, and an approval that rested on it falls. A clock that ran on with the verification goes on running.</summary>
    public Result<Done> TakeBackVerification()
    {
        if (VerifiedAt is null || Status is not (PrivacyRequestStatus.Verified or PrivacyRequestStatus.InReview or PrivacyRequestStatus.Approved))
            return new RequestNotReady($"This request is {Word}; a verification can be taken back only while nothing was carried out on it. Nothing was changed.");
        (Status, VerifiedBy, VerifiedAt, RequestedApprovalById, ApprovedById) = (PrivacyRequestStatus.Received, null, null, null, null);
        return Done.Value;
    }

    /// <summary>Puts an erasure before a second person.</summary>
    public Result<Done> AskForApproval(Guid staffId)
    {
        if (Kind != PrivacyRequestKind.Erasure)
            return new RequestNotReady("Only an erasure needs a second person. Nothing was changed.");
        if (SubscriberId is null)
            return new NoRecordToActOn();
        if (Status != PrivacyRequestStatus.Verified)
            return new RequestNotReady("Verify the person's identity first; an unverified request is never carried out. Nothing was changed.");
        if (PausedOn is not null)
            return new ClockStands();
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

    /// <summary>The second person's no, or a yes that is taken back before the erasure has begun: whoever works on the request has to see to it and ask again.</summary>
    public Result<Done> SendBack()
    {
        if (Status is not (PrivacyRequestStatus.InReview or PrivacyRequestStatus.Approved))
            return new RequestNotReady($"This request is {Word}, so there is no approval to give or to take back. Nothing was changed.");
        (Status, RequestedApprovalById, ApprovedById) = (PrivacyRequestStatus.Verified, null, null);
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

    /// <summary>Notes that it was carried out. It is closed with that only where the law wants no answer; otherwise with the answer: see <see cref="LetterLeft"/>.</summary>
    /// <param name="outcome">What was done, in words for the person's letter.</param>
    public Result<Done> Complete(string outcome, DateTimeOffset now)
    {
        if (SubscriberId is null)
            return new NoRecordToActOn();
        var isReady = Kind == PrivacyRequestKind.Erasure ? Status == PrivacyRequestStatus.Executing
            : Status == PrivacyRequestStatus.Verified || (Status == PrivacyRequestStatus.Received && !NeedsVerification);
        if (!isReady)
        {
            return new RequestNotReady(Status == PrivacyRequestStatus.Received
                ? "Verify the person's identity first; an unverified request is never carried out. Nothing was changed."
                : $"This request is {Word} and can't be completed now. Nothing was changed.");
        }

        if (PausedOn is not null)
            return new ClockStands();
        return CarriedOut(outcome, now);
    }

    /// <summary>
    /// Notes that the number was searched for and no record has it. Of any kind, an erasure too: there is nothing that a second person could approve. It is closed
    /// with that only where the law wants no answer.
    /// </summary>
    /// <param name="outcome">What the search has shown, for colleagues.</param>
    public Result<Done> AnswerNothingHeld(string outcome, DateTimeOffset now)
    {
        if (SubscriberId is not null)
            return new RequestNotReady("This request has a record, so something is held about the person. Nothing was changed.");
        if (Status == PrivacyRequestStatus.Received && NeedsVerification)
            return new RequestNotReady("Verify the person's identity first; nobody else may learn whether a number is known here. Nothing was changed.");
        if (Status is not (PrivacyRequestStatus.Received or PrivacyRequestStatus.Verified))
            return new RequestNotReady($"This request is {Word} and can't be answered again. Nothing was changed.");
        if (PausedOn is not null)
            return new ClockStands();
        return CarriedOut(outcome, now);
    }

    /// <summary>
    /// A record of the number has come into being, or was found: the request goes on as one of that person. Who asks has to be made sure anew, because more is at stake
    /// with a record than an answer that there is none.
    /// </summary>
    public Result<Done> Join(SubscriberId person)
    {
        if (SubscriberId is not null)
            return new RequestNotReady("This request has a record already. Nothing was changed.");
        if (IsCarriedOut)
            return new RequestNotReady($"This request is {Word}, so it joins no record any more. Nothing was changed.");
        _subscriberId = person;
        if (NeedsVerification)
            (Status, VerifiedBy, VerifiedAt, NumberProvenAt) = (PrivacyRequestStatus.Received, null, null, null);
        return Done.Value;
    }

    /// <summary>The answer to what was carried out has left, as a letter or as the package that the person fetched. With it the request is closed.</summary>
    public Result<Done> Reply(DateTimeOffset leftAt)
    {
        if (Status != PrivacyRequestStatus.Replying)
            return new RequestNotReady($"This request is {Word}, so no answer is due. Nothing was changed.");
        (Status, CompletedAt) = (PrivacyRequestStatus.Completed, leftAt);
        return Done.Value;
    }

    /// <summary>
    /// What a letter brings with it on the day on which it leaves, and never before (EU-07, CA-03): more time where the person was told in time, a clock
    /// that stands, a refusal, the end. A letter that comes too late, or whose matter was settled otherwise meanwhile, changes nothing.
    /// </summary>
    /// <param name="days">The letter left on its <see cref="RequestDays.Today"/>.</param>
    /// <param name="leftAt">The same as an instant (UTC).</param>
    /// <returns>A failure where the clock stands and has to run on before the letter can count.</returns>
    public Result<LetterEffect> LetterLeft(LetterKind kind, RequestDays days, DateTimeOffset leftAt)
    {
        if (kind is LetterKind.Extension or LetterKind.Denial && IsOpen && PausedOn is not null)
            return new ClockStands();
        return kind switch
        {
            LetterKind.Extension => !IsOpen || IsExtended ? LetterEffect.None
                : days.Today > DueOn ? LetterEffect.TooLate : Extend(days).IsSuccess ? LetterEffect.Extended : LetterEffect.None,
            LetterKind.IdentityQuestion => QuestionLeft(PauseCause.Identity, days),
            LetterKind.ClarityQuestion => QuestionLeft(PauseCause.Clarification, days),
            LetterKind.Denial => DenialRefusal() is null && Deny(Outcome ?? "Refused.", leftAt).IsSuccess ? LetterEffect.Denied : LetterEffect.None,
            LetterKind.Completion => Reply(leftAt).IsSuccess ? LetterEffect.Completed : LetterEffect.None,
            LetterKind.Acknowledgement => LetterEffect.None,
        };
    }

    private LetterEffect QuestionLeft(PauseCause cause, RequestDays days) =>
        !MayPause(cause) || IsCarriedOut || PausedOn is not null ? LetterEffect.None
        : days.Today > DueOn ? LetterEffect.TooLate : Pause(cause, days).IsSuccess ? LetterEffect.Paused : LetterEffect.None;

    /// <summary>The data was erased, but something of it was found afterwards: the request stays open until nothing is.</summary>
    public void Fail(string outcome) => (Status, Outcome) = (PrivacyRequestStatus.Failed, outcome);

    /// <summary>Notes why the request will be refused. It is refused when the letter that says so has left, and stays open until then.</summary>
    public Result<Done> PlanDenial(string reason)
    {
        if (DenialRefusal() is { } refusal)
            return refusal;
        Outcome = reason;
        return Done.Value;
    }

    /// <summary>The letter that would have refused the request was taken back before it left; what was carried out meanwhile stays.</summary>
    public void DropDenial()
    {
        if (!IsCarriedOut)
            Outcome = null;
    }

    public Result<Done> Deny(string reason, DateTimeOffset now)
    {
        if (DenialRefusal() is { } refusal)
            return refusal;
        (Status, Outcome, CompletedAt) = (PrivacyRequestStatus.Denied, reason, now);
        return Done.Value;
    }

    private Failure? DenialRefusal() =>
        IsCarriedOut ? new RequestNotReady($"This request is {Word} and can't be denied. Nothing was changed.")
        : Kind is PrivacyRequestKind.Objection or PrivacyRequestKind.Withdrawal ? new RequestNotReady("An objection to marketing and a withdrawal of consent can't be refused (GDPR art. 7(3), 21(3)). Nothing was changed.")
        : Kind is PrivacyRequestKind.OptOutOfSale ? new RequestNotReady("An opt-out of sale or sharing takes effect with its entry and can't be refused (11 CCR § 7026). Nothing was changed.")
        : PausedOn is not null ? new ClockStands() : null;

    /// <summary>The person took the request back, or it was entered by mistake.</summary>
    public Result<Done> Cancel(string reason, DateTimeOffset now)
    {
        if (IsCarriedOut)
            return new RequestNotReady($"This request is {Word} and can't be cancelled. Nothing was changed.");
        (Status, Outcome, CompletedAt, PausedOn) = (PrivacyRequestStatus.Cancelled, reason, now, null);
        return Done.Value;
    }

    private Done CarriedOut(string outcome, DateTimeOffset now)
    {
        (Status, Outcome, CompletedAt) = (NeedsReply ? PrivacyRequestStatus.Replying : PrivacyRequestStatus.Completed, outcome, NeedsReply ? null : now);
        return Done.Value;
    }

    /// <summary>Closed, or so far that only its answer is missing.</summary>
    private bool IsCarriedOut => !IsOpen || Status is PrivacyRequestStatus.Executing or PrivacyRequestStatus.Failed or PrivacyRequestStatus.Replying;

    private string Word => Status switch
    {
        PrivacyRequestStatus.Received => "not verified yet",
        PrivacyRequestStatus.Verified => "verified",
        PrivacyRequestStatus.InReview => "waiting for a second person",
        PrivacyRequestStatus.Approved => "approved",
        PrivacyRequestStatus.Executing => "being carried out",
        PrivacyRequestStatus.Replying => "carried out and waits for its answer to be sent",
        PrivacyRequestStatus.Completed => "completed",
        PrivacyRequestStatus.Denied => "denied",
        PrivacyRequestStatus.Cancelled => "cancelled",
        PrivacyRequestStatus.Failed => "carried out but not clean",
    };
}

public sealed record NoRecordToActOn()
    : Failure("No record has the number of this request, so there is nothing to carry out. Nothing was changed; search for the number, and answer that nothing is held.");

public sealed record RequestNotReady(string Message) : Failure(Message);
