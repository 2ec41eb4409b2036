using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;

namespace ConsentPortal.Domain.Messaging.Linting;

/// <summary>The text as people of one language would read it.</summary>
/// <param name="Language">ISO 639-1; null for people whose language is not known.</param>
/// <param name="Usual">With a name of a few plain letters.</param>
/// <param name="Longest">With names of <see cref="TextDraft.LongestName"/> letters.</param>
/// <param name="Accented">The same names with a letter that is not in the seven-bit alphabet.</param>
public sealed record DraftReading(string? Language, MessageBody Usual, MessageBody Longest, MessageBody Accented);

/// <summary>A text before anybody gets it, with all that the linter may know of those who would.</summary>
public sealed record TextDraft
{
    /// <summary>Letters of the longest name that is reckoned with: longer first or last names are rarer than one in a thousand.</summary>
    public const int LongestName = 20;

    /// <summary>As it is written, with its merge fields.</summary>
    public required string Template { get; init; }

    /// <summary>One for each language; empty while the merge fields can't be read.</summary>
    public required IReadOnlyList<DraftReading> Readings { get; init; }

    public required MessageClass MessageClass { get; init; }

    public required string Brand { get; init; }

    public required SenderFacts Sender { get; init; }

    /// <summary>ISO 3166 codes of the numbers and addresses that would be texted; empty while nobody knows.</summary>
    public required IReadOnlyList<string> Countries { get; init; }

    public required PolicyVersion Policy { get; init; }

    /// <summary>When the text would leave (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Merge fields for which somebody may have no value.</summary>
    public IReadOnlyList<string> FieldsThatMayBeMissing { get; init; } = [];

    /// <summary>Merge fields of the text for custom attributes that there are not, or no more.</summary>
    public IReadOnlyList<string> FieldsThatAreGone { get; init; } = [];

    /// <summary>Custom attributes that the text names and that are marked as sensitive, as staff call them.</summary>
    public IReadOnlyList<string> SensitiveFields { get; init; } = [];

    /// <summary>Whether the field preferencesLink leads somewhere.</summary>
    public bool HasPreferencePages { get; init; }

    /// <summary>The portal's own name on the web, under which counted links lead on: whatever it looks like, it is no public shortener. Null where it has none.</summary>
    public string? OwnHost { get; init; }

    /// <summary>Whether an earlier text of the same purpose said how to stop in the 30 days before <see cref="At"/>.</summary>
    public bool ToldHowToStopThisMonth { get; init; }
}
