using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;
using ConsentPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;

namespace ConsentPortal.Web.Features.Purposes;

/// <summary>The form on which a version was shown, as pictures.</summary>
public sealed partial class WordingPictureList(WordingPictures pictures)
{
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required WordingDetails Version { get; set; }

    [Parameter]
    public bool MayEdit { get; set; }

    [Parameter]
    public EventCallback OnChanged { get; set; }

    private Task AttachAsync(InputFileChangeEventArgs chosen) => RunAsync(async () =>
    {
        if (!(await EvidenceUpload.TakeAsync(chosen.File, Closing)).TryGet(out var file, out _problem))
            return;
        if ((await pictures.AttachAsync(Actor, Version.Wording.Id, file, Closing)).TryGet(out _, out _problem))
            await OnChanged.InvokeAsync();
    });
}
