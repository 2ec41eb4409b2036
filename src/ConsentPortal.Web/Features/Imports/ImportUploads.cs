using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Web.Features.Imports;

/// <summary>Lists on their way in: readable by the portal's account alone, and deleted as soon as they have been worked through.</summary>
public sealed class ImportUploads(PortalFolders folders, IOptions<ImportOptions> options, TimeProvider clock)
{
    private const int BlockSize = 128 * 1024;

    // A crash leaves its file behind; nobody is still at work on one of yesterday.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>Streams a chosen file to disk.</summary>
    /// <param name="progress">The share that has arrived, 0 to 1.</param>
    /// <returns>The path of the copy.</returns>
    public async Task<Result<string>> TakeAsync(IBrowserFile file, Action<double> progress, CancellationToken cancellationToken)
    {
        if (file.Size > options.Value.LargestFile)
            return new ImportFileTooLarge(file.Size, options.Value.LargestFile);
        Directory.CreateDirectory(folders.Uploads);
        DeleteForgotten();
        var path = Path.Combine(folders.Uploads, $"{Guid.CreateVersion7(clock.GetUtcNow()):N}.list");
        try
        {
            await using var from = file.OpenReadStream(options.Value.LargestFile, cancellationToken);
            await using var to = new FileStream(path, NewFile());
            await CopyAsync(from, to, file.Size, progress, cancellationToken);
            return path;
        }
        catch
        {
            Delete(path);
            throw;
        }
    }

    public static void Delete(string path) => File.Delete(path);

    private static async Task CopyAsync(Stream from, Stream to, long size, Action<double> progress, CancellationToken cancellationToken)
    {
        var block = new byte[BlockSize];
        var (copied, told) = (0L, 0.0);
        int count;
        while ((count = await from.ReadAsync(block, cancellationToken)) > 0)
        {
            await to.WriteAsync(block.AsMemory(0, count), cancellationToken);
            copied += count;
            var share = size == 0 ? 1 : (double)copied / size;
            if (share - told < 0.01)
                continue;
            told = share;
            progress(share);
        }
    }

    private void DeleteForgotten()
    {
        var oldest = clock.GetUtcNow() - Longest;
        foreach (var file in new DirectoryInfo(folders.Uploads).EnumerateFiles("*.list").Where(f => f.LastWriteTimeUtc < oldest.UtcDateTime))
            file.Delete();
    }

    private static FileStreamOptions NewFile()
    {
        var file = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return file;
    }
}
