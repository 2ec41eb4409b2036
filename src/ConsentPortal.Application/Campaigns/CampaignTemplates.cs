using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The words for one person, and why in this language.</summary>
internal readonly record struct ChosenTemplate(MessageTemplate Template, string? Language, LanguageMatch Match);

/// <summary>The texts of a campaign in all their languages, each read once and used for everybody who gets it.</summary>
internal sealed class CampaignTemplates
{
    private readonly Dictionary<char, TextInLanguages> _texts = [];
    private readonly string? _usual;

    private CampaignTemplates(string? usual) => _usual = usual;

    /// <summary>Every text in every language.</summary>
    public IEnumerable<MessageTemplate> All => _texts.Values.SelectMany(text => text.Further.Values.Prepend(text.Usual));

    /// <summary>The custom attributes that any of them names, each once.</summary>
    public IReadOnlyList<string> Attributes => [.. All.SelectMany(template => template.Attributes).Distinct(StringComparer.Ordinal)];

    public static Result<CampaignTemplates> Parse(Campaign campaign)
    {
        var parsed = new CampaignTemplates(campaign.Language);
        foreach (var text in campaign.Texts)
        {
            if (!MessageTemplate.Parse(text.Body).TryGet(out var template, out var refused))
                return refused;
            parsed._texts[text.Variant] = new TextInLanguages(template, new Dictionary<string, MessageTemplate>(StringComparer.Ordinal));
        }

        foreach (var text in campaign.Translations)
        {
            if (!MessageTemplate.Parse(text.Body).TryGet(out var template, out var refused))
                return refused;
            parsed._texts[text.Variant].Further[text.Language] = template;
        }

        return parsed;
    }

    /// <param name="variant">Null for a campaign with one text.</param>
    /// <param name="reads">The person's language; null where nobody knows it.</param>
    public ChosenTemplate Of(char? variant, string? reads)
    {
        var text = _texts[variant ?? CampaignText.First];
        var (language, match) = TextLanguage.For(reads, _usual, text.Further.Keys);
        return new ChosenTemplate(language is null ? text.Usual : text.Further.GetValueOrDefault(language, text.Usual), language, match);
    }

    private sealed record TextInLanguages(MessageTemplate Usual, Dictionary<string, MessageTemplate> Further);
}
