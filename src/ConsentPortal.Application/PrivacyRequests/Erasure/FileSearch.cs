namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Looks for a person in every file below a folder, large ones in parts on all processors.</summary>
internal static class FileSearch
{
    private const long PartSize = 64L << 20;

    /// <param name="except">Files that nobody may read, or that are locked: the key ring.</param>
    /// <returns>How much was read, and the files in which something was found.</returns>
    public static (int Files, long Bytes, IReadOnlyList<string> Found) Run(string folder, IReadOnlyCollection<string> except, TraceSearch search, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
            return (0, 0, []);
        var parts = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(path => !except.Contains(path)).SelectMany(PartsOf).ToList();
        var read = new (long Bytes, bool IsFound)[parts.Count];
        var isGone = new bool[parts.Count];
        Parallel.For(0, parts.Count, new ParallelOptions { CancellationToken = cancellationToken }, i =>
        {
            try
            {
                read[i] = search.IsInFile(parts[i].Path, parts[i].From, parts[i].To + search.Overlap, cancellationToken);
            }
            catch (FileNotFoundException)
            {
                // Deleted between the listing and the reading: what is gone holds nobody.
                isGone[i] = true;
            }
        });
        var files = parts.Where((part, i) => part.From == 0 && !isGone[i]).Count();
        return (files, read.Sum(r => r.Bytes), [.. parts.Where((_, i) => read[i].IsFound).Select(p => p.Path).Distinct(StringComparer.Ordinal)]);
    }

    // The last part reaches to wherever the file ends by then: a log grows while it is read.
    private static IEnumerable<(string Path, long From, long To)> PartsOf(string path)
    {
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        var from = 0L;
        for (; length - from > PartSize; from += PartSize)
            yield return (path, from, from + PartSize);
        yield return (path, from, long.MaxValue - int.MaxValue);
    }
}
