using System.Text.RegularExpressions;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Messaging.Templates;

/// <summary>What a template's content has to be before it can be kept.</summary>
internal static partial class TemplateRules
{
    public const int LongestName = 60;
    public const int MostLanguages = 12;
    public const int MostValues = 20;
    public const int LongestValue = 200;

    /// <returns>The first thing that is wrong; null when nothing is.</returns>
    public static Failure? Refusal(TemplateContent content)
    {
        if (content.Values.Count > MostValues)
            return new FieldRefused("values", $"A text takes at most {MostValues} values. Nothing was kept.");
        if (content.Values.FirstOrDefault(value => !ValueName().IsMatch(value.Name) || value.Name == MergeField.Attribute || MergeField.All.Any(field => field.Name == value.Name)) is { } misnamed)
            return new FieldRefused("values", $"“{misnamed.Name}” can't be the name of a value. Nothing was kept; begin with a small letter, go on with letters and digits, and use none of the names that every text has.");
        if (content.Values.Select(value => value.Name).Distinct(StringComparer.Ordinal).Count() < content.Values.Count)
            return new FieldRefused("values", "Two values have the same name. Nothing was kept.");
        if (content.Values.FirstOrDefault(value => string.IsNullOrWhiteSpace(value.Example) || value.Example.Length > LongestValue) is { } bare)
            return new FieldRefused("values", $"The value {bare.Name} needs an example of at most {LongestValue} characters. Nothing was kept.");
        if (content.Texts.Count is 0 or > MostLanguages)
            return new FieldRefused("texts", $"A template has a text in 1 to {MostLanguages} languages. Nothing was kept.");
        return content.Texts.Select(text => Refusal(content, text)).FirstOrDefault(refused => refused is not null);
    }

    public static bool IsName(string name) => name.Length <= LongestName && Name().IsMatch(name);

    private static FieldRefused? Refusal(TemplateContent content, TemplateText text)
    {
        if (!Language().IsMatch(text.Language))
            return new FieldRefused("texts", "A language is two small letters, such as en. Nothing was kept.");
        if (content.Texts.Count(other => other.Language == text.Language) > 1)
            return new FieldRefused("texts", $"There are two texts in {text.Language}. Nothing was kept.");
        return MessageTemplate.Parse(text.Body, Names(content)).TryGet(out _, out var refused) ? null : new FieldRefused("texts", $"In {text.Language}: {refused.Message} Nothing was kept.");
    }

    public static IReadOnlyCollection<string> Names(TemplateContent content) => [.. content.Values.Select(value => value.Name)];

    [GeneratedRegex("^[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[a-z][A-Za-z0-9]{0,29}$", RegexOptions.None, 1000)]
    private static partial Regex ValueName();

    [GeneratedRegex("^[a-z]{2}$", RegexOptions.None, 1000)]
    private static partial Regex Language();
}
