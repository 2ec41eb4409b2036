using System.Collections.Concurrent;
using ConsentPortal.Application.Database.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <param name="Found">In which something was found.</param>
/// <param name="Databases">Embedded ones, of which each seam between two pieces of a row was looked at.</param>
/// <param name="Seams">How many there were.</param>
internal sealed record SearchedFiles(int Files, long Bytes, IReadOnlyList<string> Found, IReadOnlyList<string> Databases, long Seams);

/// <summary>Looks for a person in every file below a folder, large ones in parts on all processors.</summary>
internal sealed class FileSearch(TraceSearch search) : IDisposable
{
    private const long PartSize = 64L << 20;

    // Stays in the cache of a processor between being read and being searched; pages of a database lie whole in it.
    private const int BlockSize = 1 << 18;

    private readonly ConcurrentDictionary<string, Lazy<PageSeams?>> _databases = new(StringComparer.Ordinal);

    /// <param name="except">Files that nobody may read, or that are locked: the key ring.</param>
    public static SearchedFiles Run(string folder, IReadOnlyCollection<string> except, TraceSearch search, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return new SearchedFiles(0, 0, [], [], 0);
        using var files = new FileSearch(search);
        return files.Run([.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !except.Contains(path)).SelectMany(PartsOf)], cancellationToken);
    }

    public void Dispose()
    {
        foreach (var (_, seams) in Databases())
            seams.Dispose();
    }

    /// <summary>Fills a buffer from a place of a file; short of it only at the end of the file.</summary>
    internal static int Fill(SafeFileHandle file, Span<byte> buffer, long from)
    {
        var filled = 0;
        for (var read = -1; read != 0 && filled < buffer.Length; filled += read)
            read = RandomAccess.Read(file, buffer[filled..], from + filled);
        return filled;
    }

    private SearchedFiles Run(List<FilePart> parts, CancellationToken cancellationToken)
    {
        var read = new (long Bytes, bool IsFound)?[parts.Count];
        Parallel.For(
            0, parts.Count, new ParallelOptions { CancellationToken = cancellationToken }, () => new byte[TraceSearch.Before + search.After + BlockSize],
            (i, _, buffer) =>
            {
                read[i] = Read(parts[i], buffer, cancellationToken);
                return buffer;
            },
            _ => { });
        foreach (var (_, seams) in Databases())
            seams.LookAtLog(cancellationToken);
        var found = parts.Where((_, i) => read[i] is { IsFound: true }).Select(p => p.Path).Concat(Databases().Where(d => d.Seams.IsFound).Select(d => d.Path));
        return new SearchedFiles(
            parts.Where((part, i) => part.From == 0 && read[i] is not null).Count(), read.Sum(r => r?.Bytes ?? 0), [.. found.Distinct(StringComparer.Ordinal)],
            [.. Databases().Select(d => d.Path)], Databases().Sum(d => d.Seams.Read));
    }

    private IEnumerable<(string Path, PageSeams Seams)> Databases() => _databases.Where(d => d.Value.Value is not null).Select(d => (d.Key, d.Value.Value!));

    /// <returns>Null for a file that was deleted between the listing and the reading: what is gone holds nobody.</returns>
    private (long Bytes, bool IsFound)? Read(FilePart part, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            using var file = File.OpenHandle(part.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            return Read(file, part, SeamsOf(file, part.Path), buffer, cancellationToken);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private PageSeams? SeamsOf(SafeFileHandle file, string path)
    {
        var header = new byte[PageLinks.HeaderSize];
        var isDatabase = Fill(file, header, 0) == header.Length && PageLinks.Sizes(header) is not null;
        return isDatabase ? _databases.GetOrAdd(path, key => new Lazy<PageSeams?>(() => PageSeams.Of(key, header, search))).Value : null;
    }

    /// <summary>A spelling belongs to the part in which it begins; what is needed around it is read from the neighbours.</summary>
    private (long Bytes, bool IsFound) Read(SafeFileHandle file, FilePart part, PageSeams? seams, byte[] buffer, CancellationToken cancellationToken)
    {
        var room = TraceSearch.Before + search.After;
        var kept = (int)Math.Min(room, part.From);
        Fill(file, buffer.AsSpan(room - kept, kept), part.From - kept);
        var (at, judged) = (part.From, part.From);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Behind its end a part reads only what a spelling that begins in it reaches into.
            var isBehind = at >= part.To;
            var wanted = isBehind ? search.After : BlockSize;
            var count = Fill(file, buffer.AsSpan(room, wanted), at);
            var text = buffer.AsSpan(room - kept, kept + count);
            var (start, isEnd) = (at - kept, count < wanted);
            var until = isBehind ? part.To : isEnd ? at + count : at + count - search.After;
            if (search.Begins(text, (int)(judged - start), (int)(until - start)))
                return (until - part.From, true);
            if (isBehind)
                return (part.To - part.From, false);
            seams?.Look(buffer.AsSpan(room, count), at);
            (at, judged) = (at + count, until);
            if (isEnd)
                return (at - part.From, false);
            kept = Math.Min(room, kept + count);
            text[^kept..].CopyTo(buffer.AsSpan(room - kept));
        }
    }

    // The last part reaches to wherever the file ends by then: a log grows while it is read.
    private static IEnumerable<FilePart> PartsOf(string path)
    {
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        var from = 0L;
        for (; length - from > PartSize; from += PartSize)
            yield return new FilePart(path, from, from + PartSize);
        yield return new FilePart(path, from, long.MaxValue);
    }

    private readonly record struct FilePart(string Path, long From, long To);
}
