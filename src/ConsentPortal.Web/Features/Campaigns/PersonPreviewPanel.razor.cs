using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
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

    private bool IsOld => _asked?.IsAs(Question) != true;

    /// <summary>Which language this person gets and why; null where there is one.</summary>
    private static string? Taken(PersonPreview shown)
    {
        if (shown.Language is not { Language: { } language, Match: var match })
            return null;
        var name = CampaignWording.OfLanguage(language);
        return match switch
        {
            LanguageMatch.Exact => $"In {name}, which they read.",
            LanguageMatch.Base => $"In {name}: they read {CampaignWording.OfLanguage(shown.Reads!)}, and there are no words of its own for that.",
            LanguageMatch.Usual when shown.Reads is { } reads => $"In {name}, the usual language: they read {CampaignWording.OfLanguage(reads)}, and this text is not there in it.",
            LanguageMatch.Usual => $"In {name}, the usual language: nobody knows which one they read.",
        };
    }

    private async Task ShowAsync(SubscriberId person)
    {
        (_asked, _problem) = (Question, null);
        var shown = await preview.ExecuteAsync(Actor, Question, person, CancellationToken.None);
        (_shown, _problem) = (shown.IsSuccess ? shown.Value : null, shown.Failure);
    }
}
