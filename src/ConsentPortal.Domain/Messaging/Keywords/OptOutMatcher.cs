namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// Reads a text from a handset. Pure, and total: every text gets an answer. What is certain is acted on at once, what may
/// be a wish to stop is held for a person, and nothing that is neither changes a consent. The tiers are those of the
/// opt-out language in README.md beside this file.
/// </summary>
public static class OptOutMatcher
{
    /// <summary>Longer texts are read to here; nobody says stop after ten thousand characters of something else.</summary>
    private const int LongestRead = 2_000;

    /// <param name="brand">The sender's brand, which is filler beside a keyword: "stop aurora".</param>
    public static TextMeaning Match(string text, string? brand = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var folded = FoldedText.Of(text.Length > LongestRead ? text[..LongestRead] : text);
        if (folded.Tokens.Count == 0)
            return TextMeaning.Nothing;
        var rest = WithoutFiller(folded, brand);
        return Whole(folded, rest)
            ?? Phrase(folded)
            ?? Misspelled(folded, rest)
            ?? Unsure(folded)
            ?? TextMeaning.Nothing;
    }

    private static TextMeaning? Whole(FoldedText text, FoldedText rest)
    {
        if (KeywordList.Definitive.Contains(text.Joined))
            return new TextMeaning(TextAction.OptOut, "T1", "US-12", text.Joined);
        if (KeywordList.OptOut.Contains(text.Joined))
            return new TextMeaning(TextAction.OptOut, "T2", "CT-05", text.Joined);
        if (KeywordList.Help.Contains(rest.Joined))
            return new TextMeaning(TextAction.Help, null, "CT-10", rest.Joined);
        if (KeywordList.OptIn.Contains(rest.Joined))
            return new TextMeaning(TextAction.OptIn, null, "CT-07", rest.Joined);
        if (KeywordList.Confirm.Contains(rest.Joined))
            return new TextMeaning(TextAction.Confirm, null, "EU-24", rest.Joined);
        return rest.Tokens.Count > 0 && IsOptOut(rest) ? new TextMeaning(TextAction.OptOut, "T3", "CT-05", rest.Joined) : null;
    }

    // "stop stop stop" and "stop unsubscribe" are as clear as one of them.
    private static bool IsOptOut(FoldedText rest) => IsKeyword(rest.Joined) || rest.Tokens.All(IsKeyword);

    private static bool IsKeyword(string word) => KeywordList.Definitive.Contains(word) || KeywordList.OptOut.Contains(word);

    private static TextMeaning? Phrase(FoldedText text)
    {
        if (OptOutPhrases.FindWrongNumber(text) is { } wrong)
            return new TextMeaning(TextAction.OptOut, "T4", "US-26", wrong, IsWrongNumber: true);
        return OptOutPhrases.Find(text) is { } phrase ? new TextMeaning(TextAction.OptOut, "T4", "US-13", phrase) : null;
    }

    private static TextMeaning? Misspelled(FoldedText text, FoldedText rest)
    {
        if (text.Tokens.Count > 2)
            return null;
        var meant = Misspelling.Of(text.Joined) ?? (rest.Tokens.Count == 1 ? Misspelling.Of(rest.Joined) : null);
        return meant is null ? null : new TextMeaning(TextAction.OptOut, "T5", "US-13", meant);
    }

    private static TextMeaning? Unsure(FoldedText text)
    {
        var left = OptOutPhrases.WithoutInnocent(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in left)
        {
            if ((IsKeyword(word) && !KeywordList.MeaningfulOnlyAlone.Contains(word)) || KeywordList.Alarm.Contains(word))
                return new TextMeaning(TextAction.Review, "T6", "US-13", word);
        }

        for (var i = 0; i + 1 < left.Length; i++)
        {
            if (left[i] + left[i + 1] is var pair && pair.Length > 4 && IsKeyword(pair) && !KeywordList.MeaningfulOnlyAlone.Contains(pair))
                return new TextMeaning(TextAction.Review, "T6", "US-13", pair);
        }

        return left.Length < text.Tokens.Count ? new TextMeaning(TextAction.None, "T7") : null;
    }

    private static FoldedText WithoutFiller(FoldedText text, string? brand)
    {
        var names = brand is null ? [] : FoldedText.Of(brand).Tokens;
        return new FoldedText([.. text.Tokens.Where(word => !KeywordList.Filler.Contains(word) && !names.Contains(word))]);
    }
}
