using Microsoft.Win32.SafeHandles;

namespace ConsentPortal.Application.Database.Sqlite;

/// <summary>
/// Opens files to read beside whoever writes them, the embedded database among them. On Unix a process that closes one handle
/// on a file gives up all its locks on it (POSIX, fcntl), those of the engine too; another portal on the same database could
/// then take it for unused as it ends, and delete the log under this one. A handle on the database is therefore never
/// closed: it is used again for as long as the file is the same.
/// </summary>
internal readonly struct SharedFile : IDisposable
{
    private static readonly string[] OfDatabase = [string.Empty, "-wal", "-shm"];
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, SafeFileHandle> InUse = new(StringComparer.Ordinal);

    // A handle that nobody holds would be closed by the collector.
    private static readonly List<SafeFileHandle> Former = [];

    private readonly bool _isKept;

    private SharedFile(SafeFileHandle handle, bool isKept) => (Handle, _isKept) = (handle, isKept);

    public SafeFileHandle Handle { get; }

    /// <exception cref="FileNotFoundException">The file is gone.</exception>
    public static SharedFile Open(string path) => IsLocked(path) ? new SharedFile(Keep(path), isKept: true) : new SharedFile(OpenHandle(path), isKept: false);

    public void Dispose()
    {
        if (!_isKept)
            Handle.Dispose();
    }

    private static bool IsLocked(string path)
    {
        var name = Path.GetFileName(new PortalFolders(string.Empty).Database);
        return !OperatingSystem.IsWindows() && Array.Exists(OfDatabase, suffix => Path.GetFileName(path.AsSpan()).SequenceEqual(name + suffix));
    }

    private static SafeFileHandle Keep(string path)
    {
        lock (Gate)
        {
            if (InUse.TryGetValue(path, out var known) && IsStill(known, path))
                return known;
            var fresh = OpenHandle(path);
            if (known is not null)
                Former.Add(known);
            return InUse[path] = fresh;
        }
    }

    // A file that was deleted and made anew differs; one that somebody writes meanwhile may seem to, and is opened once more.
    private static bool IsStill(SafeFileHandle handle, string path) =>
        new FileInfo(path) is { Exists: true } file && (file.Length, file.LastWriteTimeUtc) == (RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle));

    private static SafeFileHandle OpenHandle(string path) =>
        File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
}
