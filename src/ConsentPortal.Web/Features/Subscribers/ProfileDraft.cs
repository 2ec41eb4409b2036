using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Policy.Places;
using ConsentPortal.Domain.Preferences;

namespace ConsentPortal.Web.Features.Subscribers;

/// <summary>What a form holds of a person, besides the number.</summary>
public sealed class ProfileDraft
{
    private const int LongestCode = 8;

    public string FirstName { get; set; } = "";

    public string LastName { get; set; } = "";

    public string ExternalId { get; set; } = "";

    public string? Language { get; set; }

    public string? Country { get; set; }

    public string? State { get; set; }

    /// <summary>The code by which rules know it, also where its name was written; in capitals where the country's states are not all known.</summary>
    public string? StateCode => Text(State) is { } state ? StateNames.Code(Country ?? "", state) ?? state.ToUpperInvariant() : null;

    public string? Zone { get; set; }

    public FrequencyPreference Frequency { get; set; }

    public SubscriberProfile Profile => new(Text(FirstName), Text(LastName), Text(ExternalId));

    /// <summary>Why it can't be saved as it stands; null when it can.</summary>
    public string? WhyNot =>
        Language is { Length: > 0 } language && (language.Trim().Length != 2 || !language.Trim().All(char.IsAsciiLetter)) ? "Enter the language as two letters, such as en or es, or leave it empty."
        : State is { Length: > 0 } && Country is null ? "Choose the country to which the state belongs."
        : Text(State) is { } state && StateNames.AreAllKnown(Country) && StateNames.Code(Country!, state) is null ? $"{PersonWords.Country(Country)} has no {state}. Write the state's code or name, so that its rules are applied, or leave it empty."
        : StateCode is { Length: > LongestCode } ? $"Write the state by its code of at most {LongestCode} characters, or leave it empty."
        : null;

    public static ProfileDraft Of(SubscriberDetails person) => new()
    {
        FirstName = person.Profile.FirstName ?? "", LastName = person.Profile.LastName ?? "", ExternalId = person.Profile.ExternalId ?? "", Language = person.Language,
        Country = person.Declared.Region, State = person.Declared.State, Zone = person.Declared.Zone, Frequency = person.Frequency,
    };

    /// <summary>Trimmed; nothing rather than an empty text.</summary>
    public static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}
