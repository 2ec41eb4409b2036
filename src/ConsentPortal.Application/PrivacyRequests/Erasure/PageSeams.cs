using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// Looks for a person where an embedded database holds one value in two pieces: at the end of each piece of a long row together with the
/// beginning of the next one. The versions of a page in the write-ahead log are looked at beside that in the file, so it does not matter
/// which of them is in force, nor whether one is moved meanwhile.
/// </summary>
internal sealed class PageSeams : IDisposable
{
    private const int LogHeader = 32;
    private const int FrameHeader = 24;

    private readonly TraceSearch _search;
    private readonly SharedFile _file;
    private readonly SharedFile? _log;
    private readonly int _page;
    private readonly int _usable;
    private readonly uint _last;

    // Where in the log each page begins that is in it.
    private readonly Dictionary<uint, List<long>> _logged = [];
    private long _read;
    private volatile bool _isFound;

    private PageSeams(string path, (int Page, int Usable) sizes, TraceSearch search)
    {
        (_search, _page, _usable) = (search, sizes.Page, sizes.Usable);
        _file = SharedFile.Open(path);
        _log = OpenLog(path);
        ReadLog();
        _last = (uint)Math.Max(RandomAccess.GetLength(_file.Handle) / _page, _logged.Keys.DefaultIfEmpty().Max());
    }

    /// <summary>How many seams were looked at.</summary>
    public long Read => Interlocked.Read(ref _read);

    public bool IsFound => _isFound;

    /// <returns>Null for a file that is no embedded database, and for one of pages so small that a spelling could lie in three of them.</returns>
    public static PageSeams? Of(string path, ReadOnlySpan<byte> header, TraceSearch search) =>
        PageLinks.Sizes(header) is { } sizes && sizes.Usable - PageLinks.NumberSize >= search.After ? new PageSeams(path, sizes, search) : null;

    /// <summary>Looks at the seams that begin on whole pages of the file.</summary>
    /// <param name="from">Where in the file they begin.</param>
    public void Look(ReadOnlySpan<byte> pages, long from)
    {
        var links = new List<PageLink>();
        for (var at = 0; at + _page <= pages.Length; at += _page)
            LookAt(pages.Slice(at, _page), from + at == 0, links);
    }

    /// <summary>Looks at the seams that begin on pages in the log.</summary>
    public void LookAtLog(CancellationToken cancellationToken)
    {
        var (page, links) = (new byte[_page], new List<PageLink>());
        foreach (var (number, places) in _logged)
        {
            foreach (var place in places)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (FileSearch.Fill(_log!.Value.Handle, page, place) == _page)
                    LookAt(page, number == 1, links);
            }
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        _log?.Dispose();
    }

    // It is gone as soon as the last connection is.
    private static SharedFile? OpenLog(string path)
    {
        try
        {
            return SharedFile.Open(path + "-wal");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // Frames from before the log was begun anew stand in it too: pages of an earlier state, looked at like the others.
    private void ReadLog()
    {
        Span<byte> head = stackalloc byte[PageLinks.NumberSize];
        for (var at = (long)LogHeader; _log is { } log && FileSearch.Fill(log.Handle, head, at) == head.Length; at += FrameHeader + _page)
        {
            var number = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (!_logged.TryGetValue(number, out var places))
                _logged[number] = places = [];
            places.Add(at + FrameHeader);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LookAt(ReadOnlySpan<byte> page, bool isFirst, List<PageLink> links)
    {
        links.Clear();
        PageLinks.Find(page, isFirst, _usable, _last, links);
        if (links.Count == 0)
            return;
        Interlocked.Add(ref _read, links.Count);
        Span<byte> both = stackalloc byte[2 * _search.After];
        foreach (var link in links)
        {
            var end = Math.Min(link.End, _search.After);
            page[(link.End - end)..link.End].CopyTo(both);
            LookBehind(both, end, _file.Handle, (link.Next - 1L) * _page);
            foreach (var place in _logged.GetValueOrDefault(link.Next) ?? [])
                LookBehind(both, end, _log!.Value.Handle, place);
        }
    }

    private void LookBehind(Span<byte> both, int border, SafeFileHandle file, long nextPage)
    {
        var read = FileSearch.Fill(file, both.Slice(border, _search.After), nextPage + PageLinks.NumberSize);
        if (_search.Crosses(both[..(border + read)], border))
            _isFound = true;
    }
}
