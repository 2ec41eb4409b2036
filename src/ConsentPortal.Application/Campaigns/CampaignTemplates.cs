using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The texts of a campaign, each read once and used for everybody who drew it.</summary>
internal sealed class CampaignTemplates
{
    private readonly Dictionary<char, MessageTemplate> _templates = [];

    private CampaignTemplates()
    {
    }

    public static Result<CampaignTemplates> Parse(IReadOnlyList<CampaignText> texts)
    {
        var parsed = new CampaignTemplates();
        foreach (var text in texts)
        {
            if (!MessageTemplate.Parse(text.Body).TryGet(out var template, out var refused))
                return refused;
            parsed._templates[text.Variant] = template;
        }

        return parsed;
    }

    /// <param name="variant">Null for a campaign with one text.</param>
    public MessageTemplate Of(char? variant) => _templates[variant ?? CampaignText.First];
}
