using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Letters;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Acts that the person is written about: each shows its letter first and keeps it with the act.</summary>
public sealed partial class OtherEndsPanel
{
    private string _reason = "";
    private LetterDraft? _draft;
    private Failure? _problem;

    private string? Why => _reason.Trim().Length < 5 ? "Give the reason, or the question." : null;

    private string? WhyStands => Request.PausedOn is null ? null : "The clock stands; let it run on first.";

    private string? WhyNotAsk => Request.Status is PrivacyRequestStatus.Replying ? "It is carried out already." : Request.IsErased ? "The data is erased already." : WhyStands ?? Why;

    private string? WhyNotIdentity => !Request.NeedsVerification ? "A stop needs no proof." : Request.VerifiedAt is not null ? "It is known already." : WhyNotAsk;

    private string? Waiting(LetterKind kind) => Request.IsWaiting(kind) ? "The letter waits to be sent already." : null;

    private string? WhyNotExtend => WhyStands ?? Waiting(LetterKind.Extension) ?? (Request.CanBeExtended ? Why : "The law allows no later day.");

    private string? WhyNotDeny => Request.Kind is PrivacyRequestKind.OptOutOfSale ? "It can't be refused (11 CCR § 7026)." : Request.Kind is PrivacyRequestKind.Objection or PrivacyRequestKind.Withdrawal ? "It can't be refused (GDPR art. 7(3), 21(3))." : WhyStands ?? Waiting(LetterKind.Denial) ?? WhyNotEnd;

    private string? WhyNotEnd => Request.Status is PrivacyRequestStatus.Replying ? "It is carried out already." : Request.IsErased ? "The data is erased already." : Why;

    private string ClockWords => Request.MayPauseForIdentity || Request.MayPauseForClarity
        ? "In the United Kingdom the clock stands while the person is asked who they are, or which data they mean with a request for access. A letter counts from the day on which it left."
        : "Under this law the clock runs on while the person is asked. More time and a refusal count from the day on which their letter left.";

    private string ConfirmText(LetterKind kind) => kind switch
    {
        LetterKind.IdentityQuestion => Request.MayPauseForIdentity ? "Keep the letter that stops the clock" : "Keep the letter",
        LetterKind.ClarityQuestion => Request.MayPauseForClarity ? "Keep the letter that stops the clock" : "Keep the letter",
        LetterKind.Extension => "Keep the letter that extends",
        LetterKind.Denial => "Keep the letter that denies",
        LetterKind.Acknowledgement or LetterKind.Completion => "Keep the letter",
    };

    private async Task DraftAsync(LetterKind kind, string? language)
    {
        if ((await Acts.Letters.Draft.ExecuteAsync(Actor, Request.Id, kind, language, _reason, CancellationToken.None)).TryGet(out var draft, out _problem))
            _draft = draft;
    }

    private async Task KeepAsync(LetterWords words)
    {
        var (kind, reason) = (_draft!.Kind, _reason);
        var act = ActOf(kind, reason, words);
        await OnAct.InvokeAsync(act);
        if (act.IsDone)
            (_draft, _reason) = (null, "");
    }

    private RequestAct ActOf(LetterKind kind, string reason, LetterWords words) => kind switch
    {
        LetterKind.IdentityQuestion when Request.MayPauseForIdentity =>
            new RequestAct((actor, id, token) => Acts.Pause.ExecuteAsync(actor, id, PauseCause.Identity, reason, words, token), "The letter is kept. Send it and mark it as sent: the clock stands from that day."),
        LetterKind.ClarityQuestion when Request.MayPauseForClarity =>
            new RequestAct((actor, id, token) => Acts.Pause.ExecuteAsync(actor, id, PauseCause.Clarification, reason, words, token), "The letter is kept. Send it and mark it as sent: the clock stands from that day."),
        LetterKind.Extension => new RequestAct((actor, id, token) => Acts.Extend.ExecuteAsync(actor, id, reason, words, token), "The letter is kept. Send it and mark it as sent in time: the last day moves then."),
        LetterKind.Denial => new RequestAct((actor, id, token) => Acts.Deny.ExecuteAsync(actor, id, reason, words, token), "The letter is kept. Send it and mark it as sent: the request is denied then."),
        _ => new RequestAct((actor, id, token) => Acts.Letters.Write.ExecuteAsync(actor, id, kind, words, token), "The letter is kept. Send it."),
    };

    private async Task CancelAsync()
    {
        var reason = _reason;
        if (await IsDoneAsync((actor, id, token) => Acts.Cancel.ExecuteAsync(actor, id, reason, token), "The request was cancelled."))
            _reason = "";
    }
}
