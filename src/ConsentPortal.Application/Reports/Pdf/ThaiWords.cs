namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Where one Thai word ends and the next begins, though nothing stands between them: a text is cut into as few words of a list as possible,
/// the longer one first where that is undecided. What no word covers, such as a name, stays whole.
/// </summary>
internal static class ThaiWords
{
    private const char First = '\u0E01';
    private const char Last = '\u0E5B';

    // What is not in the list costs more than what is, or names would be preferred to words.
    private const int Unknown = 2;

    private static readonly Lazy<HashSet<string>> Known = new(Read);
    private static readonly Lazy<int> Longest = new(() => Known.Value.Max(word => word.Length));

    /// <summary>The places where a line may begin inside stretches of Thai; null where there is no Thai.</summary>
    public static bool[]? Begins(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange(First, Last);
        if (at < 0)
            return null;
        var begins = new bool[text.Length];
        while (at < text.Length)
        {
            var length = text.AsSpan(at).IndexOfAnyExceptInRange(First, Last) is >= 0 and var rest ? rest : text.Length - at;
            Cut(text.AsSpan(at, length), begins.AsSpan(at, length));
            at += length;
            at = text.AsSpan(at).IndexOfAnyInRange(First, Last) is >= 0 and var next ? at + next : text.Length;
        }

        return begins;
    }

    private static void Cut(ReadOnlySpan<char> thai, Span<bool> begins)
    {
        var words = Known.Value.GetAlternateLookup<ReadOnlySpan<char>>();
        // From each place to the end: what it costs at least, and how long the first piece then is; negative where no word covers it.
        var (cost, piece) = (new int[thai.Length + 1], new int[thai.Length]);
        for (var at = thai.Length - 1; at >= 0; at--)
        {
            var next = at + 1;
            while (next < thai.Length && !MayBegin(thai, next))
                next++;
            (cost[at], piece[at]) = (cost[next] + Unknown, at - next);
            for (var length = Math.Min(Longest.Value, thai.Length - at); length > 0; length--)
            {
                var end = at + length;
                if ((end == thai.Length || MayBegin(thai, end)) && cost[end] + 1 < cost[at] && words.Contains(thai.Slice(at, length)))
                    (cost[at], piece[at]) = (cost[end] + 1, length);
            }
        }

        for (var (at, wasKnown) = (0, true); at < thai.Length; at += Math.Abs(piece[at]))
        {
            begins[at] = at > 0 && (wasKnown || piece[at] > 0);
            wasKnown = piece[at] > 0;
        }
    }

    /// <summary>Not before a vowel or a mark that belongs to the letter before it, nor behind a vowel that stands before its letter.</summary>
    private static bool MayBegin(ReadOnlySpan<char> thai, int at) =>
        thai[at] is not ('\u0E2F' or (>= '\u0E30' and <= '\u0E3A') or (>= '\u0E45' and <= '\u0E4E')) && thai[at - 1] is not (>= '\u0E40' and <= '\u0E44');

    private static HashSet<string> Read()
    {
        using var file = typeof(ThaiWords).Assembly.GetManifestResourceStream("ConsentPortal.Application.Reports.Words.Thai.txt") ?? throw new InvalidOperationException("The Thai words are not part of this build.");
        using var reader = new StreamReader(file);
        var words = new HashSet<string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } word)
            words.Add(word);
        return words;
    }
}
