using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.WithoutRecord;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The one thing to do now with a request whose number no record has: make sure who asks, search, answer; or join it to a record that has come into being.</summary>
public sealed partial class UnrecordedStepPanel
{
    private string? _way;
    private string _note = "";
    private bool _isAnother;

    private bool MayOpen => Actor.May(Permissions.ViewSubscribers);

    private bool IsVerified => Request.VerifiedAt is not null || !Request.NeedsVerification;

    private bool NeedsFormerWord => Request.Unrecorded?.Found is { HasRecordNow: false, HasFormerRecord: true };

    private string? WhyNotVerify => WhyNotHandle ?? (_way is null ? "Choose how." : ReasonNeeded.IsMetBy(_note) ? null : "Say in the note what you saw.");

    private string? WhyNotAnswer => WhyNotHandle
        ?? (!IsVerified ? "Make sure first who asks."
            : Request.PausedOn is not null ? "The clock stands; let it run on first."
            : Request.Unrecorded?.Found?.HasRecordNow == true ? "A record has the number by now."
            : Request.Unrecorded?.SearchedAt is null ? "Search first."
            : NeedsFormerWord && !_isAnother ? "Say first whether whoever had the number before is somebody else."
            : Request is { Kind: PrivacyRequestKind.Erasure, Unrecorded.Found.Erasable: > 0 } && !Actor.May(Permissions.EraseSubscribers) ? "Your role does not erase what is kept under the number." : null);

    private Task VerifyAsync() => ActAsync((actor, id, token) => Acts.Verify.ExecuteAsync(actor, id, _way!, _note, token), "The person is verified.");

    private Task SearchAsync() => ActAsync(Acts.Unrecorded.Search.ExecuteAsync, "Every table was searched; the activity says what was found.");

    private Task JoinAsync(FoundRecord record) => ActAsync((actor, id, token) => Acts.Unrecorded.Join.ExecuteAsync(actor, id, record.Id, token), "The request belongs to the record now, and goes on there.");

    private Task AnswerAsync() => ActAsync(
        (actor, id, token) => Acts.Unrecorded.Answer.ExecuteAsync(actor, id, _isAnother, token),
        Request.NeedsReply ? "It is noted. Write the person that nothing is held: the request closes with the letter." : "The request is completed.");

    protected override void Forget() => (_note, _isAnother) = ("", false);
}
