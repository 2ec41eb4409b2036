using System.Runtime.CompilerServices;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>The leaf hashes of a block of lines, and which of them are not canonical JSON.</summary>
internal sealed record HashedBlock(IReadOnlyList<MerkleHash> Hashes, IReadOnlyList<(int Line, string Flaw)> Flaws);

/// <summary>Hashes an entries file on all processors and hands the results over in the order of the file.</summary>
internal static class HashedEntries
{
    private const int MostFlawsInBlock = 1000;

    public static async IAsyncEnumerable<HashedBlock> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var underWay = new Queue<Task<HashedBlock>>();
        await foreach (var block in EntryBlocks.ReadAsync(path, cancellationToken))
        {
            underWay.Enqueue(Task.Run(() => Hash(block), cancellationToken));
            if (underWay.Count > Environment.ProcessorCount)
                yield return await underWay.Dequeue();
        }

        while (underWay.TryDequeue(out var task))
            yield return await task;
    }

    private static HashedBlock Hash(EntryBlock block)
    {
        using var _ = block;
        var hashes = new List<MerkleHash>();
        var flaws = new List<(int, string)>();
        var rest = block.Bytes;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            if (CanonicalJson.FindFlaw(line) is { } flaw && flaws.Count < MostFlawsInBlock)
                flaws.Add((hashes.Count, flaw));
            hashes.Add(MerkleHash.OfLeaf(line));
            rest = end < 0 ? [] : rest[(end + 1)..];
        }

        return new HashedBlock(hashes, flaws);
    }
}
