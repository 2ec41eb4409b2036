using System.Text;
using HarfBuzzSharp;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>
/// Glyphs of a run together with what they say. In a run from right to left each glyph says one character: readers turn such a run round
/// glyph by glyph, and the two letters of lam-alef under one glyph would come out the wrong way. Where a character has no glyph of its own,
/// one without ink and width carries it. Vowel marks have glyphs of their own.
/// </summary>
internal sealed class SpelledGlyphs
{
    private readonly List<ushort> _glyphs = [];
    private readonly List<short> _steps = [];
    private readonly List<short> _rises = [];
    private readonly List<uint> _clusters = [];
    private int _at;
    private int _before;

    private SpelledGlyphs()
    {
    }

    /// <param name="shaped">With clusters that are places in the text.</param>
    /// <param name="text">UTF-8.</param>
    /// <param name="blank">The glyph without ink and width.</param>
    public static ShapedText Of(HarfBuzzSharp.Buffer shaped, byte[] text, bool isRightToLeft, ushort blank)
    {
        var spelled = new SpelledGlyphs();
        var infos = shaped.GetGlyphInfoSpan();
        var positions = shaped.GetGlyphPositionSpan();
        for (var (i, end) = (0, 0); i < infos.Length; i = end)
        {
            while (end < infos.Length && infos[end].Cluster == infos[i].Cluster)
                end++;
            var after = i == 0 ? (uint)text.Length : infos[i - 1].Cluster;
            uint[] characters = isRightToLeft ? Characters(text, infos[i].Cluster, after) : [infos[i].Cluster];
            for (var rest = characters.Length - 1; rest >= end - i && blank != 0; rest--)
                spelled.Add(blank, characters[rest], default);
            for (var glyph = i; glyph < end; glyph++)
                spelled.Add((ushort)infos[glyph].Codepoint, characters[Math.Min(end - 1 - glyph, characters.Length - 1)], positions[glyph]);
            // A reader takes the last glyph for the end of the letter: behind a mark that stands over the letter's middle it would find a gap, and a space in it.
            if (!isRightToLeft && end - i > 1 && positions[end - 1].XAdvance == 0 && blank != 0)
                spelled.Add(blank, characters[0], default);
        }

        return new ShapedText([.. spelled._glyphs], [.. spelled._steps], spelled._at, new Spelling(text, [.. spelled._clusters], [.. spelled._rises]));
    }

    private void Add(ushort glyph, uint character, GlyphPosition position)
    {
        var place = _at + position.XOffset;
        _glyphs.Add(glyph);
        _steps.Add(checked((short)(place - _before)));
        _rises.Add(checked((short)position.YOffset));
        _clusters.Add(character);
        (_before, _at) = (place, _at + position.XAdvance);
    }

    /// <summary>Where each character of a part of the text begins.</summary>
    private static uint[] Characters(byte[] text, uint start, uint end)
    {
        var (starts, at) = (new List<uint>(), start);
        while (at < end)
        {
            starts.Add(at);
            Rune.DecodeFromUtf8(text.AsSpan((int)at), out _, out var length);
            at += (uint)length;
        }

        return [.. starts];
    }
}
