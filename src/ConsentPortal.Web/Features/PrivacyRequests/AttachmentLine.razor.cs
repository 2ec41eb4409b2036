using ConsentPortal.Application.PrivacyRequests.Attachments;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.PrivacyRequests;

/// <summary>One file of a request; whoever may not hand it out sees what it is and not its name, which often names the person.</summary>
public sealed partial class AttachmentLine
{
    private bool _isRemoving;
    private string _reason = "";

    [Parameter, EditorRequired]
    public required PrivacyRequestId Request { get; set; }

    [Parameter, EditorRequired]
    public required AttachmentView File { get; set; }

    [Parameter]
    public bool MayWork { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>With the reason.</summary>
    [Parameter]
    public EventCallback<string> OnRemove { get; set; }
}
