using System.Collections.Frozen;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// Sequences of words that are looked for in a text, all at once: one look-up for each word of the text, and one more for
/// each word that goes on. A phrase is written as words with choices and optional choices: <c>stop (the|these)? texts</c>;
/// <c>*</c> is any word, <c>^</c> before the first word holds it to the beginning of the text, <c>$</c> as the last one to its end.
/// </summary>
internal sealed class PhraseTree
{
    private const int NoPhrase = int.MaxValue;

    private readonly Node _anywhere;
    private readonly Node _atStart;

    public PhraseTree(params string[] phrases)
    {
        Phrases = phrases;
        var (anywhere, atStart) = (new Branch(), new Branch());
        for (var i = 0; i < phrases.Length; i++)
        {
            var isHeld = phrases[i].StartsWith('^');
            foreach (var words in Written(phrases[i].TrimStart('^')))
                (isHeld ? atStart : anywhere).Add(words, i);
        }

        (_anywhere, _atStart) = (anywhere.Freeze(), atStart.Freeze());
    }

    public IReadOnlyList<string> Phrases { get; }

    /// <summary>Words that begin a phrase somewhere in a text.</summary>
    public IEnumerable<string> Beginnings => _anywhere.Next.Keys.Concat(_atStart.Next.Keys);

    /// <summary>The first phrase in the text; of several that begin at the same word the one that is listed first, and of its forms the longest.</summary>
    /// <returns>Zero words when there is none.</returns>
    public (int First, int Count) Find(FoldedText text)
    {
        for (var first = 0; first < text.Count; first++)
        {
            if (LengthAt(text, first) is var count and > 0)
                return (first, count);
        }

        return default;
    }

    /// <returns>How many words the phrase that begins here has; zero when none does.</returns>
    public int LengthAt(FoldedText text, int first)
    {
        var best = (Order: NoPhrase, Words: 0);
        if (first == 0)
            Walk(_atStart, text, 0, 0, ref best);
        Walk(_anywhere, text, first, 0, ref best);
        return best.Words;
    }

    private static void Walk(Node node, FoldedText text, int word, int depth, ref (int Order, int Words) best)
    {
        if (node.Order < best.Order || (node.Order == best.Order && node.Order != NoPhrase && depth > best.Words))
            best = (node.Order, depth);
        if (word == text.Count)
        {
            if (node.End < best.Order)
                best = (node.End, depth);
            return;
        }

        if (node.Look.TryGetValue(text[word], out var next))
            Walk(next, text, word + 1, depth + 1, ref best);
        if (node.Any is { } any)
            Walk(any, text, word + 1, depth + 1, ref best);
    }

    private static List<string[]> Written(string phrase)
    {
        IEnumerable<string[]> forms = [[]];
        foreach (var part in Parts(phrase))
        {
            var choices = part.TrimEnd('?').Trim('(', ')').Split('|').ToList();
            if (part.EndsWith('?'))
                choices.Add("");
            var before = forms.ToList();
            forms = before.SelectMany(form => choices.Select(choice => (string[])[.. form, .. choice.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));
        }

        return [.. forms.Where(form => form.Length > 0)];
    }

    /// <summary>Words and choices, each with its question mark.</summary>
    private static IEnumerable<string> Parts(string phrase)
    {
        var (start, isChoice) = (0, false);
        for (var i = 0; i <= phrase.Length; i++)
        {
            if (i < phrase.Length && (isChoice || phrase[i] != ' '))
            {
                isChoice = phrase[i] == '(' || (isChoice && phrase[i] != ')');
                continue;
            }

            if (i > start)
                yield return phrase[start..i];
            start = i + 1;
        }
    }

    private sealed record Node(FrozenDictionary<string, Node> Next, Node? Any, int Order, int End)
    {
        public FrozenDictionary<string, Node>.AlternateLookup<ReadOnlySpan<char>> Look { get; } = Next.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private sealed class Branch
    {
        private readonly Dictionary<string, Branch> _next = new(StringComparer.Ordinal);
        private Branch? _any;
        private int _order = NoPhrase;
        private int _end = NoPhrase;

        public void Add(IReadOnlyList<string> words, int order)
        {
            var at = this;
            foreach (var word in words.Where(w => w != "$"))
                at = word == "*" ? at._any ??= new Branch() : at.Next(FoldedText.Of(word).Joined.ToString());
            if (words[^1] == "$")
                at._end = Math.Min(at._end, order);
            else
                at._order = Math.Min(at._order, order);
        }

        public Node Freeze() =>
            new(_next.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.Freeze(), StringComparer.Ordinal), _any?.Freeze(), _order, _end);

        private Branch Next(string word) => _next.TryGetValue(word, out var known) ? known : _next[word] = new Branch();
    }
}
