namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>Keywords with one letter wrong, missing, too many, or two neighbours swapped: "sotp", "unsubcribe" (T5).</summary>
internal static class Misspelling
{
    private const int ShortestKeyword = 4;

    // Short words of other languages have too many ordinary neighbours.
    private const int ShortestOfOthers = 6;

    private static readonly string[] Targets =
    [
        .. KeywordList.Definitive.Where(word => word.Length >= ShortestKeyword),
        .. KeywordList.OptOut.Where(word => word.Length >= ShortestOfOthers && word.All(char.IsAsciiLetter)),
    ];

    /// <returns>The keyword that was meant, or null.</returns>
    public static string? Of(string word)
    {
        if (word.Length < ShortestKeyword - 1 || KeywordList.NoMisspelling.Contains(word) || KeywordList.OptIn.Contains(word) || KeywordList.Help.Contains(word))
            return null;
        foreach (var target in Targets)
        {
            if (Math.Abs(target.Length - word.Length) <= 1 && IsOneApart(word, target))
                return target;
        }

        return null;
    }

    private static bool IsOneApart(string word, string target)
    {
        var start = 0;
        while (start < word.Length && start < target.Length && word[start] == target[start])
            start++;
        var restOfWord = word.AsSpan(start);
        var restOfTarget = target.AsSpan(start);
        if (restOfWord.Length == restOfTarget.Length)
        {
            return restOfWord.Length > 0
                && (restOfWord[1..].SequenceEqual(restOfTarget[1..])
                    || (restOfWord.Length > 1 && restOfWord[0] == restOfTarget[1] && restOfWord[1] == restOfTarget[0] && restOfWord[2..].SequenceEqual(restOfTarget[2..])));
        }

        return restOfWord.Length < restOfTarget.Length ? restOfWord.SequenceEqual(restOfTarget[1..]) : restOfTarget.SequenceEqual(restOfWord[1..]);
    }
}
