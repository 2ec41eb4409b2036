using System.Globalization;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Finds out what was done to the entries, given the leaf hashes that were signed: walks along both, and at each
/// difference looks ahead for the nearest place where they agree again.
/// </summary>
internal sealed class BundleComparison(HashWindow lines, HashWindow signed)
{
    private const int MostDifferences = 1000;
    private static readonly int[] LookAheads = [2, 64, 4096];

    private readonly List<Gap> _gaps = [];

    // Stretches too long to be looked through hash by hash.
    private readonly List<(long First, long Count, bool IsTail)> _cuts = [];
    private int _differences;

    // From here on the two have nothing near in common; null when the walk reached the end.
    private long? _lostAt;

    /// <summary>A stretch of lines that stands where a stretch of signed entries should stand.</summary>
    private sealed record Gap(long FirstLine, IReadOnlyList<MerkleHash> Lines, long FirstEntry, IReadOnlyList<MerkleHash> Entries);

    private sealed record Extra(long Line, Gap Gap);

    /// <param name="signedAgain">The signed hashes once more from the start, to look up lines that stand at a wrong place.</param>
    public async Task<IReadOnlyList<BundleProblem>> FindAsync(IAsyncEnumerable<ReadOnlyMemory<MerkleHash>> signedAgain, CancellationToken cancellationToken)
    {
        while (_lostAt is null && await StepAsync())
            cancellationToken.ThrowIfCancellationRequested();
        var problems = await NameAsync(signedAgain);
        if (_lostAt is { } lost)
            problems.Add(new BundleProblem(lost, BundleProblemKind.More, Text($"From entry {lost} on there are too many differences to name each.")));
        return problems;
    }

    private async Task<bool> StepAsync()
    {
        var (hasLine, hasEntry) = (await lines.FillAsync(1), await signed.FillAsync(1));
        if (!hasLine && !hasEntry)
            return false;
        if (hasLine && hasEntry && lines[0] == signed[0])
        {
            lines.Advance(1);
            signed.Advance(1);
            return true;
        }

        foreach (var lookAhead in LookAheads)
        {
            var isRest = !await lines.FillAsync(lookAhead) & !await signed.FillAsync(lookAhead);
            var (lineCount, entryCount) = Agreement(Math.Min(lookAhead, lines.Count), Math.Min(lookAhead, signed.Count));
            if (lineCount < 0 && isRest)
                (lineCount, entryCount) = (lines.Count, signed.Count);
            if (lineCount >= 0)
                return Pass(lineCount, entryCount);
        }

        return await PassLongStretchAsync();
    }

    /// <summary>The nearest agreement within the windows, or −1.</summary>
    private (int Lines, int Entries) Agreement(int lineCount, int entryCount)
    {
        var places = new Dictionary<MerkleHash, int>();
        for (var i = 0; i < entryCount; i++)
            places.TryAdd(signed[i], i);
        var best = (Lines: -1, Entries: -1, Sum: int.MaxValue);
        for (var i = 0; i < lineCount && i < best.Sum; i++)
        {
            if (places.TryGetValue(lines[i], out var at) && i + at < best.Sum)
                best = (i, at, i + at);
        }

        return (best.Lines, best.Entries);
    }

    private bool Pass(int lineCount, int entryCount)
    {
        _gaps.Add(new Gap(
            lines.Position, [.. Enumerable.Range(0, lineCount).Select(i => lines[i])],
            signed.Position, [.. Enumerable.Range(0, entryCount).Select(i => signed[i])]));
        lines.Advance(lineCount);
        signed.Advance(entryCount);
        _differences += Math.Max(lineCount, entryCount);
        if (_differences > MostDifferences)
            _lostAt = signed.Position;
        return true;
    }

