using System.Globalization;
using System.Text;

namespace ConsentPortal.Domain.Messaging.Keywords;

/// <summary>
/// A text as keywords are compared: compatibility forms made plain, lower case, without accents, emoji and punctuation,
/// three or more equal letters in a row taken as one. "ＳＴＯＰＰＰ!!" and "stop" are the same.
/// </summary>
/// <param name="Tokens">The words, in order.</param>
public sealed record FoldedText(IReadOnlyList<string> Tokens)
{
    /// <summary>The words without spaces: "opt-out", "opt out" and "optout" are the same.</summary>
    public string Joined { get; } = string.Concat(Tokens);

    /// <summary>The words with single spaces, and one at each end, so that a phrase can be found whole.</summary>
    public string Spaced { get; } = $" {string.Join(' ', Tokens)} ";

    public static FoldedText Of(string text)
    {
        var tokens = new List<string>();
        var word = new StringBuilder();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format:
                    break;
                case UnicodeCategory.SpacingCombiningMark:
                    word.Append(rune.ToString());
                    break;
                // An apostrophe inside a word is no gap: "don't" is "dont".
                case var _ when rune.Value is '\'' or '’' or 'ʼ' or '`' or '´':
                    break;
                case var _ when Rune.IsLetterOrDigit(rune):
                    Append(word, Rune.ToLowerInvariant(rune));
                    break;
                default:
                    Close(word, tokens);
                    break;
            }
        }

        Close(word, tokens);
        return new FoldedText(tokens);
    }

    private static void Append(StringBuilder word, Rune rune)
    {
        // ß and the ligatures that no decomposition opens.
        var text = rune.Value switch { 'ß' => "ss", 'æ' => "ae", 'ø' => "o", 'ł' => "l", 'ı' => "i", _ => rune.ToString() };
        word.Append(text);
    }

    private static void Close(StringBuilder word, List<string> tokens)
    {
        if (word.Length == 0)
            return;
        tokens.Add(Collapse(word.ToString()));
        word.Clear();
    }

    private static string Collapse(string word)
    {
        var collapsed = new StringBuilder(word.Length);
        for (var i = 0; i < word.Length;)
        {
            var run = 1;
            while (i + run < word.Length && word[i + run] == word[i])
                run++;
            // Figures are left alone: 1000 is not 10.
            collapsed.Append(word[i], run >= 3 && !char.IsDigit(word[i]) ? 1 : run);
            i += run;
        }

        return collapsed.ToString();
    }
}
