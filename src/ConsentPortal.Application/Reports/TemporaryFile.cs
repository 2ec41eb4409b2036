namespace ConsentPortal.Application.Reports;

/// <summary>Where a file is made before it is handed out: it lives as long as the answer, and is gone as soon as it is closed.</summary>
public static class TemporaryFile
{
    /// <param name="kind">What it is made for, as a part of its name.</param>
    public static FileStream Open(string kind, DateTimeOffset now) => new(
        Path.Combine(Path.GetTempPath(), $"{kind}-{Guid.CreateVersion7(now):N}"),
        new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 1 << 16, Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous });
}
