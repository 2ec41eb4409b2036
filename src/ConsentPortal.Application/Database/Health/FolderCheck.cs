using System.Globalization;
using Ring = ConsentPortal.Application.Database.Encryption.KeyRing;

namespace ConsentPortal.Application.Database.Health;

/// <summary>The folder under which everything lies that the portal writes.</summary>
internal static class FolderCheck
{
    private const long Gigabyte = 1024L * 1024 * 1024;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public static HealthFinding Folder(PortalFolders folders)
    {
        const string check = "data folder";
        if (!Directory.Exists(folders.Root))
            return new HealthFinding(check, false, $"There is no folder {folders.Root}. Run migrate to make a portal there, or set Data:Folder to the folder of one.");
        try
        {
            using var probe = new FileStream(Path.Combine(folders.Root, Path.GetRandomFileName()), new FileStreamOptions
            {
                Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.DeleteOnClose,
            });
            return new HealthFinding(check, true, $"{folders.Root} can be written.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new HealthFinding(check, false, $"{folders.Root} can't be written. Give the portal's account write access.");
        }
    }

    public static HealthFinding Space(PortalFolders folders)
    {
        const string check = "disk space";
        try
        {
            var free = new DriveInfo(Path.GetFullPath(folders.Root)).AvailableFreeSpace;
            var text = string.Create(CultureInfo.InvariantCulture, $"{(double)free / Gigabyte:F1} GB are free under {folders.Root}.");
            return free >= Gigabyte ? new HealthFinding(check, true, text) : new HealthFinding(check, false, text + " Free some space: at less than 1 GB an import or an export can fill the disk.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new HealthFinding(check, false, $"The free space under {folders.Root} can't be read.");
        }
    }

    public static HealthFinding KeyRing(PortalFolders folders)
    {
        const string check = "key ring";
        if (!File.Exists(folders.KeyRing))
            return new HealthFinding(check, false, $"The key ring {folders.KeyRing} is missing. Restore it from its backup; a new portal gets one by migrate.");
        try
        {
            var ring = Ring.Load(folders.KeyRing);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folders.KeyRing) & Others) != 0)
                return new HealthFinding(check, false, $"Others than the portal's account may read or write {folders.KeyRing}. Run chmod 600 on it.");
            return new HealthFinding(check, true, string.Create(CultureInfo.InvariantCulture, $"The key ring of {ring.LogName} is complete; master key {ring.CurrentMasterKeyId} wraps new keys."));
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new HealthFinding(check, false, $"{folders.KeyRing} can't be read as a key ring. Restore it from its backup.");
        }
    }
}