    /// <summary>Many entries cut out in one place, or the whole rest cut off.</summary>
    private async Task<bool> PassLongStretchAsync()
    {
        var first = signed.Position;
        var isEnd = !await lines.FillAsync(1);
        while (await signed.FillAsync(1) && (isEnd || signed[0] != lines[0]))
            signed.Advance(1);
        var isCut = isEnd || signed.Count > 0;
        if (isCut)
            _cuts.Add((first, signed.Position - first, isEnd));
        else
            _lostAt = first;
        return isCut;
    }

    private async Task<List<BundleProblem>> NameAsync(IAsyncEnumerable<ReadOnlyMemory<MerkleHash>> signedAgain)
    {
        var missing = _gaps.SelectMany(gap => gap.Entries.Select((_, i) => gap.FirstEntry + i)).ToHashSet();
        var places = await FindPlacesAsync(_gaps.SelectMany(gap => gap.Lines).ToHashSet(), signedAgain);
        var problems = new List<BundleProblem>();
        var extras = new List<Extra>();
        foreach (var gap in _gaps)
        {
            for (var i = 0; i < gap.Lines.Count; i++)
            {
                var line = gap.FirstLine + i;
                if (!places.TryGetValue(gap.Lines[i], out var place))
                    extras.Add(new Extra(line, gap));
                else if (missing.Remove(place))
                    problems.Add(new BundleProblem(place, BundleProblemKind.Swapped, Text($"Entry {place} stands on line {line + 1}: the order was changed.")));
                else
                    problems.Add(new BundleProblem(place, BundleProblemKind.Duplicated, Text($"Entry {place} stands once more on line {line + 1}.")));
            }
        }

        NameTouched(extras, missing, problems);
        foreach (var (first, count, isTail) in _cuts)
            problems.Add(Cut(first, first + count - 1, isTail));
        return [.. problems.OrderBy(problem => problem.Index)];
    }

    /// <summary>What is left: a strange line where an entry is missing is that entry, edited.</summary>
    private void NameTouched(List<Extra> extras, HashSet<long> missing, List<BundleProblem> problems)
    {
        foreach (var (line, gap) in extras)
        {
            var entry = Enumerable.Range(0, gap.Entries.Count).Select(i => gap.FirstEntry + i).FirstOrDefault(missing.Contains, -1);
            problems.Add(missing.Remove(entry)
                ? new BundleProblem(entry, BundleProblemKind.Edited, Text($"Entry {entry} (line {line + 1}) does not have the bytes that were signed."))
                : new BundleProblem(line, BundleProblemKind.Inserted, Text($"Line {line + 1} is not an entry of the signed log.")));
        }

        foreach (var run in Runs(missing))
        {
            var isTail = run.Last == signed.Position - 1 && signed.Count == 0 && lines.Count == 0;
            problems.Add(Cut(run.First, run.Last, isTail));
        }
    }

    private static BundleProblem Cut(long first, long last, bool isTail) => new(
        first, isTail ? BundleProblemKind.Truncated : BundleProblemKind.Removed,
        first == last ? Text($"Entry {first} is missing.") : Text($"The entries {first} to {last} are missing."));

    private static IEnumerable<(long First, long Last)> Runs(HashSet<long> numbers)
    {
        foreach (var first in numbers.Where(number => !numbers.Contains(number - 1)).Order())
        {
            var last = first;
            while (numbers.Contains(last + 1))
                last++;
            yield return (first, last);
        }
    }

    private static async Task<Dictionary<MerkleHash, long>> FindPlacesAsync(HashSet<MerkleHash> wanted, IAsyncEnumerable<ReadOnlyMemory<MerkleHash>> signedAgain)
    {
        var places = new Dictionary<MerkleHash, long>();
        if (wanted.Count == 0)
            return places;
        var place = 0L;
        await foreach (var block in signedAgain)
        {
            foreach (var hash in block.Span)
            {
                if (wanted.Contains(hash))
                    places.TryAdd(hash, place);
                place++;
            }
        }

        return places;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
