namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// Reads a text from a handset. Pure, and total: every text gets an answer. What is certain is acted on at once, what may
/// be a wish to stop is held for a person, and nothing that is neither changes a consent. The tiers are those of the
/// opt-out language in README.md beside this file. Each word of a text costs one or two look-ups, however long the text.
/// </summary>
public static class OptOutMatcher
{
    // A joined pair that is shorter than this is too often two ordinary words.
    private const int ShortestPair = 5;

    /// <summary>Names the lists of today, in hexadecimal: another value means that a word or phrase was added or taken away.</summary>
    public static string ListsHash { get; } = KeywordList.Hash();

    /// <param name="brand">The sender's brand, which is filler beside a keyword: "stop aurora".</param>
    public static TextMeaning Match(string text, string? brand = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = FoldedText.Of(text);
        if (folded.Count == 0)
            return TextMeaning.Nothing;
        var uses = Uses(folded);
        return Whole(folded, uses, brand)
            ?? ((uses & WordUse.Phrase) == 0 ? null : Phrase(folded))
            ?? (folded.Count > 2 ? null : Misspelled(folded, brand))
            ?? Unsure(folded, uses)
            ?? TextMeaning.Nothing;
    }

    /// <summary>What the words of a text are used for, taken together: most texts have nothing that any list knows.</summary>
    private static WordUse Uses(FoldedText text)
    {
        var uses = WordUse.None;
        for (var i = 0; i < text.Count; i++)
            uses |= KeywordList.Find(text[i]).Uses;
        return uses;
    }

    private static TextMeaning? Whole(FoldedText text, WordUse uses, string? brand)
    {
        var whole = KeywordList.Find(text.Joined);
        if (whole.Is(WordUse.OptOut))
            return whole.Is(WordUse.Definitive) ? new TextMeaning(TextAction.OptOut, "T1", "US-12", whole.Word) : new TextMeaning(TextAction.OptOut, "T2", "CT-05", whole.Word);
        // A short text may be a keyword in pieces; a long one is only made of keywords if it has some.
        if (text.Joined.Length > KeywordList.Longest && (uses & (WordUse.OptOut | WordUse.Help | WordUse.OptIn | WordUse.Confirm | WordUse.Filler)) == 0 && brand is null)
            return null;
        var rest = Rest.Of(text, brand);
        if (rest.Joined.Is(WordUse.Help))
            return new TextMeaning(TextAction.Help, null, "CT-10", rest.Joined.Word);
        if (rest.Joined.Is(WordUse.OptIn))
            return new TextMeaning(TextAction.OptIn, null, "CT-07", rest.Joined.Word);
        if (rest.Joined.Is(WordUse.Confirm))
            return new TextMeaning(TextAction.Confirm, null, "EU-24", rest.Joined.Word);
        if (rest.Joined.Is(WordUse.OptOut))
            return new TextMeaning(TextAction.OptOut, "T3", "CT-05", rest.Joined.Word);
        // "stop stop stop" and "stop unsubscribe" are as clear as one of them.
        return rest.FirstOptOut is { } word ? new TextMeaning(TextAction.OptOut, "T3", "CT-05", word) : null;
    }

    private static TextMeaning? Phrase(FoldedText text)
    {
        if (OptOutPhrases.FindWrongNumber(text) is { } wrong)
            return new TextMeaning(TextAction.OptOut, "T4", "US-26", wrong, IsWrongNumber: true);
        return OptOutPhrases.Find(text) is { } phrase ? new TextMeaning(TextAction.OptOut, "T4", "US-13", phrase) : null;
    }

    private static TextMeaning? Misspelled(FoldedText text, string? brand)
    {
        var meant = Misspelling.Of(text.Joined, isInPieces: text.Count > 1) ?? (Rest.Of(text, brand) is { Count: 1, Only: var only } ? Misspelling.Of(text[only], isInPieces: false) : null);
        return meant is null ? null : new TextMeaning(TextAction.OptOut, "T5", "US-13", meant);
    }

    private static TextMeaning? Unsure(FoldedText text, WordUse uses)
    {
        var isInnocent = false;
        for (var i = 0; i < text.Count; i++)
        {
            if ((uses & WordUse.Phrase) != 0 && OptOutPhrases.InnocentAt(text, i) is var innocent and > 0)
            {
                (i, isInnocent) = (i + innocent - 1, true);
                continue;
            }

            if (Doubt(text, i) is { } word)
                return new TextMeaning(TextAction.Review, "T6", "US-13", word);
        }

        if ((uses & WordUse.Phrase) != 0 && OptOutPhrases.FindUnclear(text) is { } phrase)
            return new TextMeaning(TextAction.Review, "T6", "US-13", phrase);
        return isInnocent ? new TextMeaning(TextAction.None, "T7") : null;
    }

    /// <returns>The keyword or threat at this word, or null.</returns>
    private static string? Doubt(FoldedText text, int i)
    {
        var word = KeywordList.Find(text[i]);
        if ((word.Is(WordUse.OptOut) && !word.Is(WordUse.OnlyAlone)) || word.Is(WordUse.Alarm))
            return word.Word;
        if (text.HasWideLetters && Inside(text[i]) is { } inside)
            return inside;
        if (i + 1 == text.Count || text.Between(i, i + 1) is not { Length: >= ShortestPair } both)
            return null;
        var pair = KeywordList.Find(both);
        return pair.Is(WordUse.OptOut) && !pair.Is(WordUse.OnlyAlone) ? pair.Word : null;
    }

    /// <summary>A keyword of a script that puts no spaces between words.</summary>
    private static string? Inside(ReadOnlySpan<char> word)
    {
        foreach (var keyword in KeywordList.Wide)
        {
            var at = word.IndexOf(keyword, StringComparison.Ordinal);
            // A syllable that goes on with a final consonant is another syllable: 거북 is a turtle and not 거부.
            if (at >= 0 && (at + keyword.Length == word.Length || word[at + keyword.Length] is not (>= '\u11A8' and <= '\u11FF')))
                return keyword;
        }

        return null;
    }

    /// <summary>A text without its filler.</summary>
    /// <param name="Count">Words that are left.</param>
    /// <param name="Only">The last of them.</param>
    /// <param name="Joined">They are this keyword together.</param>
    /// <param name="FirstOptOut">Each of them ends consent on its own; this is the first one.</param>
    private readonly record struct Rest(int Count, int Only, Keyword Joined, string? FirstOptOut)
    {
        public static Rest Of(FoldedText text, string? brand)
        {
            var names = brand is null ? null : FoldedText.Of(brand);
            Span<char> joined = stackalloc char[KeywordList.Longest];
            var (count, only, length, first, all) = (0, -1, 0, (string?)null, true);
            for (var i = 0; i < text.Count; i++)
            {
                var word = KeywordList.Find(text[i]);
                if (word.Is(WordUse.Filler) || (names is not null && IsOneOf(names, text[i])))
                    continue;
                (count, only, all) = (count + 1, i, all && word.Is(WordUse.OptOut));
                first ??= word.Word;
                if (length + text[i].Length <= joined.Length)
                    text[i].CopyTo(joined[length..]);
                length += text[i].Length;
            }

            return new Rest(count, only, length <= joined.Length ? KeywordList.Find(joined[..length]) : default, all && count > 0 ? first : null);
        }

        private static bool IsOneOf(FoldedText names, ReadOnlySpan<char> word)
        {
            for (var i = 0; i < names.Count; i++)
            {
                if (word.SequenceEqual(names[i]))
                    return true;
            }

            return false;
        }
    }
}
