using System.Runtime.CompilerServices;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Imports;

/// <summary>A file that was read through once and whose columns are understood, ready to be judged row by row.</summary>
internal sealed record ImportWork(ImportFile File, RowReader Reader, FileNumbers Numbers)
{
    public static async Task<Result<ImportWork>> PrepareAsync(ImportRequest request, long largest, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!(await ImportFile.OpenAsync(request.FilePath, request.FileName, largest, cancellationToken)).TryGet(out var file, out var failure))
            return failure;
        if (!RowReader.Create(file.Headers, request.Map, request.DefaultRegion, now).TryGet(out var reader, out failure))
            return failure;
        return new ImportWork(file, reader, await FileNumbers.ReadAsync(file, reader, cancellationToken));
    }

    public async IAsyncEnumerable<IReadOnlyList<ImportRow>> RowsAsync(int atOnce, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var csv = File.Read();
        var rows = new List<ImportRow>(atOnce);
        var index = 0;
        while (await csv.ReadAsync(cancellationToken))
        {
            rows.Add(Reader.Read(csv, Numbers.PhoneAt(index++, out var refusal), refusal));
            if (rows.Count < atOnce)
                continue;
            yield return rows;
            rows = new List<ImportRow>(atOnce);
        }

        if (rows.Count > 0)
            yield return rows;
    }
}
