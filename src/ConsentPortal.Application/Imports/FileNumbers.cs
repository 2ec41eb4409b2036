using System.Globalization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// Which numbers a file names, in which row first, and the strictest answer that any of its rows gives: known before the
/// first row is judged, so that a "no" in the last row outweighs a "yes" in the first. 24 bytes for each number.
/// </summary>
internal sealed class FileNumbers
{
    private readonly Dictionary<ulong, Entry> _entries = [];

    public static async Task<FileNumbers> ReadAsync(ImportFile file, RowReader reader, CancellationToken cancellationToken)
    {
        var numbers = new FileNumbers();
        await using var csv = file.Read();
        while (await csv.ReadAsync(cancellationToken))
        {
            var (row, phone, answer) = reader.Glance(csv);
            if (phone is not null)
                numbers.Take(row, phone, answer);
        }

        return numbers;
    }

    public int FirstRow(PhoneNumber phone) => _entries[Key(phone)].FirstRow;

    /// <returns>The strictest answer where the file says yes and no of the same person, with the row that says no; else null.</returns>
    public int? RowThatRefuses(PhoneNumber phone) => _entries[Key(phone)] is { RefusedIn: > 0 and var row } ? row : null;

    private void Take(int row, PhoneNumber phone, ConsentAnswer answer)
    {
        var key = Key(phone);
        var known = _entries.GetValueOrDefault(key, new Entry(row, 0));
        _entries[key] = answer == ConsentAnswer.Refused && known.RefusedIn == 0 ? known with { RefusedIn = row } : known;
    }

    private static ulong Key(PhoneNumber phone) => ulong.Parse(phone.E164.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly record struct Entry(int FirstRow, int RefusedIn);
}
