using System.Text;

namespace ConsentPortal.Application.Tests.PrivacyRequests;

/// <summary>The bytes of files, whoever else has them open.</summary>
internal static class RawFiles
{
    /// <summary>Whether any file below a folder holds a text in one piece.</summary>
    public static async Task<bool> HoldAsync(string folder, string text)
    {
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            if ((await ReadAsync(path)).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0)
                return true;
        }

        return false;
    }

    /// <returns>Nothing of a file that is gone: the log and its index are as soon as the last connection is, and another test may close those that wait to be used again.</returns>
    public static async Task<byte[]> ReadAsync(string path)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            return bytes.ToArray();
        }
        catch (FileNotFoundException)
        {
            return [];
        }
    }
}
