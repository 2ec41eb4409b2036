using System.Globalization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// The number of every row, which row names each number first, and the strictest answer that any of its rows gives: known
/// before the first row is judged, so that a "no" in the last row outweighs a "yes" in the first. Reading a number is the
/// dearest part of reading a row, so it happens here, once. 16 bytes for each row and 24 for each number.
/// </summary>
internal sealed class FileNumbers
{
    private readonly Dictionary<ulong, Entry> _entries = [];
    private readonly List<Reading> _readings = [];
    private readonly List<string> _regions = [];
    private readonly List<RowRefusal> _refusals = [];

    public static async Task<FileNumbers> ReadAsync(ImportFile file, RowReader reader, CancellationToken cancellationToken)
    {
        var numbers = new FileNumbers();
        await using var csv = file.Read();
        while (await csv.ReadAsync(cancellationToken))
        {
            var phone = reader.ReadPhone(csv, out var refusal);
            if (phone is not null)
                numbers.Take((int)csv.LineNumber, phone, reader.ReadAnswer(csv));
            else
                numbers._readings.Add(new Reading(0, (ushort)numbers.IndexOf(refusal!), 0));
        }

        return numbers;
    }

    /// <summary>The most numbers that follow each other without a gap, in whatever order the file has them.</summary>
    public int LongestRun()
    {
        var numbers = _entries.Keys.ToArray();
        Array.Sort(numbers);
        var (longest, run) = (Math.Min(1, numbers.Length), 1);
        for (var i = 1; i < numbers.Length; i++)
        {
            run = numbers[i] == numbers[i - 1] + 1 ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <param name="index">Rows below the header, from 0.</param>
    public PhoneNumber? PhoneAt(int index, out RowRefusal? refusal)
    {
        var reading = _readings[index];
        refusal = reading.Number == 0 ? _refusals[reading.Detail] : null;
        return reading.Number == 0
            ? null
            : new PhoneNumber(string.Create(CultureInfo.InvariantCulture, $"+{reading.Number}"), _regions[reading.Detail]) { LineType = (LineType)reading.Line };
    }

    public int FirstRow(PhoneNumber phone) => _entries[Key(phone)].FirstRow;

    /// <returns>The strictest answer where the file says yes and no of the same person, with the row that says no; else null.</returns>
    public int? RowThatRefuses(PhoneNumber phone) => _entries[Key(phone)] is { RefusedIn: > 0 and var row } ? row : null;

    private void Take(int row, PhoneNumber phone, ConsentAnswer answer)
    {
        var key = Key(phone);
        var known = _entries.GetValueOrDefault(key, new Entry(row, 0));
        _entries[key] = answer == ConsentAnswer.Refused && known.RefusedIn == 0 ? known with { RefusedIn = row } : known;
        _readings.Add(new Reading(key, (ushort)IndexOf(phone.Region), (byte)phone.LineType));
    }

    // A file names few regions, and each kind of refusal is one sentence.
    private int IndexOf(string region) => Index(_regions, region);

    private int IndexOf(RowRefusal refusal) => Index(_refusals, refusal);

    private static int Index<T>(List<T> list, T item)
    {
        var index = list.IndexOf(item);
        if (index >= 0)
            return index;
        list.Add(item);
        return list.Count - 1;
    }

    private static ulong Key(PhoneNumber phone) => ulong.Parse(phone.E164.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly record struct Entry(int FirstRow, int RefusedIn);

    /// <param name="Number">E.164 without its plus; 0 where the row has none that can be used.</param>
    /// <param name="Detail">Which region, or which refusal.</param>
    private readonly record struct Reading(ulong Number, ushort Detail, byte Line);
}
