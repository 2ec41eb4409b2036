using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Domain.Tests.Audit;

public sealed class MerkleTreeTests
{
    [Fact]
    public void Roots_of_0_to_8_leaves_are_the_published_ones()
    {
        for (var size = 0; size <= 8; size++)
        {
            Assert.Equal(PublishedTree.Roots[size], PublishedTree.Tree(size).Root.ToString());
            Assert.Equal(PublishedTree.Roots[size], Convert.ToHexStringLower(PublishedTree.RootByDefinition(PublishedTree.Leaves.AsSpan(0, size))));
        }
    }

    [Fact]
    public void Root_of_every_size_up_to_200_is_the_one_of_the_recursive_definition()
    {
        var leaves = Enumerable.Range(0, 200).Select(PublishedTree.Leaf).ToArray();
        var tree = PublishedTree.Tree(200);
        for (var size = 0; size <= 200; size++)
            Assert.Equal(PublishedTree.RootByDefinition(leaves.AsSpan(0, size)), tree.RootAt(size).ToBytes());
    }

    [Fact]
    public void Hashes_that_differ_in_any_byte_are_not_the_same()
    {
        var hash = PublishedTree.Tree(8).Root;

        for (var i = 0; i < MerkleHash.Size; i++)
        {
            var bytes = hash.ToBytes();
            bytes[i]++;
            Assert.NotEqual(hash, MerkleHash.FromBytes(bytes));
        }
    }

    [Fact]
    public void Frontier_continues_after_a_restart_as_if_nothing_had_happened()
    {
        var frontier = new MerkleFrontier();
        for (var i = 0; i < 300; i++)
        {
            frontier.Append(MerkleHash.OfLeaf(PublishedTree.Leaf(i)));
            frontier = MerkleFrontier.FromBytes(frontier.ToBytes());
        }

        Assert.Equal(300, frontier.Size);
        Assert.Equal(PublishedTree.Tree(300).Root, frontier.Root);
        Assert.Equal(8 + (4 * 32), frontier.ToBytes().Length);
    }

    [Fact]
    public void Bytes_that_do_not_fit_their_size_are_no_frontier()
    {
        var bytes = new MerkleFrontier().ToBytes();
        bytes[7] = 3;
        Assert.Throws<FormatException>(() => MerkleFrontier.FromBytes(bytes));
        Assert.Throws<FormatException>(() => MerkleFrontier.FromBytes(new byte[3]));
        Assert.Throws<FormatException>(() => MerkleFrontier.FromBytes([0x80, 0, 0, 0, 0, 0, 0, 0]));
    }

    [Fact]
    public void Long_leaf_hashes_like_a_short_one()
    {
        foreach (var length in new[] { 0, 1, 1022, 1023, 1024, 1025, 5000 })
        {
            var leaf = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
            Assert.Equal(PublishedTree.RootByDefinition([leaf]), MerkleHash.OfLeaf(leaf).ToBytes());
        }
    }

    [Fact]
    public void Hash_survives_base64_and_refuses_other_texts()
    {
        var hash = MerkleHash.OfLeaf([1, 2, 3]);
        Assert.True(MerkleHash.TryFromBase64(hash.ToBase64(), out var again));
        Assert.Equal(hash, again);
        Assert.False(MerkleHash.TryFromBase64("AAAA", out _));
        Assert.False(MerkleHash.TryFromBase64(" " + hash.ToBase64()[..43], out _));
        Assert.False(MerkleHash.TryFromBase64("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB=", out _));
    }
}
