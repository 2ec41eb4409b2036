namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// In which direction each character of a text is read: the algorithm of Unicode Standard Annex 9 without its explicit marks. A paragraph
/// goes the way of its first letter (P2, P3); weak characters, brackets and neutral ones take sides by their neighbours (W1 to W7, N0 to
/// N2); levels follow (I1, I2). Embeddings, overrides and isolates (X1 to X8) are not followed: a wording hardly ever has them.
/// </summary>
/// <param name="Levels">Even: from left to right; odd: from right to left.</param>
internal sealed record TextOrder(bool IsRightToLeft, byte[] Levels)
{
    private const string Opening = "([{⟨〈《「『【〔（［｛";
    private const string Closing = ")]}⟩〉》」』】〕）］｝";

    public static TextOrder Of(string text)
    {
        var classes = BidiClasses.Of(text);
        var strong = Array.FindIndex(classes, c => c is BidiClass.Left or BidiClass.Right or BidiClass.Arabic);
        var isRightToLeft = strong >= 0 && classes[strong] is not BidiClass.Left;
        var side = isRightToLeft ? BidiClass.Right : BidiClass.Left;
        var original = classes.ToArray();
        Weaken(classes, side);
        PairBrackets(text, classes, original, side);
        Neutralise(classes, side);
        return new TextOrder(isRightToLeft, [.. classes.Select(c => Level(c, isRightToLeft))]);
    }

    public TextOrder Part(int start, int length) => this with { Levels = Levels[start..(start + length)] };

    private static byte Level(BidiClass side, bool isRightToLeft) => (side, isRightToLeft) switch
    {
        (BidiClass.Left, false) => 0,
        (BidiClass.Right, _) => 1,
        _ => 2,
    };

    private static void Weaken(BidiClass[] classes, BidiClass side)
    {
        var (before, strong) = (side, side);
        for (var i = 0; i < classes.Length; i++)
        {
            // W1: a mark goes with what it stands on. W2: a number behind an Arabic letter is an Arabic one. W3 below.
            if (classes[i] == BidiClass.Mark)
                classes[i] = before;
            if (classes[i] is BidiClass.Left or BidiClass.Right or BidiClass.Arabic)
                strong = classes[i];
            before = classes[i];
            if (classes[i] == BidiClass.Number && strong == BidiClass.Arabic)
                classes[i] = BidiClass.ArabicNumber;
        }

        for (var i = 0; i < classes.Length; i++)
            classes[i] = classes[i] == BidiClass.Arabic ? BidiClass.Right : classes[i];
        JoinNumbers(classes);
        WestNumbers(classes, side);
    }

    private static void JoinNumbers(BidiClass[] classes)
    {
        // W4: one separator between two numbers of a kind is part of them.
        for (var i = 1; i + 1 < classes.Length; i++)
        {
            if (classes[i - 1] == classes[i + 1] && (classes[i], classes[i - 1]) is (BidiClass.NumberSign or BidiClass.NumberSeparator, BidiClass.Number) or (BidiClass.NumberSeparator, BidiClass.ArabicNumber))
                classes[i] = classes[i - 1];
        }

        // W5: signs at either end of a number belong to it. W6: what is left of them is neutral.
        for (var i = 0; i < classes.Length; i++)
        {
            if (classes[i] != BidiClass.NumberTerminator)
                continue;
            var end = i;
            while (end < classes.Length && classes[end] == BidiClass.NumberTerminator)
                end++;
            var isOfNumber = (i > 0 && classes[i - 1] == BidiClass.Number) || (end < classes.Length && classes[end] == BidiClass.Number);
            Array.Fill(classes, isOfNumber ? BidiClass.Number : BidiClass.Other, i, end - i);
            i = end - 1;
        }

        for (var i = 0; i < classes.Length; i++)
            classes[i] = classes[i] is BidiClass.NumberSign or BidiClass.NumberSeparator ? BidiClass.Other : classes[i];
    }

    // W7: a number behind a letter from left to right is read as part of that text.
    private static void WestNumbers(BidiClass[] classes, BidiClass side)
    {
        var strong = side;
        for (var i = 0; i < classes.Length; i++)
        {
            strong = classes[i] is BidiClass.Left or BidiClass.Right ? classes[i] : strong;
            if (classes[i] == BidiClass.Number && strong == BidiClass.Left)
                classes[i] = BidiClass.Left;
        }
    }

    // N0: brackets of a pair look the same way.
    private static void PairBrackets(string text, BidiClass[] classes, BidiClass[] original, BidiClass side)
    {
        foreach (var (open, close) in Pairs(text, classes).OrderBy(pair => pair.Open))
        {
            var inside = classes[(open + 1)..close].Select(Side).Where(s => s is not null).ToHashSet();
            if (inside.Count == 0)
                continue;
            var before = Array.FindLastIndex(classes, open, kind => Side(kind) is not null);
            var taken = inside.Contains(side) || before < 0 ? side : Side(classes[before])!.Value;
            foreach (var at in new[] { open, close })
            {
                classes[at] = taken;
                for (var mark = at + 1; mark < classes.Length && original[mark] == BidiClass.Mark; mark++)
                    classes[mark] = taken;
            }
        }
    }

    private static List<(int Open, int Close)> Pairs(string text, BidiClass[] classes)
    {
        var (open, pairs) = (new List<int>(), new List<(int, int)>());
        for (var i = 0; i < text.Length; i++)
        {
            if (classes[i] != BidiClass.Other)
                continue;
            if (Opening.Contains(text[i], StringComparison.Ordinal))
                open.Add(i);
            var kind = Closing.IndexOf(text[i], StringComparison.Ordinal);
            var match = kind < 0 ? -1 : open.FindLastIndex(at => text[at] == Opening[kind]);
            if (match < 0)
                continue;
            pairs.Add((open[match], i));
            open.RemoveRange(match, open.Count - match);
        }

        return pairs;
    }

    // N1, N2: what is neutral goes with both of its neighbours, or else with the paragraph.
    private static void Neutralise(BidiClass[] classes, BidiClass side)
    {
        for (var i = 0; i < classes.Length; i++)
        {
            if (Side(classes[i]) is not null)
                continue;
            var end = i;
            while (end < classes.Length && Side(classes[end]) is null)
                end++;
            var before = i == 0 ? side : Side(classes[i - 1])!.Value;
            var after = end == classes.Length ? side : Side(classes[end])!.Value;
            Array.Fill(classes, before == after ? before : side, i, end - i);
            i = end - 1;
        }
    }

    /// <summary>Numbers stand on the right like the letters of its scripts; neutral characters on none.</summary>
    private static BidiClass? Side(BidiClass kind) => kind switch
    {
        BidiClass.Left => BidiClass.Left,
        BidiClass.Right or BidiClass.Number or BidiClass.ArabicNumber => BidiClass.Right,
        _ => null,
    };
}
