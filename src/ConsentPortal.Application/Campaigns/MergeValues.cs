using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A value that a text may take up.</summary>
/// <param name="MayBeMissing">Then the text has to say what stands in its place.</param>
public sealed record MergeField(string Name, string Meaning, bool MayBeMissing, Func<MergeValues, string?> Value)
{
    public const string PreferencesLink = "preferencesLink";

    /// <summary>Before the name of a custom attribute: attribute.favourite_store.</summary>
    public const string Attribute = "attribute";

    public static IReadOnlyList<MergeField> All { get; } =
    [
        new("firstName", "The person's first name", true, v => v.FirstName),
        new("lastName", "The person's last name", true, v => v.LastName),
        new("brand", "The brand that the person agreed to", false, v => v.Brand),
        new("stopLine", "How to stop, in the person's language", false, v => v.StopLine),
        new(PreferencesLink, "The person's own page; empty while the setting PublicPages:Address is missing", true, v => v.PreferencesLink),
    ];

    /// <summary>A value that a program hands in with a stored text.</summary>
    internal static MergeField OfProgram(string name) => new(name, "A value that the program hands in", false, v => v.Own?.GetValueOrDefault(name));

    /// <summary>A custom attribute, whether there is one of this name or not: that is asked of the database (<see cref="AttributeFields"/>).</summary>
    internal static MergeField OfAttribute(string name) => new(name, "A custom attribute of the person", true, v => v.Attributes?.GetValueOrDefault(name)?.Text);

    internal bool IsAttribute => Name.StartsWith(Attribute + ".", StringComparison.Ordinal);
}

/// <summary>What the merge fields are for one person.</summary>
/// <param name="PreferencesLink">Made only for texts that use it.</param>
public sealed record MergeValues(string? FirstName, string? LastName, string Brand, string StopLine, string? PreferencesLink = null)
{
    /// <summary>What a program hands in with a stored text, by name.</summary>
    public IReadOnlyDictionary<string, string>? Own { get; init; }

    /// <summary>What the person has of the custom attributes that the text names, by field.</summary>
    public IReadOnlyDictionary<string, AttributeWords>? Attributes { get; init; }

    /// <param name="language">Of the words: taken where nobody knows what the person reads.</param>
    public static MergeValues Of(PersonFacts person, Purpose purpose, MessageTemplate template, PublicAddress address, string? language = null) => new(
        Known(person.Opened?.Profile.FirstName), Known(person.Opened?.Profile.LastName), purpose.Brand, Campaigns.StopLine.In(person.Language ?? language),
        template.Uses(MergeField.PreferencesLink) ? address.PreferencesOf(person.PeriodId) : null);

    /// <param name="attributes">Values of the batch to which the person belongs. They are written in the language of the words.</param>
    internal static MergeValues Of(PersonFacts person, Purpose purpose, MessageTemplate template, PublicAddress address, string? language, AttributesOfPeople attributes) =>
        Of(person, purpose, template, address, language) with { Attributes = attributes.Of(person.Id, language ?? person.Language) };

    private static string? Known(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

/// <summary>The words that say how to stop. They use the seven-bit alphabet only, so that none of them doubles the parts of a text.</summary>
public static class StopLine
{
    /// <param name="language">ISO 639-1; English where there is none of that language.</param>
    public static string In(string? language) => language?.Split('-')[0].ToLowerInvariant() switch
    {
        "es" => "Responde STOP para cancelar.",
        "fr" => "STOP pour ne plus recevoir de SMS.",
        "de" => "STOP zum Abmelden.",
        _ => "Reply STOP to opt out.",
    };
}
