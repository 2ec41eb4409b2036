using System.Text;
using ConsentPortal.Domain;
using CsvHelper;

namespace ConsentPortal.Application.Imports;

/// <summary>A list that was found readable as a whole before anything of it is taken.</summary>
/// <param name="Name">As the importer knows it; never a path.</param>
/// <param name="Hash">SHA-256 of the bytes, lower-case hex.</param>
/// <param name="Rows">Rows below the header.</param>
public sealed record ImportFile(string Path, string Name, string Hash, long Size, string EncodingName, char Delimiter, IReadOnlyList<string> Headers, int Rows)
{
    private const int LongestRow = 64 * 1024;

    internal Encoding Encoding => CodePagesEncodingProvider.Instance.GetEncoding(EncodingName) ?? Encoding.GetEncoding(EncodingName);

    /// <summary>Reads the whole file once, in a fixed amount of memory: size, kind, encoding, delimiter and every quotation mark.</summary>
    /// <param name="largest">In bytes.</param>
    public static async Task<Result<ImportFile>> OpenAsync(string path, string name, long largest, CancellationToken cancellationToken)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            return new ImportFileMissing();
        if (info.Length == 0)
            return new ImportFileEmpty();
        if (info.Length > largest)
            return new ImportFileTooLarge(info.Length, largest);
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

    /// <summary>The first rows as they stand, for the person who brought the file to see that the columns are understood.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<string>>> FirstRowsAsync(int count, CancellationToken cancellationToken)
    {
        await using var csv = Read();
        var rows = new List<IReadOnlyList<string>>(count);
        while (rows.Count < count && await csv.ReadAsync(cancellationToken))
            rows.Add([.. Enumerable.Range(0, Headers.Count).Select(csv.GetString)]);
        return rows;
    }

    /// <summary>A reader at the first row. The file has been scanned, so it does not throw for what the file holds.</summary>
    internal CsvReader Read() => CsvReader.Create(Stream(Path), Options(Encoding, Delimiter));

    private static async Task<Result<ImportFile>> ScanAsync(string path, string name, FileText text, CancellationToken cancellationToken)
    {
        await using var csv = CsvReader.Create(Stream(path), Options(text.Encoding, null));
        try
        {
            var rows = 0;
            while (await csv.ReadAsync(cancellationToken))
                rows++;
            return rows == 0
                ? new ImportFileHasOnlyHeader()
                : new ImportFile(path, name, text.Hash, text.Size, text.Encoding.WebName, csv.Separator, [.. csv.Headers], rows);
        }
        catch (CsvFormatException problem)
        {
            return problem.Message.Contains(nameof(CsvReaderOptions.MaxRecordSize), StringComparison.Ordinal)
                ? new ImportRowTooLong(problem.LineNumber)
                : new ImportFileBroken(problem.LineNumber);
        }
    }

    private static FileStream Stream(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, Options = FileOptions.SequentialScan | FileOptions.Asynchronous, BufferSize = 0,
    });

    private static CsvReaderOptions Options(Encoding encoding, char? separator) => new()
    {
        HasHeader = true, Encoding = encoding, Separator = separator, TrackLineNumbers = true, MaxRecordSize = LongestRow,
        MalformedData = CsvMalformedDataHandling.Throw, IncludeValuesInExceptions = false,
    };
}
