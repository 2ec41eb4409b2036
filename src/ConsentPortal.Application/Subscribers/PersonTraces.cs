using System.Text;
using System.Text.Json;
using ConsentPortal.Domain;
using PhoneNumbers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>What somebody can be found by.</summary>
public enum TraceKind
{
    Number = 1,

    /// <summary>Of two words and more: one alone is somebody else's, too.</summary>
    Name = 2,

    /// <summary>Their id in another system.</summary>
    ExternalId = 3,
}

/// <param name="Text">The number as E.164; the words of a name in the order in which they are spoken, with one blank between two; the id.</param>
/// <param name="IsEarlier">The person had it before, or it stood in a record that went into theirs: what they write may not say it.</param>
internal sealed record PersonTrace(TraceKind Kind, string Text, bool IsEarlier = false);

/// <summary>
/// The spellings under which a person could still stand somewhere: their number as people and programs write it, their
/// full name both ways round, their id in another system. Lives in memory and nowhere else.
/// </summary>
/// <remarks>
/// A name that is kept in one field is a full name where it has several words; which of them is the last name is not known, so each may be.
/// One name alone, "Okafor", names the person too, but stands in the rows of everybody else of that name and, as a word like Will, in
/// any sentence. So it is looked for only as a whole word of four letters and more, and only where the person's own rows or a
/// reason written about them are read.
/// </remarks>
internal sealed class PersonTraces
{
    // Shorter digits and words stand by chance in hashes and other people's data.
    private const int FewestDigits = 9;
    private const int FewestLetters = 5;
    private const int FewestLettersAlone = 4;

    private PersonTraces(IEnumerable<PersonTrace> traces, IEnumerable<string> singleNames)
    {
        var spelled = traces.OrderBy(t => t.IsEarlier).DistinctBy(t => (t.Kind, t.Text.ToUpperInvariant())).Select(t => (Trace: t, Spellings: Spelled(t).Where(s => s.Length >= FewestLetters).ToList()))
            .Where(t => t.Spellings.Count > 0).ToList();
        Traces = [.. spelled.Select(t => t.Trace)];
        Spellings = [.. spelled.SelectMany(t => t.Spellings).Distinct(StringComparer.OrdinalIgnoreCase)];
        SingleNames = [.. singleNames.Where(n => n.Length >= FewestLettersAlone).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Each thing that is looked for, once; what is too short to be looked for is not among them.</summary>
    public IReadOnlyList<PersonTrace> Traces { get; }

    public IReadOnlyList<string> Spellings { get; }

    /// <summary>First and last name, each alone.</summary>
    public IReadOnlyList<string> SingleNames { get; }

    /// <summary>
    /// Why a reason can't be kept as it is: entries of the audit trail are never changed, so what names a person in them
    /// could not be erased later.
    /// </summary>
    /// <returns>Null for a text that names nobody, and for an erased person.</returns>
    public static Failure? Refusal(SubscriberVault vault, Subscriber person, string? reason) =>
        reason is not null && vault.Open(person) is { } opened && Of(opened) is var traces && (traces.AreIn(reason) || traces.IsNamedIn(reason)) ? new ReasonNamesPerson() : null;

    /// <summary>Whether a text holds one of them.</summary>
    public bool AreIn(string text) => Spellings.Any(s => text.Contains(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether one name alone stands in a text as names are written: "Will" is one, "will" is none.</summary>
    public bool IsNamedIn(string text) => SingleNames.Any(n => HasWord(text, Titled(n), StringComparison.Ordinal) || HasWord(text, n.ToUpperInvariant(), StringComparison.Ordinal));

    /// <summary>Whether one name alone stands in a text as a whole word, however it is written.</summary>
    public bool HasSingleName(string text) => SingleNames.Any(n => HasWord(text, n, StringComparison.OrdinalIgnoreCase));

    public static PersonTraces Of(OpenedSubscriber person) => Of(person.Phone.E164, person.Profile);

    public static PersonTraces Of(string e164, SubscriberProfile profile) => Of([e164], [profile], areEarlier: false);

    /// <summary>Of numbers (E.164) and profiles that are or were one person's.</summary>
    public static PersonTraces Of(IEnumerable<string> numbers, IReadOnlyCollection<SubscriberProfile> profiles, bool areEarlier) => new(
        [
            .. numbers.Select(e164 => new PersonTrace(TraceKind.Number, e164, areEarlier)),
            .. profiles.Select(p => new PersonTrace(TraceKind.Name, string.Join(' ', WordsOf(p.FullName)), areEarlier)),
            .. profiles.Where(p => p.ExternalId is not null).Select(p => new PersonTrace(TraceKind.ExternalId, p.ExternalId!.Trim(), areEarlier)),
        ],
        profiles.SelectMany(Alone));

    /// <summary>One of them by itself, without names that stand alone.</summary>
    public static PersonTraces Of(PersonTrace trace) => new([trace], []);

    /// <summary>The spellings of two records that are one person; what is earlier in one and of today in the other is of today.</summary>
    public PersonTraces With(PersonTraces other) => new([.. Traces, .. other.Traces], [.. SingleNames, .. other.SingleNames]);

    private static IEnumerable<string> Spelled(PersonTrace trace) => trace.Kind switch
    {
        TraceKind.Number => Number(trace.Text),
        TraceKind.Name => Name(WordsOf(trace.Text)),
        TraceKind.ExternalId => trace.Text.Length >= FewestDigits || !trace.Text.All(char.IsAsciiDigit) ? [trace.Text] : [],
    };

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

    private static IEnumerable<string> Alone(SubscriberProfile profile) =>
        new[] { profile.FirstName, profile.LastName }.OfType<string>().SelectMany(n => n.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Append(n.Trim()));

    private static string Titled(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    private static bool HasWord(string text, string word, StringComparison how)
    {
        for (var at = text.IndexOf(word, how); at >= 0; at = text.IndexOf(word, at + 1, how))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }

    private static string[] WordsOf(string name) => name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Name(string[] words)
    {
        for (var first = 1; first < words.Length; first++)
        {
            var (given, last) = (string.Join(' ', words[..first]), string.Join(' ', words[first..]));
            foreach (var name in new[] { $"{given} {last}", $"{last}, {given}", $"{last} {given}" })
            {
                yield return name;
                // As JSON writes it where it escapes everything beyond ASCII.
                yield return JsonEncodedText.Encode(name).ToString();
                yield return name.Normalize(NormalizationForm.FormD);
            }
        }
    }
}
