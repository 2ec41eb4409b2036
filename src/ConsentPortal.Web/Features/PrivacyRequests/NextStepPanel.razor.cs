using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Erasure;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>The one thing to do now, with the reason when this reader may not do it.</summary>
public sealed partial class NextStepPanel(PublicAddress address, NavigationManager navigation)
{
    private string? _way;
    private string? _link;
    private Failure? _problem;
    private string _code = "";
    private string _note = "";
    private bool _isSure;
    private string _number = "";
    private string _names = "";
    private string _ids = "";

    private bool CanAskProvider => Request is { Kind: PrivacyRequestKind.Erasure, Status: PrivacyRequestStatus.Completed };

    private bool NeedsPackage => Request.Kind is PrivacyRequestKind.Access or PrivacyRequestKind.Portability;

    private string? WhyNotVerify
    {
        get
        {
            var way = IdentityTable.Ways.FirstOrDefault(w => w.Name == _way);
            return WhyNotHandle ?? (way is null ? "Choose how."
                : way.NeedsCode && Request.NumberProvenAt is null ? "No code was read back yet."
                : way.Level < Request.Lowest ? "That is too little for this kind of request."
                : way.NeedsNote && !ReasonNeeded.IsMetBy(_note) ? "Say in the note what you saw." : null);
        }
    }

    private string? WhyNotErase => Actor.May(Permissions.EraseSubscribers) ? null : "Your role does not erase.";

    private string? WhyNotApprove =>
        !Actor.May(Permissions.EraseSubscribers) ? "Your role does not approve erasures."
        : Guid.TryParse(Actor.Id, out var id) && id == Request.AskedById ? "You asked for it; somebody else has to approve." : null;

    private string? WhyNotPackage => WhyNotHandle ?? (Request.Package.ReviewedAt is null ? "Review it first." : null);

    private string? WhyNotComplete =>
        WhyNotHandle ?? (NeedsPackage && !Request.Package.IsMade ? "Make the package first." : !ReasonNeeded.IsMetBy(_note) ? "Say what was done." : null);

    private Task VerifyAsync() => ActAsync((actor, id, token) => Acts.Verify.ExecuteAsync(actor, id, _way!, _note, token), "The person is verified.");

    private async Task MakeLinkAsync()
    {
        if ((await Acts.CopyLink.ExecuteAsync(Actor, Request.Id, CancellationToken.None)).TryGet(out var token, out _problem))
            _link = address.Of(Paths.PackageOf(token))?.ToString() ?? navigation.ToAbsoluteUri(Paths.PackageOf(token)).ToString();
    }

    private Task TextCodeAsync() => ActAsync(Acts.TextCode.ExecuteAsync, "The code is on its way to the number.");

    private async Task ReadCodeAsync()
    {
        var code = _code;
        _code = "";
        await ActAsync((actor, id, token) => Acts.ReadCode.ExecuteAsync(actor, id, code, token), "The code is right.");
    }

    private Task AskAsync() => ActAsync((actor, id, token) => Acts.AskForApproval.ExecuteAsync(actor, id, _note, token), "A second person was asked.");

    private Task ApproveAsync() => ActAsync(Acts.Approve.ExecuteAsync, "The erasure is approved.");

    private Task SendBackAsync() => ActAsync((actor, id, token) => Acts.SendBack.ExecuteAsync(actor, id, _note, token), "It went back; whoever works on it asks again.");

    private Task CompleteAsync() => ActAsync((actor, id, token) => Acts.Complete.ExecuteAsync(actor, id, _note, token), Request.NeedsReply && Request.Package.FirstDownloadAt is null ? "It is noted. Tell the person: the request closes with the letter." : "The request is completed.");

    private Task EraseAsync() => ActAsync(async (actor, id, token) => Done(await Acts.Erase.ExecuteAsync(actor, id, token)), "The person's data was erased and everything was searched.");

    private Task CloseOpenAsync() => ActAsync((actor, id, token) => Acts.CloseOpen.ExecuteAsync(actor, id, _note, token), "The request is closed; its certificate says what is open.");

    private Task RescanAsync() => ActAsync(async (actor, id, token) => Done(await Acts.Rescan.ExecuteAsync(actor, id, new SoughtAgain(Lines(_number), Lines(_names), Lines(_ids)), token)), "Everything was searched again.");

    private Task RedactAsync() => ActAsync(async (actor, id, token) => Done(await Acts.Redact.ExecuteAsync(actor, id, token)), "The provider was asked again.");

    protected override void Forget() => (_note, _isSure, _number, _names, _ids) = ("", false, "", "", "");

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Result<Done> Done<T>(Result<T> outcome) => outcome.IsSuccess ? Domain.Done.Value : outcome.Failure;
}
