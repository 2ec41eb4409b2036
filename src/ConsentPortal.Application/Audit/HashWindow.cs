using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Audit;

/// <summary>A sequence of hashes that is read once, with a look ahead as far as is asked for.</summary>
internal sealed class HashWindow(IAsyncEnumerator<ReadOnlyMemory<MerkleHash>> blocks)
{
    private readonly List<MerkleHash> _ahead = [];
    private int _passed;

    /// <summary>Number of the hash at index 0 of the window.</summary>
    public long Position { get; private set; }

    public int Count => _ahead.Count - _passed;

    public MerkleHash this[int index] => _ahead[_passed + index];

    /// <summary>Reads until the window holds <paramref name="count"/> hashes or everything that is left.</summary>
    /// <returns>Whether the window now holds that many.</returns>
    public async ValueTask<bool> FillAsync(int count)
    {
        while (Count < count && await blocks.MoveNextAsync())
        {
            _ahead.RemoveRange(0, _passed);
            _passed = 0;
            _ahead.AddRange(blocks.Current.Span);
        }

        return Count >= count;
    }

    public void Advance(int count)
    {
        _passed += count;
        Position += count;
    }
}
