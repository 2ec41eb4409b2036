using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Sqlite;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Verifies the log where it lies: hashes every leaf, compares what stands beside it, and each signed root on the way. Ranges of
/// entries are read and hashed on all processors and handed over in order, so memory does not grow with the log.
/// </summary>
/// <param name="trusted">The log's key, or its present and former keys.</param>
/// <param name="kept">Checkpoints that are kept outside the database.</param>
/// <param name="textsAtOnce">How many texts of the send ledger are compared in one passage over the log.</param>
internal sealed class AuditLogVerifier(
    PortalDatabase database, IReadOnlyCollection<VerifierKey> trusted, IReadOnlyList<KeptCheckpoint> kept, int textsAtOnce = LedgerComparison.Most)
{
    /// <summary>The log was sealed, and each sealing writes a checkpoint outside.</summary>
    private const string NothingKept = "No checkpoint outside the database was found, so a database that was put back to an older state can't be told from a whole one. Verify again with a copy of a checkpoint.";

    private const string NotCompared = "The send ledger was not compared with the log, because the log itself is not as it was signed.";

    private const int MostProblems = 100;
    private const int RangeSize = 10_000;

    private readonly List<BundleProblem> _problems = [];
    private readonly MerkleFrontier _frontier = new();
    private LedgerComparison _ledger = new(database, 0, textsAtOnce);
    private List<AuditCheckpoint> _checkpoints = [];
    private int _nextCheckpoint;
    private readonly KeptCheckpoint[] _kept = [.. kept.Where(k => k.Signed is not null).OrderBy(k => k.Signed!.Size)];
    private int _nextKept;

    // The first range of places whose signed root does not fit; what comes after it cannot fit either.
    private (long From, long To)? _broken;

    public async Task<BundleVerification> VerifyAsync(CancellationToken cancellationToken)
    {
        await using (var db = database.Open())
            _checkpoints = await db.AuditCheckpoints.AsNoTracking().OrderBy(c => c.Size).ToListAsync(cancellationToken);
        // What is sealed from here on is the next verification's business.
        var size = _checkpoints.Count == 0 ? 0 : _checkpoints[^1].Size;
        await foreach (var range in RangesAsync(size, cancellationToken))
        {
            if (!Take(range) || _problems.Count >= MostProblems)
                break;
        }

        if (_frontier.Size < size && !_problems.Exists(p => p.Kind == BundleProblemKind.Removed))
            Add(_frontier.Size, BundleProblemKind.Truncated, $"The log ends after {_frontier.Size} entries, but a checkpoint is signed over {size}: its tail was cut off.");
        await FindUncoveredAsync(size, cancellationToken);
        _problems.AddRange(kept.Select(k => k.Problem ?? k.IfShort(size)).OfType<BundleProblem>());
        if (_broken is { } broken)
            _problems.AddRange(await new BrokenRange(database, broken.From, broken.To).NameAsync(cancellationToken));
        List<string> notes = size > 0 && kept.Count == 0 ? [NothingKept] : [];
        if (_problems.Count == 0)
            await CompareLedgerAsync(size, cancellationToken);
        else
            notes.Add(NotCompared);
        return new BundleVerification(_problems.Count == 0, _frontier.Size, _frontier.Root.ToBase64(), _problems) { Notes = notes };
    }

    private async Task CompareLedgerAsync(long size, CancellationToken cancellationToken)
    {
        _problems.AddRange(await _ledger.CompareAsync(size, MostProblems, cancellationToken));
        while (_ledger.Next is { } next && _problems.Count < MostProblems)
        {
            _ledger = next;
            await foreach (var range in RangesAsync(size, cancellationToken))
                _ledger.Take(range.Texts, range.NamingAt);
            _problems.AddRange(await _ledger.CompareAsync(size, MostProblems - _problems.Count, cancellationToken));
        }
    }

    private async IAsyncEnumerable<LeafRange> RangesAsync(long size, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<Task<LeafRange>>();
        for (var first = 0L; first < size; first += RangeSize)
        {
            var (from, to) = (first, Math.Min(size, first + RangeSize));
            underWay.Enqueue(Task.Run(() => ReadAsync(from, to, cancellationToken), cancellationToken));
            if (underWay.Count > Environment.ProcessorCount)
                yield return await underWay.Dequeue();
        }

        while (underWay.TryDequeue(out var task))
            yield return await task;
    }

    private async Task<LeafRange> ReadAsync(long from, long to, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var range = new LeafRange(from, (int)(to - from));
        if (db is SqlitePortalDbContext)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            SqliteSealedRows.Read(db, from, to, range);
            return range;
        }

        await foreach (var entry in db.AuditEntries.AsNoTracking().Where(e => e.LeafIndex >= from && e.LeafIndex < to).OrderBy(e => e.LeafIndex)
            .AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            range.Add(SealedRow.Of(entry));
        }

        return range;
    }

    /// <returns>False when entries are missing, so that nothing after them can be compared.</returns>
    private bool Take(LeafRange range)
    {
        _problems.AddRange(range.Problems.Take(MostProblems - _problems.Count));
        _ledger.Take(range.Texts, range.NamingAt);
        foreach (var hash in range.Hashes)
        {
            _frontier.Append(hash);
            for (; _nextCheckpoint < _checkpoints.Count && _checkpoints[_nextCheckpoint].Size == _frontier.Size; _nextCheckpoint++)
                Compare(_checkpoints[_nextCheckpoint]);
            for (; _nextKept < _kept.Length && _kept[_nextKept].Signed!.Size == _frontier.Size; _nextKept++)
            {
                if (_broken is null && _kept[_nextKept].IfOther(_frontier.Root) is { } other)
                    _problems.Add(other);
            }
        }

        return range.IsWhole;
    }

    private void Compare(AuditCheckpoint checkpoint)
    {
        var signed = SignedNote.Parse(checkpoint.Note).TryGet(out var note, out _) ? CheckpointVerifier.Verify(note, trusted) : default;
        if (!signed.IsSuccess || signed.Value is null)
            Add(checkpoint.Size, BundleProblemKind.Signature, $"The checkpoint over {checkpoint.Size} entries is not signed by this log's key.");
        else if (_broken is null && (signed.Value.Size != _frontier.Size || signed.Value.Root != _frontier.Root))
            Break(checkpoint.Size);
    }

    private void Break(long size)
    {
        var from = _nextCheckpoint == 0 ? 0 : _checkpoints[_nextCheckpoint - 1].Size;
        _broken = (from, size);
        Add(size, BundleProblemKind.Root, $"The entries {from} to {size - 1} are not those that were signed: one was edited, swapped, inserted or taken out, and what stands beside it was changed with it.");
    }

    private async Task FindUncoveredAsync(long size, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var uncovered = await db.AuditEntries.AnyAsync(e => e.LeafIndex >= size, cancellationToken);
        // The sealer may have gone on meanwhile: then the newest checkpoint is another one.
        if (uncovered && !await db.AuditCheckpoints.AnyAsync(c => c.Size > size, cancellationToken))
            Add(size, BundleProblemKind.Inserted, $"Entries from number {size} on are marked as sealed, but no checkpoint covers them.");
    }

    private void Add(long index, BundleProblemKind kind, string text) => _problems.Add(new BundleProblem(index, kind, text));
}
