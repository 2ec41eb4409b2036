using System.Collections.Frozen;

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

    private static readonly int LongestTarget = Targets.Max(word => word.Length);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Ordinary = KeywordList.NoMisspelling.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <param name="isInPieces">Two words that are looked at as one: a short one is too often something else, as in "is top".</param>
    /// <returns>The keyword that was meant, or null.</returns>
    public static string? Of(ReadOnlySpan<char> word, bool isInPieces)
    {
        if (word.Length < ShortestKeyword - 1 || word.Length > LongestTarget + 1 || Ordinary.Contains(word) || KeywordList.Find(word).Is(WordUse.OptIn | WordUse.Help))
            return null;
        foreach (var target in Targets)
        {
            if (Math.Abs(target.Length - word.Length) <= 1 && (!isInPieces || target.Length >= ShortestOfOthers) && IsOneApart(word, target))
                return target;
        }

        return null;
    }

    private static bool IsOneApart(ReadOnlySpan<char> word, ReadOnlySpan<char> target)
    {
        var start = 0;
        while (start < word.Length && start < target.Length && word[start] == target[start])
            start++;
        var restOfWord = word[start..];
        var restOfTarget = target[start..];
        if (restOfWord.Length == restOfTarget.Length)
        {
            return restOfWord.Length > 0
                && (restOfWord[1..].SequenceEqual(restOfTarget[1..])
                    || (restOfWord.Length > 1 && restOfWord[0] == restOfTarget[1] && restOfWord[1] == restOfTarget[0] && restOfWord[2..].SequenceEqual(restOfTarget[2..])));
        }

        return restOfWord.Length < restOfTarget.Length ? restOfWord.SequenceEqual(restOfTarget[1..]) : restOfTarget.SequenceEqual(restOfWord[1..]);
    }
}
