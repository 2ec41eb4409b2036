using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What can be done with a request from its page, in one hand.</summary>
public sealed record RequestActs(
    VerifyRequester Verify, TakeBackVerification TakeBack, AskForErasureApproval AskForApproval, ApproveErasure Approve, SendErasureBack SendBack, EraseSubscriber Erase, RepeatRescan Rescan, RedactAtProvider Redact, CloseWithOpenTexts CloseOpen,
    CompleteRequest Complete, DenyRequest Deny, CancelRequest Cancel, ExtendRequest Extend, CommentOnRequest Comment, PauseRequest Pause, ResumeRequest Resume, AssignRequest Assign,
    TextRequestCode TextCode, ReadRequestCode ReadCode, LetterActs Letters, CopyPackageLink CopyLink, UnrecordedActs Unrecorded);

/// <summary>What can be done with a request whose number no record has.</summary>
public sealed record UnrecordedActs(SearchForNumber Search, JoinRecord Join, AnswerNothingHeld Answer, RevealRequestNumber Reveal);

/// <summary>What can be done with the letters of a request.</summary>
public sealed record LetterActs(DraftLetter Draft, WriteLetter Write, ChangeLetter Change, WithdrawLetter Withdraw, MarkLetterSent MarkSent);
