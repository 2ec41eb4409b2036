using System.Globalization;
using System.Text.Json;

namespace ConsentPortal.Application.Audit;

/// <summary>
/// Without the leaf hashes there is one more witness of a changed order: the sequence number that each entry of the
/// portal carries. An edited number is found out by the root; this only helps to find the place.
/// </summary>
internal static class EntryNumbers
{
    private const int MostProblems = 100;

    public static async Task<IReadOnlyList<BundleProblem>> CheckAsync(string path, CancellationToken cancellationToken)
    {
        var problems = new List<BundleProblem>();
        var (index, shift) = (0L, 0L);
        await foreach (var block in EntryBlocks.ReadAsync(path, cancellationToken))
        {
            using var _ = block;
            Check(block.Bytes, ref index, ref shift, problems);
            if (problems.Count >= MostProblems)
                break;
        }

        return problems;
    }

    private static void Check(ReadOnlySpan<byte> rest, ref long index, ref long shift, List<BundleProblem> problems)
    {
        while (!rest.IsEmpty && problems.Count < MostProblems)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];

            // After a missing entry all later ones are shifted alike: only where the shift changes something was done.
            if (ReadNumber(line) is { } number && number - index != shift)
            {
                shift = number - index;
                problems.Add(new BundleProblem(index, BundleProblemKind.Misnumbered, string.Create(
                    CultureInfo.InvariantCulture, $"Line {index + 1} should hold entry {index} and says that it is entry {number}.")));
            }

            index++;
            rest = end < 0 ? [] : rest[(end + 1)..];
        }
    }

    private static long? ReadNumber(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            while (reader.Read())
            {
                if (reader.CurrentDepth == 1 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("seq"u8))
                    return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number) ? number : null;
            }
        }
        catch (JsonException)
        {
            // Not JSON at all: reported as such already, and it says no number.
        }

        return null;
    }
}
