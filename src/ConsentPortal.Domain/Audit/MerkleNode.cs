using System.Runtime.InteropServices;

namespace ConsentPortal.Domain.Audit;

/// <summary>
/// The place of a complete subtree: level 0 is a leaf, and the node covers the leaves from
/// <c>Index &lt;&lt; Level</c> up to, but not with, <c>(Index + 1) &lt;&lt; Level</c>. Its hash never changes once its last leaf is in,
/// so it may be stored for ever.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MerkleNode(int Level, long Index);
