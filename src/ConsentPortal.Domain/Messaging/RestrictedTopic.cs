using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging;

/// <summary>Subjects that carriers bar or restrict (CT-15): sex, hate, alcohol, firearms, tobacco, cannabis, and money traps.</summary>
public enum RestrictedTopic
{
    None = 0,
    Sex = 1,
    Hate = 2,
    Alcohol = 3,
    Firearms = 4,
    Tobacco = 5,
    Cannabis = 6,
    Loans = 7,
    Gambling = 8,
}

internal static partial class RestrictedTopics
{
    private static readonly (RestrictedTopic Topic, Regex Words)[] Lists =
    [
        (RestrictedTopic.Sex, Sex()), (RestrictedTopic.Hate, Hate()), (RestrictedTopic.Firearms, Firearms()),
        (RestrictedTopic.Cannabis, Cannabis()), (RestrictedTopic.Loans, Loans()), (RestrictedTopic.Gambling, Gambling()),
        (RestrictedTopic.Alcohol, Alcohol()), (RestrictedTopic.Tobacco, Tobacco()),
    ];

    /// <summary>Alcohol and tobacco may go to an audience that passed an age gate; the others to nobody.</summary>
    public static bool IsLawfulWithAgeGate(this RestrictedTopic topic) => topic is RestrictedTopic.Alcohol or RestrictedTopic.Tobacco;

    /// <summary>The gravest topic that the words touch, and the word that showed it.</summary>
    public static (RestrictedTopic Topic, string? Word) Find(string text)
    {
        foreach (var (topic, words) in Lists)
        {
            if (words.Match(text) is { Success: true } match)
                return (topic, match.Value);
        }

        return (RestrictedTopic.None, null);
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(porn\w*|xxx|nudes?|escorts?|sex toys?|onlyfans|adult (videos?|content)|hookups?)\b", Options, 2000)]
    private static partial Regex Sex();

    [GeneratedRegex(@"\b(white power|white supremacy|race war|ethnic cleansing|heil hitler)\b", Options, 2000)]
    private static partial Regex Hate();

    [GeneratedRegex(@"\b(firearms?|handguns?|pistols?|rifles?|shotguns?|ammo|ammunition|ar-?15|glock|silencers?|gun (shop|show|sale)s?)\b", Options, 2000)]
    private static partial Regex Firearms();

    [GeneratedRegex(@"\b(cannabis|marijuana|cbd|thc|hemp|weed|dispensary|kratom|edibles|delta-?[89])\b", Options, 2000)]
    private static partial Regex Cannabis();

    [GeneratedRegex(@"\b(payday loans?|cash advance|debt (relief|consolidation|forgiveness)|credit repair|get rich quick|work from home)\b", Options, 2000)]
    private static partial Regex Loans();

    [GeneratedRegex(@"\b(casinos?|gambling|sports ?betting|betting odds|slot machines?|poker|free spins|sweepstakes?)\b", Options, 2000)]
    private static partial Regex Gambling();

    [GeneratedRegex(@"\b(alcohol|beers?|wines?|vodka|whiske?y|tequila|rum|gin|liquor|cocktails?|happy hour|brewery|champagne)\b", Options, 2000)]
    private static partial Regex Alcohol();

    [GeneratedRegex(@"\b(tobacco|cigarettes?|cigars?|vapes?|vaping|e-?cig(arette)?s?|nicotine|juul|hookah|snus)\b", Options, 2000)]
    private static partial Regex Tobacco();
}
