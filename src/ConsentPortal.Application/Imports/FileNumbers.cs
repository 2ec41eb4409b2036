using System.Globalization;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// The number of every row, and of numbers that several rows name the first of them and the strictest answer that any gives:
/// known before the first row is judged, so that a "no" in the last row outweighs a "yes" in the first. Reading a number is
/// the dearest part of reading a row, so it happens here, once and on every core. 8 bytes for each row, and some 32 while it is read.
/// </summary>
internal sealed class FileNumbers
{
    // Enough to be worth sharing out, and little to keep.
    private const int RowsAtOnce = 2_000;

    private readonly List<Reading> _readings;
    private readonly List<string> _regions = [];
    private readonly List<RowRefusal> _refusals = [];
    private readonly Dictionary<ulong, Repeated> _repeated = [];

    private FileNumbers(int rows) => _readings = new List<Reading>(rows);

    /// <summary>The most numbers that follow each other without a gap, in whatever order the file has them.</summary>
    public int LongestRun { get; private set; }

    public static async Task<FileNumbers> ReadAsync(ImportFile file, RowReader reader, CancellationToken cancellationToken)
    {
        var numbers = new FileNumbers(file.Rows);
        var answers = new List<Answer>(file.Rows);
        var written = new List<WrittenRow>(RowsAtOnce);
        await using var csv = file.Read();
        while (await csv.ReadAsync(cancellationToken))
        {
            written.Add(new WrittenRow(reader.NumberIn(csv), new Answer((int)csv.LineNumber, reader.ReadAnswer(csv) == ConsentAnswer.Refused)));
            if (written.Count == RowsAtOnce)
                numbers.Take(written, answers, cancellationToken);
        }

        numbers.Take(written, answers, cancellationToken);
        numbers.Compare([.. answers]);
        return numbers;
    }

    /// <param name="index">Rows below the header, from 0.</param>
    public PhoneNumber? PhoneAt(int index, out RowRefusal? refusal)
    {
        var reading = _readings[index];
        refusal = reading.Number == 0 ? _refusals[reading.Refusal] : null;
        return reading.Number == 0
            ? null
            : new PhoneNumber(string.Create(CultureInfo.InvariantCulture, $"+{reading.Number}"), _regions[reading.Region]) { LineType = reading.Line };
    }

    /// <summary>The first row that names the number, where that is another than this one.</summary>
    public int? EarlierRow(int row, PhoneNumber phone) => _repeated.TryGetValue(Key(phone), out var all) && all.FirstRow != row ? all.FirstRow : null;

    /// <returns>The first row that says no of a person whom several rows name; else null.</returns>
    public int? RowThatRefuses(PhoneNumber phone) => _repeated.TryGetValue(Key(phone), out var all) && all.RefusedIn > 0 ? all.RefusedIn : null;

    private void Take(List<WrittenRow> written, List<Answer> answers, CancellationToken cancellationToken)
    {
        var read = new (PhoneNumber? Phone, RowRefusal? Refusal)[written.Count];
        Parallel.For(0, read.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i => read[i] = (written[i].Number.Read(out var refusal), refusal));
        for (var i = 0; i < read.Length; i++)
        {
            var (phone, refusal) = read[i];
            _readings.Add(phone is null ? Reading.Unusable(Index(_refusals, refusal!)) : Reading.Of(Key(phone), Index(_regions, phone.Region), phone.LineType));
            if (phone is not null)
                answers.Add(written[i].Answer);
        }

        written.Clear();
    }

    private void Compare(Answer[] answers)
    {
        var numbers = _readings.Where(r => r.Number != 0).Select(r => r.Number).ToArray();
        Array.Sort(numbers, answers);
        var run = 0;
        for (var (from, to) = (0, 0); from < numbers.Length; from = to)
        {
            while (to < numbers.Length && numbers[to] == numbers[from])
                to++;
            run = from > 0 && numbers[from] == numbers[from - 1] + 1 ? run + 1 : 1;
            LongestRun = Math.Max(LongestRun, run);
            if (to - from > 1)
                _repeated.Add(numbers[from], Repeated.In(answers.AsSpan(from..to)));
        }
    }

    // A file names few regions, and each kind of refusal is one sentence.
    private static int Index<T>(List<T> list, T item)
    {
        var index = list.IndexOf(item);
        if (index >= 0)
            return index;
        list.Add(item);
        return list.Count - 1;
    }

    private static ulong Key(PhoneNumber phone) => ulong.Parse(phone.E164.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);

    private readonly record struct WrittenRow(WrittenNumber Number, Answer Answer);

    private readonly record struct Answer(int Row, bool IsRefusal);

    /// <param name="RefusedIn">0 where no row says no.</param>
    private readonly record struct Repeated(int FirstRow, int RefusedIn)
    {
        public static Repeated In(ReadOnlySpan<Answer> answers)
        {
            var (first, refused) = (int.MaxValue, int.MaxValue);
            foreach (var answer in answers)
            {
                first = Math.Min(first, answer.Row);
                refused = answer.IsRefusal ? Math.Min(refused, answer.Row) : refused;
            }

            return new Repeated(first, refused == int.MaxValue ? 0 : refused);
        }
    }

    /// <summary>
    /// From the lowest bit: 50 of the number in E.164 without its plus, which has 15 digits at most and is 0 where the row has
    /// none that can be used; then 4 of the kind of line and 10 of the region, or 14 of the reason why there is none.
    /// </summary>
    private readonly record struct Reading(ulong Bits)
    {
        private const int NumberBits = 50;
        private const int LineBits = 4;

        public ulong Number => Bits & ((1UL << NumberBits) - 1);

        public LineType Line => (LineType)((Bits >> NumberBits) & ((1UL << LineBits) - 1));

        public int Region => (int)(Bits >> (NumberBits + LineBits));

        public int Refusal => (int)(Bits >> NumberBits);

        public static Reading Of(ulong number, int region, LineType line) => new(number | ((ulong)line << NumberBits) | ((ulong)region << (NumberBits + LineBits)));

        public static Reading Unusable(int refusal) => new((ulong)refusal << NumberBits);
    }
}
