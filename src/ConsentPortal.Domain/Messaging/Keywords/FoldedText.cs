using System.Diagnostics.CodeAnalysis;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// A text as keywords are compared: compatibility forms made plain, lower case, without accents, emoji and punctuation,
/// three or more equal letters in a row taken as one. "ＳＴＯＰＰＰ!!" and "stop" are the same.
/// </summary>
public sealed class FoldedText
{
    // The letters of all words without gaps, and where each word ends in them.
    private readonly char[] _letters;
    private readonly int[] _ends;

    private FoldedText(char[] letters, int[] ends, int count, bool hasWideLetters) => (_letters, _ends, Count, HasWideLetters) = (letters, ends, count, hasWideLetters);

    /// <summary>How many words there are.</summary>
    public int Count { get; }

    /// <summary>Whether it has letters of a script that is written without spaces between words.</summary>
    internal bool HasWideLetters { get; }

    /// <summary>The words without spaces: "opt-out", "opt out" and "optout" are the same.</summary>
    public ReadOnlySpan<char> Joined => _letters.AsSpan(0, Count == 0 ? 0 : _ends[Count - 1]);

    public ReadOnlySpan<char> this[int word] => Between(word, word);

    /// <summary>From one word to another, both inclusive, without the spaces.</summary>
    internal ReadOnlySpan<char> Between(int first, int last) => _letters.AsSpan(Start(first).._ends[last]);

    /// <summary>The same words with single spaces, as people read them.</summary>
    internal string Spaced(int first, int count)
    {
        var words = new string[count];
        for (var i = 0; i < count; i++)
            words[i] = this[first + i].ToString();
        return string.Join(' ', words);
    }

    public static FoldedText Of(ReadOnlySpan<char> text)
    {
        var folding = new Folding(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiLetterOrDigit(c))
                folding.Add(char.ToLowerInvariant(c));
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                folding.Take(LetterFolding.Of(new System.Text.Rune(c, text[++i])));
            else
                folding.Take(LetterFolding.Of(c));
        }

        return folding.Done();
    }

    private int Start(int word) => word == 0 ? 0 : _ends[word - 1];

    /// <summary>A text in the making.</summary>
    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    private struct Folding(int length)
    {
        private char[] _letters = new char[length];
        private int[] _ends = new int[8];
        private int _used;
        private int _count;
        private bool _hasWideLetters;

        public void Take(string folded)
        {
            foreach (var letter in folded)
            {
                if (letter == LetterFolding.Gap)
                    Close();
                else
                    Add(letter);
            }
        }

        public void Add(char letter)
        {
            if (_used == _letters.Length)
                Array.Resize(ref _letters, Math.Max(16, _used * 2));
            _letters[_used++] = letter;
            _hasWideLetters |= letter >= LetterFolding.FirstWide;
        }

        public FoldedText Done()
        {
            Close();
            return new FoldedText(_letters, _ends, _count, _hasWideLetters);
        }

        private void Close()
        {
            var start = _count == 0 ? 0 : _ends[_count - 1];
            if (_used == start)
                return;
            _used = start + Collapse(_letters.AsSpan(start.._used));
            if (_count == _ends.Length)
                Array.Resize(ref _ends, _count * 2);
            _ends[_count++] = _used;
        }

        /// <summary>Makes runs of three equal letters one. Figures are left alone: 1000 is not 10.</summary>
        /// <returns>How long the word is then.</returns>
        private static int Collapse(Span<char> word)
        {
            var kept = 0;
            for (var i = 0; i < word.Length;)
            {
                var (letter, run) = (word[i], 1);
                while (i + run < word.Length && word[i + run] == letter)
                    run++;
                var keep = run >= 3 && !char.IsDigit(letter) ? 1 : run;
                word.Slice(kept, keep).Fill(letter);
                kept += keep;
                i += run;
            }

            return kept;
        }
    }
}
