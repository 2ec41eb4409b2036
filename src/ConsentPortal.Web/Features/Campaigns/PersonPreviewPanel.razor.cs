using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>Asks for one person and shows the text by their name, with the decision of the rules. Each look is an entry in the audit trail, so nothing is looked up again by itself.</summary>
public sealed partial class PersonPreviewPanel(PreviewForPerson preview)
{
    private PersonPreview? _shown;
    private PreviewQuestion? _asked;
    private Failure? _problem;

    [Parameter, EditorRequired]
    public required Actor Actor { get; set; }

    /// <summary>The text as it stands now.</summary>
    [Parameter, EditorRequired]
    public required PreviewQuestion Question { get; set; }

    private bool IsOld => _asked != Question;

    private async Task ShowAsync(SubscriberId person)
    {
        (_asked, _problem) = (Question, null);
        var shown = await preview.ExecuteAsync(Actor, Question, person, CancellationToken.None);
        (_shown, _problem) = (shown.IsSuccess ? shown.Value : null, shown.Failure);
    }
}
