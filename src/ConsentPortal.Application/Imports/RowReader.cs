using System.Globalization;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Subscribers;
using CsvHelper;

namespace ConsentPortal.Application.Imports;

/// <summary>Turns records of a file into rows by a column map.</summary>
internal sealed class RowReader
{
    private const int LongestName = 100;
    private const int LongestSource = 60;
    private const int MostAnswers = 100;

    private readonly Dictionary<string, ConsentAnswer> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _columns;
    private readonly List<(string Attribute, int Column)> _attributes;
    private readonly int _width;
    private readonly string? _defaultRegion;
    private readonly DateTimeOffset _now;

    private RowReader(Dictionary<string, int> columns, List<(string, int)> attributes, int width, string? defaultRegion, DateTimeOffset now) =>
        (_columns, _attributes, _width, _defaultRegion, _now) = (columns, attributes, width, defaultRegion, now);

    /// <param name="defaultRegion">Assumed for national numbers where the row names no country.</param>
    public static Result<RowReader> Create(IReadOnlyList<string> headers, ColumnMap map, string? defaultRegion, DateTimeOffset now)
    {
        if (!string.IsNullOrWhiteSpace(defaultRegion) && CountryWords.Region(defaultRegion) is null)
            return new RegionUnknown(defaultRegion.Trim());
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (field, column) in map.Columns)
        {
            if (!Find(headers, field, column).TryGet(out var index, out var failure))
                return failure;
            columns[field] = index;
        }

        var attributes = map.AttributeColumns.Select(a => (a.Attribute, columns[a.Field])).ToList();
        return new RowReader(columns, attributes, headers.Count, string.IsNullOrWhiteSpace(defaultRegion) ? null : CountryWords.Region(defaultRegion), now);
    }

    /// <param name="phone">As <see cref="WrittenNumber.Read"/> has found it, or why there is none.</param>
    public ImportRow Read(CsvReader csv, PhoneNumber? phone, RowRefusal? refusal)
    {
        var notes = new List<string>();
        var country = Text(csv, ColumnMap.Country);
        var region = CountryWords.Region(country);
        if (region is null && country.Length > 0)
            notes.Add("the country is not known");
        var answer = Text(csv, ColumnMap.Consent);
        var date = ConsentDate.Read(Text(csv, ColumnMap.ConsentAt), _now);
        // Of a no or of silence it does not matter when.
        if (date.Note is not null && Answer(answer) == ConsentAnswer.Claimed)
            notes.Add(date.Note);
        var profile = new SubscriberProfile(Value(csv, ColumnMap.FirstName, notes), Value(csv, ColumnMap.LastName, notes), Value(csv, ColumnMap.ExternalId, notes));
        return new ImportRow(
            (int)csv.LineNumber, phone, refusal, profile, LanguageCode(Text(csv, ColumnMap.Language), notes), region, Answer(answer), date.At, answer,
            Cut(Text(csv, ColumnMap.Source), LongestSource), _attributes.Count == 0 ? [] : [.. Attributes(csv, notes)], notes);
    }

    public ConsentAnswer ReadAnswer(CsvReader csv) => Answer(Text(csv, ColumnMap.Consent));

    /// <summary>The number as it stands in the row, not yet understood.</summary>
    public WrittenNumber NumberIn(CsvReader csv)
    {
        var country = Text(csv, ColumnMap.Country);
        return new WrittenNumber(csv.GetString(_columns[ColumnMap.Phone]), CountryWords.Region(country) ?? (country.Length > 0 ? country : _defaultRegion), csv.FieldCount > _width);
    }

    // A list answers in few words, a million times.
    private ConsentAnswer Answer(string text)
    {
        if (_answers.TryGetValue(text, out var known))
            return known;
        var answer = ConsentWords.Read(text);
        if (_answers.Count < MostAnswers)
            _answers.Add(text, answer);
        return answer;
    }

    private string Text(CsvReader csv, string field) => _columns.TryGetValue(field, out var column) ? csv.GetString(column).Trim() : "";

    private string? Value(CsvReader csv, string field, List<string> notes)
    {
        var text = Text(csv, field);
        if (text.Length == 0)
            return null;
        if (IsFormula(text))
            notes.Add($"{field} begins like a spreadsheet formula and was kept as plain text");
        return Cut(text, LongestName);
    }

    private IEnumerable<(string, string)> Attributes(CsvReader csv, List<string> notes)
    {
        foreach (var (attribute, column) in _attributes)
        {
            var text = csv.GetString(column).Trim();
            if (text.Length == 0)
                continue;
            if (IsFormula(text))
                notes.Add($"{attribute} begins like a spreadsheet formula and was kept as plain text");
            yield return (attribute, text);
        }
    }

    private static string? LanguageCode(string text, List<string> notes)
    {
        if (text.Length == 0)
            return null;
        var code = text.Split('-', '_')[0].ToLower(CultureInfo.InvariantCulture);
        if (code is [>= 'a' and <= 'z', >= 'a' and <= 'z'])
            return code;
        notes.Add("the language is no two-letter code and was left out");
        return null;
    }

    // A minus before a digit is a number.
    private static bool IsFormula(string text) => text is ['=' or '+' or '@', ..] or ['-', not (>= '0' and <= '9'), ..];

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];

    private static Result<int> Find(IReadOnlyList<string> headers, string field, string column)
    {
        var found = -1;
        for (var i = 0; i < headers.Count; i++)
        {
            if (!string.Equals(headers[i].Trim(), column.Trim(), StringComparison.OrdinalIgnoreCase))
                continue;
            if (found >= 0)
                return new HeaderNamedTwice(column);
            found = i;
        }

        return found >= 0 ? found : new ColumnMissing(field, column, string.Join(", ", headers.Select(h => h.Trim())));
    }
}
