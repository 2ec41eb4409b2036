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

    private static async Task<byte[]> ReadAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
