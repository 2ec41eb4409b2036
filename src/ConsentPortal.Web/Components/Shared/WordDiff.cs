using System.Text.RegularExpressions;

namespace ConsentPortal.Web.Components.Shared;

public enum DiffKind
{
    Same = 0,
    Removed = 1,
    Added = 2,
}

public sealed record DiffPart(DiffKind Kind, string Text);

/// <summary>
/// What changed between two texts, word by word (longest common subsequence). Leaving out what was added gives the old
/// text again, leaving out what was removed the new one. Long texts are compared as a whole: the work grows with the
/// product of the word counts.
/// </summary>
public static partial class WordDiff
{
    private const int MostComparisons = 1_000_000;

    public static IReadOnlyList<DiffPart> Between(string before, string after)
    {
        string[] old = [.. Words().Matches(before).Select(match => match.Value)];
        string[] @new = [.. Words().Matches(after).Select(match => match.Value)];
        return (long)old.Length * @new.Length > MostComparisons ? Joined(Replaced(before, after)) : Joined(Walk(old, @new, Lengths(old, @new)));
    }

    private static IEnumerable<DiffPart> Replaced(string before, string after) =>
        before == after ? [new DiffPart(DiffKind.Same, after)] : [new DiffPart(DiffKind.Removed, before), new DiffPart(DiffKind.Added, after)];

    /// <summary>Length of the longest common subsequence of the two tails that begin at each pair of positions.</summary>
    private static int[,] Lengths(string[] old, string[] @new)
    {
        var lengths = new int[old.Length + 1, @new.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = @new.Length - 1; j >= 0; j--)
                lengths[i, j] = old[i] == @new[j] ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }

    private static IEnumerable<DiffPart> Walk(string[] old, string[] @new, int[,] lengths)
    {
        var (i, j) = (0, 0);
        while (i < old.Length || j < @new.Length)
        {
            if (i < old.Length && j < @new.Length && old[i] == @new[j])
            {
                yield return new DiffPart(DiffKind.Same, old[i++]);
                j++;
            }
            else if (j == @new.Length || (i < old.Length && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                yield return new DiffPart(DiffKind.Removed, old[i++]);
            }
            else
            {
                yield return new DiffPart(DiffKind.Added, @new[j++]);
            }
        }
    }

    private static List<DiffPart> Joined(IEnumerable<DiffPart> parts)
    {
        var joined = new List<DiffPart>();
        foreach (var part in parts.Where(part => part.Text.Length > 0))
        {
            if (joined is [.., var last] && last.Kind == part.Kind)
                joined[^1] = last with { Text = last.Text + part.Text };
            else
                joined.Add(part);
        }

        return joined;
    }

    [GeneratedRegex(@"\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Words();
}
