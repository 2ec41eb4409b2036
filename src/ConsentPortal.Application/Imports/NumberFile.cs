using System.Text;
using ConsentPortal.Domain;
using CsvHelper;

namespace ConsentPortal.Application.Imports;

/// <summary>
/// A short list of numbers, one in a line or in a column among others, with or without a header row; read in whatever
/// encoding and separator a list of subscribers may have.
/// </summary>
/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Columns">Their names, or "Column 1" and so on where the file has no header row.</param>
/// <param name="Lines">Lines that hold something, without the header.</param>
public sealed record NumberFile(string Path, string Name, string Hash, string EncodingName, char Separator, IReadOnlyList<string> Columns, bool HasHeader, int Lines)
{
    /// <summary>Lines that a list may have; longer ones are split.</summary>
    public const int MostLines = 100_000;

    private const long LargestFile = 32 * 1024 * 1024;
    private const int LongestRow = 64 * 1024;

    // No number that can be texted has fewer digits, and no name of a column as many.
    private const int FewestDigits = 6;

    /// <summary>The column that holds the numbers as far as its name tells, from 0.</summary>
    public int SuggestedColumn =>
        HasHeader && ColumnSuggestion.For(Columns).TryGetValue(ColumnMap.Phone, out var name) ? Columns.ToList().IndexOf(name) : 0;

    /// <summary>Reads the whole file once before anything of it is taken: size, encoding, separator, lines.</summary>
    public static async Task<Result<NumberFile>> OpenAsync(string path, string name, CancellationToken cancellationToken)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            return new ImportFileMissing();
        if (info.Length == 0)
            return new ImportFileEmpty();
        if (info.Length > LargestFile)
            return new NumberFileTooLong();
        try
        {
            FileText? text;
            await using (var stream = Stream(path))
            {
                if (!(await FileText.InspectAsync(stream, cancellationToken)).TryGet(out text, out var refused))
                    return refused;
            }

            return await ScanAsync(path, name, text, cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new ImportFileUnreadable();
        }
    }

    /// <summary>The lines below the header, each with its number in the file.</summary>
    internal async IAsyncEnumerable<NumberLine> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(EncodingName) ?? Encoding.GetEncoding(EncodingName);
        await using var csv = CsvReader.Create(Stream(Path), Options(encoding, Separator));
        var isHeader = HasHeader;
        while (await csv.ReadAsync(cancellationToken))
        {
            if (!isHeader)
                yield return new NumberLine((int)csv.LineNumber, Fields(csv));
            isHeader = false;
        }
    }

    private static async Task<Result<NumberFile>> ScanAsync(string path, string name, FileText text, CancellationToken cancellationToken)
    {
        await using var csv = CsvReader.Create(Stream(path), Options(text.Encoding, null));
        try
        {
            var (lines, first) = (0, Array.Empty<string>());
            while (await csv.ReadAsync(cancellationToken))
            {
                if (lines++ == 0)
                    first = Fields(csv);
            }

            var hasHeader = !first.Any(field => field.Count(char.IsDigit) >= FewestDigits);
            lines -= hasHeader ? 1 : 0;
            if (lines == 0)
                return new ImportFileHasOnlyHeader();
            if (lines > MostLines)
                return new NumberFileTooLong();
            return new NumberFile(
                path, name, text.Hash, text.Encoding.WebName, csv.Separator, hasHeader ? first : [.. first.Select((_, i) => $"Column {i + 1}")], hasHeader, lines);
        }
        catch (CsvFormatException problem)
        {
            return new ImportFileBroken(problem.LineNumber);
        }
    }

    private static string[] Fields(CsvReader csv)
    {
        var fields = new string[csv.FieldCount];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = csv.GetString(i).Trim();
        return fields;
    }

    private static FileStream Stream(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0,
    });

    private static CsvReaderOptions Options(Encoding encoding, char? separator) => new()
    {
        HasHeader = false, Encoding = encoding, Separator = separator, TrackLineNumbers = true, MaxRecordSize = LongestRow,
        MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false,
    };
}

/// <param name="Number">In the file, from 1.</param>
internal sealed record NumberLine(int Number, string[] Fields)
{
    /// <summary>Empty where the line has fewer columns.</summary>
    public string Field(int column) => column >= 0 && column < Fields.Length ? Fields[column] : "";
}

/// <param name="Line">Its number in the file.</param>
/// <param name="Sentence">Why nothing was done with it; it holds nothing of what the line says.</param>
public sealed record RefusedLine(int Line, string Sentence);

public sealed record NumberFileTooLong() : Failure("The file has more than 100,000 lines. Nothing was taken; split it and bring the parts one after the other.");
