using System.Text;
using System.Text.Json;
using ConsentPortal.Domain;
using PhoneNumbers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// The spellings under which a person could still stand somewhere: their number as people and programs write it, their
/// full name both ways round, their id in another system. Lives in memory and nowhere else.
/// </summary>
internal sealed class PersonTraces
{
    // Shorter digits and words stand by chance in hashes and other people's data.
    private const int FewestDigits = 9;
    private const int FewestLetters = 5;

    private PersonTraces(IEnumerable<string> spellings) => Spellings = [.. spellings.Where(s => s.Length >= FewestLetters).Distinct(StringComparer.OrdinalIgnoreCase)];

    public IReadOnlyList<string> Spellings { get; }

    /// <summary>
    /// Why a reason can't be kept as it is: entries of the audit trail are never changed, so what names a person in them
    /// could not be erased later.
    /// </summary>
    /// <returns>Null for a text that names nobody, and for an erased person.</returns>
    public static Failure? Refusal(SubscriberVault vault, Subscriber person, string? reason) =>
        reason is not null && vault.Open(person) is { } opened && Of(opened).AreIn(reason) ? new ReasonNamesPerson() : null;

    /// <summary>Whether a text holds one of them.</summary>
    public bool AreIn(string text) => Spellings.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase));

    public static PersonTraces Of(OpenedSubscriber person) => Of(person.Phone.E164, person.Profile);

    public static PersonTraces Of(string e164, SubscriberProfile profile) => new([.. Number(e164), .. Names(profile), .. ExternalId(profile)]);

    /// <summary>The spellings of two records that are one person.</summary>
    public PersonTraces With(PersonTraces other) => new([.. Spellings, .. other.Spellings]);

    private static IEnumerable<string> Number(string e164)
    {
        var plans = PhoneNumberUtil.GetInstance();
        var number = plans.Parse(e164, null);
        var national = plans.GetNationalSignificantNumber(number);
        yield return e164;
        yield return e164[1..];
        if (national.Length >= FewestDigits)
            yield return national;
        var written = plans.Format(number, PhoneNumberFormat.INTERNATIONAL);
        yield return written;
        yield return plans.Format(number, PhoneNumberFormat.NATIONAL);
        var groups = written.Split(' ', '-').Skip(1).ToList();
        if (groups.Count > 1)
        {
            foreach (var between in new[] { " ", "-", ".", "/" })
                yield return string.Join(between, groups);
        }
    }

    private static IEnumerable<string> ExternalId(SubscriberProfile profile) =>
        profile.ExternalId?.Trim() is { } id && (id.Length >= FewestDigits || !id.All(char.IsAsciiDigit)) ? [id] : [];

    private static IEnumerable<string> Names(SubscriberProfile profile)
    {
        if (string.IsNullOrWhiteSpace(profile.FirstName) || string.IsNullOrWhiteSpace(profile.LastName))
            yield break;
        var (first, last) = (profile.FirstName.Trim(), profile.LastName.Trim());
        foreach (var name in new[] { $"{first} {last}", $"{last}, {first}", $"{last} {first}" })
        {
            yield return name;
            // As JSON writes it where it escapes everything beyond ASCII.
            yield return JsonEncodedText.Encode(name).ToString();
            yield return name.Normalize(NormalizationForm.FormD);
        }
    }
}
