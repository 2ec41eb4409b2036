using System.Globalization;
using System.Text;

namespace ConsentPortal.Application.Reports.Pdf;

/// <summary>The headings of a report as the objects of an outline (ISO 32000-1 § 12.3.3), parts below their sections, all unfolded.</summary>
internal static class PdfOutline
{
    /// <param name="first">The number of the first object, which is the outline itself; the headings follow in their order.</param>
    public static IReadOnlyList<string> Objects(IReadOnlyList<PlacedHeading> headings, int first)
    {
        if (headings.Count == 0)
            return [];
        var (parents, section) = (new int[headings.Count], -1);
        for (var i = 0; i < headings.Count; i++)
        {
            parents[i] = headings[i].Level == 1 ? -1 : section;
            section = headings[i].Level == 1 ? i : section;
        }

        string[] items = [.. headings.Select((heading, i) => Item(heading, i, parents, first))];
        return [string.Create(CultureInfo.InvariantCulture, $"<</Type /Outlines{Children(-1, parents, first, headings.Count)}>>"), .. items];
    }

    private static string Item(PlacedHeading heading, int index, int[] parents, int first)
    {
        var before = index == 0 ? -1 : Array.FindLastIndex(parents, index - 1, parent => parent == parents[index]);
        var after = Array.FindIndex(parents, index + 1, parent => parent == parents[index]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<</Title <FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(heading.Text))}>\n/Dest /{heading.Name}\n/Parent {first + 1 + parents[index]} 0 R{Link("Prev", before, first)}{Link("Next", after, first)}{Children(index, parents, first, parents.Count(p => p == index))}>>");
    }

    private static string Children(int parent, int[] parents, int first, int unfolded) => unfolded == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"{Link("First", Array.IndexOf(parents, parent), first)}{Link("Last", Array.LastIndexOf(parents, parent), first)}\n/Count {unfolded}");

    private static string Link(string name, int index, int first) => index < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"\n/{name} {first + 1 + index} 0 R");
}
