using System.Globalization;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <param name="At">The day on which the database was asked, at midnight UTC.</param>
internal sealed record ReassignedLine(PhoneNumber Phone, ReassignedAnswer Answer, DateTimeOffset At);

/// <summary>Where a file of the Reassigned Numbers Database has its number, its answer and its day.</summary>
internal sealed record AnswerColumns(int Number, int Answer, int Day)
{
    // The database knows only numbers of the North American plan, written without their calling code.
    private const string HomeRegion = "US";

    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd", "M/d/yyyy", "yyyy/M/d", "yyyy-MM-ddTHH:mm:ssZ"];

    /// <returns>Null where a heading is missing.</returns>
    public static AnswerColumns? Of(NumberFile file)
    {
        if (file.Columns.Count < 3)
            return null;
        if (!file.HasHeader)
            return new AnswerColumns(0, 1, 2);
        var headers = file.Columns.Select(LookupHash.Fold).ToList();
        var columns = new AnswerColumns(Find("number", "phone", "tn"), Find("answer", "result", "response", "status", "disconnect"), Find("date", "day", "asked"));
        return columns is { Number: >= 0, Answer: >= 0, Day: >= 0 } ? columns : null;

        int Find(params string[] words) => headers.FindIndex(header => words.Any(word => header.Contains(word, StringComparison.Ordinal)));
    }

    public (IReadOnlyList<ReassignedLine> Answers, IReadOnlyList<RefusedLine> Refused) Read(IEnumerable<NumberLine> lines, DateTimeOffset now)
    {
        var (answers, refused) = (new List<ReassignedLine>(), new List<RefusedLine>());
        foreach (var line in lines)
        {
            if (!PhoneNumber.Parse(line.Field(Number), HomeRegion).TryGet(out var phone, out var failure))
                refused.Add(new RefusedLine(line.Number, failure.Message));
            else if (AnswerOf(line.Field(Answer)) is not { } answer)
                refused.Add(new RefusedLine(line.Number, "The answer is none of yes, no and no data."));
            else if (DayOf(line.Field(Day)) is not { } day || day > now)
                refused.Add(new RefusedLine(line.Number, "The day on which the database was asked is missing, can't be read or lies in the future."));
            else
                answers.Add(new ReassignedLine(phone, answer, day));
        }

        return (answers, refused);
    }

    private static ReassignedAnswer? AnswerOf(string text) => string.Concat(LookupHash.Fold(text).Where(char.IsAsciiLetter)) switch
    {
        "yes" or "y" => ReassignedAnswer.Yes,
        "no" or "n" => ReassignedAnswer.No,
        "nodata" => ReassignedAnswer.NoData,
        _ => null,
    };

    private static DateTimeOffset? DayOf(string text) =>
        DateTimeOffset.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var day) ? day : null;
}
