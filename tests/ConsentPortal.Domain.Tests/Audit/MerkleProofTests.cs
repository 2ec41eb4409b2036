using ConsentPortal.Domain.Audit;
using CsCheck;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class MerkleProofTests
{
    private const int Largest = 36;
    private static readonly byte[][] Leaves = [.. Enumerable.Range(0, Largest).Select(PublishedTree.Leaf)];
    private static readonly MerkleTree Tree = PublishedTree.Tree(Largest);

    // The Certificate Transparency project numbers its leaves from 1.
    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(3, 3, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125")]
    [InlineData(2, 5, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Inclusion_proof_is_the_published_one(int leaf, int size, string published)
    {
        var proof = Tree.ProveInclusion(leaf - 1, size);
        Assert.Equal(published, string.Join(' ', proof));
        Assert.True(MerkleInclusion.Verify(MerkleHash.OfLeaf(Leaves[leaf - 1]), leaf - 1, size, proof, Tree.RootAt(size)));
    }

    [Theory]
    [InlineData(1, 1, "")]
    [InlineData(1, 8, "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")]
    [InlineData(6, 8, "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0 d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")]
    [InlineData(2, 5, "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")]
    public void Consistency_proof_is_the_published_one(int oldSize, int newSize, string published)
    {
        var proof = Tree.ProveConsistency(oldSize, newSize);
        Assert.Equal(published, string.Join(' ', proof));
        Assert.True(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize), newSize, Tree.RootAt(newSize), proof));
    }

    [Fact]
    public void Every_inclusion_proof_follows_the_definition_and_verifies_for_its_place_alone()
    {
        for (var size = 1; size <= Largest; size++)
        {
            for (var index = 0; index < size; index++)
            {
                var proof = Tree.ProveInclusion(index, size);
                var leaf = MerkleHash.OfLeaf(Leaves[index]);
                var root = Tree.RootAt(size);
                Assert.Equal(PublishedTree.InclusionByDefinition(index, Leaves.AsSpan(0, size)), proof.Select(hash => hash.ToBytes()));
                Assert.True(MerkleInclusion.Verify(leaf, index, size, proof, root));
                Assert.False(MerkleInclusion.Verify(leaf, index + 1, size, proof, root));
                Assert.False(MerkleInclusion.Verify(leaf, index - 1, size, proof, root));
                Assert.False(MerkleInclusion.Verify(leaf, index, size, [.. proof, root], root));
                Assert.False(MerkleInclusion.Verify(leaf, index, size, [.. proof.Skip(1)], root) && proof.Count > 0);
            }
        }
    }

    [Fact]
    public void Every_consistency_proof_follows_the_definition_and_verifies()
    {
        for (var newSize = 1; newSize <= Largest; newSize++)
        {
            for (var oldSize = 1; oldSize <= newSize; oldSize++)
            {
                var proof = Tree.ProveConsistency(oldSize, newSize);
                Assert.Equal(PublishedTree.ConsistencyByDefinition(oldSize, Leaves.AsSpan(0, newSize)), proof.Select(hash => hash.ToBytes()));
                Assert.True(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize), newSize, Tree.RootAt(newSize), proof));
                Assert.False(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize - 1), newSize, Tree.RootAt(newSize), proof));
                Assert.False(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize), newSize, Tree.RootAt(newSize - 1), proof));
                Assert.False(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize), newSize * 2, Tree.RootAt(newSize), proof));
                Assert.False(MerkleConsistency.Verify(oldSize, Tree.RootAt(oldSize), newSize, Tree.RootAt(newSize), [.. proof, Tree.Root]));
            }
        }
    }

    [Fact]
    public void A_rewritten_or_shortened_log_has_no_consistency_proof()
    {
        var rewritten = new MerkleTree();
        for (var i = 0; i < Largest; i++)
            rewritten.Append(MerkleHash.OfLeaf(i == 5 ? [0xff] : Leaves[i]));
        Assert.False(MerkleConsistency.Verify(20, Tree.RootAt(20), 30, rewritten.RootAt(30), rewritten.ProveConsistency(20, 30)));
        Assert.False(MerkleConsistency.Verify(30, Tree.RootAt(30), 20, Tree.RootAt(20), []));
    }

    [Fact]
    public void An_empty_log_is_consistent_with_any_later_one()
    {
        Assert.True(MerkleConsistency.Verify(0, MerkleHash.OfEmptyTree, 7, Tree.RootAt(7), Tree.ProveConsistency(0, 7)));
        Assert.False(MerkleConsistency.Verify(0, Tree.RootAt(1), 7, Tree.RootAt(7), []));
    }

    [Fact]
    public void An_empty_log_takes_no_proof_and_a_shorter_one_is_no_later_one()
    {
        var root = Tree.RootAt(2);

        Assert.False(MerkleConsistency.Verify(0, MerkleHash.OfEmptyTree, 7, Tree.RootAt(7), [root]));
        Assert.False(MerkleConsistency.Verify(2, root, 1, root, []));
    }

    /// <summary>Whoever could choose the root must not hang a whole tree below a node that their log says it does not have.</summary>
    [Fact]
    public void A_proof_that_climbs_above_the_tree_is_none_even_to_a_root_that_it_leads_to()
    {
        var (leaf, stranger) = (MerkleHash.OfLeaf(Leaves[0]), Tree.RootAt(3));

        Assert.False(MerkleInclusion.Verify(leaf, 0, 1, [stranger], MerkleHash.OfNode(stranger, leaf)));
        Assert.False(MerkleConsistency.Verify(
            3, MerkleHash.OfNode(stranger, Tree.RootAt(3)), 4, MerkleHash.OfNode(stranger, Tree.RootAt(4)), [.. Tree.ProveConsistency(3, 4), stranger]));
    }

    [Fact]
    public void Any_flipped_bit_spoils_a_proof() =>
        Gen.Select(Gen.Int[1, Largest], Gen.Int[0, Largest - 1], Gen.Int[0, 10_000]).Where((size, index, _) => index < size && size > 1)
            .Sample((size, index, bit) =>
            {
                var proof = Tree.ProveInclusion(index, size).Select(hash => hash.ToBytes()).ToList();
                var hit = proof[bit % proof.Count];
                hit[bit % 32] ^= (byte)(1 << (bit % 8));
                return !MerkleInclusion.Verify(
                    MerkleHash.OfLeaf(Leaves[index]), index, size, [.. proof.Select(bytes => MerkleHash.FromBytes(bytes))], Tree.RootAt(size));
            });

    [Fact]
    public void Nodes_announced_for_a_proof_are_all_that_it_reads()
    {
        for (var index = 0; index < Largest; index++)
        {
            var announced = MerkleInclusion.NodesFor(index, Largest).Concat(MerkleConsistency.NodesFor(index, Largest)).ToHashSet();
            MerkleHash Stored(MerkleNode node) => announced.Contains(node) ? Tree.HashOf(node) : throw new InvalidOperationException($"{node} was not announced.");
            Assert.Equal(Tree.ProveInclusion(index, Largest), MerkleInclusion.Prove(index, Largest, Stored));
            Assert.Equal(Tree.ProveConsistency(index, Largest), MerkleConsistency.Prove(index, Largest, Stored));
        }
    }

    [Fact]
    public void A_place_outside_the_tree_cannot_be_proven()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(8, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveInclusion(0, Largest + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Tree.ProveConsistency(9, 8));
    }
}
