using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;

namespace ConsentPortal.Application.Campaigns;

/// <summary>A value that a text may take up.</summary>
/// <param name="MayBeMissing">Then the text has to say what stands in its place.</param>
public sealed record MergeField(string Name, string Meaning, bool MayBeMissing, Func<MergeValues, string?> Value)
{
    public static IReadOnlyList<MergeField> All { get; } =
    [
        new("firstName", "The person's first name", true, v => v.FirstName),
        new("lastName", "The person's last name", true, v => v.LastName),
        new("brand", "The brand that the person agreed to", false, v => v.Brand),
        new("stopLine", "How to stop, in the person's language", false, v => v.StopLine),
    ];
}

/// <summary>What the merge fields are for one person.</summary>
public sealed record MergeValues(string? FirstName, string? LastName, string Brand, string StopLine)
{
    public static MergeValues Of(PersonFacts person, Purpose purpose) => new(
        Known(person.Opened?.Profile.FirstName), Known(person.Opened?.Profile.LastName), purpose.Brand, Campaigns.StopLine.In(person.Language));

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
