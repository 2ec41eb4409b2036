using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>Letters, mails and identity papers that came with a request, and the act that deletes the latter once they were seen.</summary>
public sealed partial class AttachmentsPanel(RequestAttachments attachments, AttachToRequest attach, RemoveAttachment remove, DeleteIdentityPapers deletePapers)
{
    private IReadOnlyList<AttachmentView> _files = [];
    private PrivacyRequestView? _shown;
    private AttachmentKind? _kind;
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required PrivacyRequestView Request { get; set; }

    /// <summary>Something changed that the request's activity tells of.</summary>
    [Parameter]
    public EventCallback OnDone { get; set; }

    private bool MayWork => Actor.May(Permissions.HandlePrivacyRequests);

    private int PapersToDelete => Request is { IsOpen: true, NeedsVerification: true, VerifiedAt: null } ? 0 : _files.Count(f => f is { IsKept: true, Kind: AttachmentKind.IdentityPaper });

    protected override async Task OnParametersSetAsync()
    {
        if (ReferenceEquals(_shown, Request))
            return;
        _shown = Request;
        _files = await attachments.OfAsync(Actor, Request.Id, Closing);
    }

    private Task AttachAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        if (_kind is not { } kind || !(await EvidenceUpload.TakeLetterAsync(chosen.File, Closing)).TryGet(out var file, out _problem))
            return;
        if ((await attach.ExecuteAsync(Actor, Request.Id, kind, file, Closing)).TryGet(out _, out _problem))
        {
            _kind = null;
            Say("The file is kept, sealed with the person's key.", MudBlazor.Severity.Success);
        }

        await OnDone.InvokeAsync();
    });

    private Task RemoveAsync(AttachmentView file, string reason) => RunAsync(async () =>
    {
        if ((await remove.ExecuteAsync(Actor, Request.Id, file.Id, reason, Closing)).TryGet(out _, out _problem))
            Say("The file was removed; no copy is kept.", MudBlazor.Severity.Success);
        await OnDone.InvokeAsync();
    });

    private Task DeletePapersAsync() => RunAsync(async () =>
    {
        if ((await deletePapers.ExecuteAsync(Actor, Request.Id, Closing)).TryGet(out _, out _problem))
            Say("The identity papers were deleted; the activity notes that they were seen.", MudBlazor.Severity.Success);
        await OnDone.InvokeAsync();
    });
}
