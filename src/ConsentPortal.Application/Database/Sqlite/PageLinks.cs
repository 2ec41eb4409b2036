using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>Where a piece of a row ends on a page, and the page on which its row goes on.</summary>
internal readonly record struct PageLink(int End, uint Next);

/// <summary>
/// The links from page to page of an SQLite file (SQLite Database File Format §1.5, §1.6): a row that is too long for its page goes on in
/// pages of its own, anywhere in the file, and each names the next one. Everything that looks like a link is one: pages that
/// are free, or of an earlier state, only add to them.
/// </summary>
internal static class PageLinks
{
    public const int HeaderSize = 100;

    /// <summary>Before the content of a page that holds nothing but a piece of a row: the number of the next such page.</summary>
    public const int NumberSize = 4;

    private const byte InteriorIndex = 0x02;
    private const byte LeafIndex = 0x0A;
    private const byte LeafTable = 0x0D;

    /// <summary>The page size of a file, and how much of a page it uses; null for a file that is no SQLite database.</summary>
    public static (int Page, int Usable)? Sizes(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderSize || !header.StartsWith("SQLite format 3\0"u8))
            return null;
        // The largest size does not fit into the two bytes, and is written as 1.
        var written = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        var size = written == 1 ? 1 << 16 : written;
        return size >= 512 && int.IsPow2(size) ? (size, size - header[20]) : null;
    }

    /// <summary>Adds the links of a page. Compiled at its best at once, because a search reads hundreds of thousands of pages.</summary>
    /// <param name="page">One whole page.</param>
    /// <param name="isFirst">Whether it is the first of its file, which begins with the file's header.</param>
    /// <param name="last">The highest number that a page has.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Find(ReadOnlySpan<byte> page, bool isFirst, int usable, uint last, List<PageLink> links)
    {
        // The kinds below are numbers of pages beyond the first hundred gigabytes: such a page may be either, and is read as both.
        if (BinaryPrimitives.ReadUInt32BigEndian(page) is var next && next > 0 && next <= last)
            links.Add(new PageLink(usable, next));
        var head = isFirst ? HeaderSize : 0;
        var kind = page[head];
        if (kind is not (InteriorIndex or LeafIndex or LeafTable))
            return;
        var (cells, places) = (BinaryPrimitives.ReadUInt16BigEndian(page[(head + 3)..]), head + (kind == InteriorIndex ? 12 : 8));
        var most = kind == LeafTable ? usable - 35 : ((usable - 12) * 64 / 255) - 23;
        for (var i = 0; i < cells && places + 2 * i + 2 <= usable; i++)
        {
            var cell = BinaryPrimitives.ReadUInt16BigEndian(page[(places + 2 * i)..]) + (kind == InteriorIndex ? NumberSize : 0);
            // One byte says a length up to 127, and of nearly every row the length is said to be shorter than a page.
            if (cell < usable && (page[cell] > most || page[cell] > 127))
                Follow(page[..usable], cell, kind, most, last, links);
        }
    }

    private static void Follow(ReadOnlySpan<byte> page, int cell, byte kind, int most, uint last, List<PageLink> links)
    {
        var length = Number(page, ref cell);
        if (length <= (ulong)most)
            return;
        if (kind == LeafTable)
            Number(page, ref cell);
        var least = ((page.Length - 12) * 32 / 255) - 23;
        var kept = least + (int)((length - (ulong)least) % (ulong)(page.Length - NumberSize));
        var end = cell + (kept <= most ? kept : least);
        if (end + NumberSize <= page.Length && BinaryPrimitives.ReadUInt32BigEndian(page[end..]) is var next && next > 0 && next <= last)
            links.Add(new PageLink(end, next));
    }

    /// <summary>Up to nine bytes, seven bits of each but the ninth.</summary>
    private static ulong Number(ReadOnlySpan<byte> page, ref int at)
    {
        var value = 0UL;
        for (var i = 0; i < 9 && at < page.Length; i++)
        {
            var one = page[at++];
            if (i == 8)
                return (value << 8) | one;
            value = (value << 7) | (uint)(one & 127);
            if (one < 128)
                break;
        }

        return value;
    }
}
