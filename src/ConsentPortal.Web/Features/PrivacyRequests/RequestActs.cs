using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Erasure;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>What can be done with a request from its page, in one hand.</summary>
public sealed record RequestActs(
    VerifyRequester Verify, AskForErasureApproval AskForApproval, ApproveErasure Approve, EraseSubscriber Erase, RepeatRescan Rescan, RedactAtProvider Redact, CloseWithOpenTexts CloseOpen,
    CompleteRequest Complete, DenyRequest Deny, CancelRequest Cancel, ExtendRequest Extend, CommentOnRequest Comment);
