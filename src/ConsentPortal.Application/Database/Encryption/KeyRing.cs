using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Domain.Audit;

namespace ConsentPortal.Application.Database.Encryption;

/// <summary>
/// The keys that never enter the database: master keys that wrap each person's data key, the key of the look-up hashes,
/// and the seed of the audit log's signing key. One file, readable by the portal's account alone, backed up apart from
/// the database. Without it the portal does not start: it would write what nobody could read.
/// </summary>
public sealed class KeyRing
{
    private readonly string _path;
    private volatile Dictionary<uint, byte[]> _masterKeys;
    private volatile LogKeys _logKeys;

    private KeyRing(string path, KeyRingFile file)
    {
        _path = path;
        _masterKeys = file.MasterKeys.ToDictionary(k => k.Id, k => k.Key);
        IndexKey = file.IndexKey;
        LogName = file.LogName;
        _logKeys = new LogKeys(file.SigningSeed, [.. (file.FormerLogKeys ?? []).Select(Parse)], WrittenAt(path));
    }

    /// <summary>The key that wraps new data keys: the youngest that this process knows of.</summary>
    public uint CurrentMasterKeyId => _masterKeys.Keys.Max();

    /// <summary>HMAC-SHA-256 key of every look-up hash.</summary>
    public byte[] IndexKey { get; }

    /// <summary>Ed25519 seed of the key that signs checkpoints now, 32 bytes.</summary>
    public byte[] SigningSeed => CurrentLogKeys().Seed;

    /// <summary>Public halves of the keys that signed before: their checkpoints stay good, and nothing new is signed with them.</summary>
    public IReadOnlyList<VerifierKey> FormerLogKeys => CurrentLogKeys().Former;

    /// <summary>Origin of the audit log, first line of each checkpoint.</summary>
    public string LogName { get; }

    /// <exception cref="CryptographicException">The ring does not hold this key: it was rotated away or belongs to another portal.</exception>
    public byte[] MasterKey(uint id) => _masterKeys.TryGetValue(id, out var key) || AddedMeanwhile().TryGetValue(id, out key)
        ? key
        : throw new CryptographicException($"The key ring holds no master key {id}. Restore the key ring that this database was written with.");

    // Another process may have rotated; what it wraps with the new key must be readable here at once.
    private Dictionary<uint, byte[]> AddedMeanwhile() => _masterKeys = File.Exists(_path) ? Load(_path)._masterKeys : _masterKeys;

    // The next checkpoint of a running portal is signed with the key that another process has just made.
    private LogKeys CurrentLogKeys() => File.Exists(_path) && WrittenAt(_path) != _logKeys.WrittenAt ? _logKeys = Load(_path)._logKeys : _logKeys;

    private static DateTime WrittenAt(string path) => File.GetLastWriteTimeUtc(path);

    private static VerifierKey Parse(string key) =>
        VerifierKey.Parse(key).TryGet(out var known, out var failure) ? known : throw new InvalidDataException($"The key ring holds a former log key that cannot be read. {failure.Message}");

    /// <exception cref="FileNotFoundException">There is no ring at this path.</exception>
    /// <exception cref="InvalidDataException">The file is not a key ring.</exception>
    public static KeyRing Load(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path));
            return file is { MasterKeys.Count: > 0, IndexKey.Length: 32, SigningSeed.Length: 32 }
                ? new KeyRing(path, file)
                : throw new InvalidDataException($"{path} is not a complete key ring.");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path} is not a key ring.", problem);
        }
    }

    /// <summary>Makes a new ring of random keys; never overwrites a file.</summary>
    public static KeyRing Create(string path, string logName, DateTimeOffset now)
    {
        var file = new KeyRingFile(logName, [NewMasterKey(1, now)], RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        WriteNew(path, file);
        return new KeyRing(path, file);
    }

    /// <summary>Adds a master key, which wraps from now on; older ones stay to unwrap.</summary>
    public static KeyRing Rotate(string path, DateTimeOffset now)
    {
        var file = JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path))!;
        file.MasterKeys.Add(NewMasterKey(file.MasterKeys.Max(k => k.Id) + 1, now));
        return Replace(path, file);
    }

    /// <summary>Makes a new key for the log's checkpoints; of the one before only the public half stays.</summary>
    /// <param name="former">The verifier key of the seed that is given up.</param>
    public static KeyRing RotateLogKey(string path, VerifierKey former)
    {
        var file = JsonSerializer.Deserialize<KeyRingFile>(File.ReadAllBytes(path))!;
        return Replace(path, file with { SigningSeed = RandomNumberGenerator.GetBytes(32), FormerLogKeys = [.. file.FormerLogKeys ?? [], former.ToString()] });
    }

    private static KeyRing Replace(string path, KeyRingFile file)
    {
        var fresh = path + ".new";
        WriteNew(fresh, file);
        File.Move(fresh, path, overwrite: true);
        return new KeyRing(path, file);
    }

    private static MasterKeyEntry NewMasterKey(uint id, DateTimeOffset now) => new(id, now, RandomNumberGenerator.GetBytes(32));

    private static void WriteNew(string path, KeyRingFile file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, options);
        JsonSerializer.Serialize(stream, file);
        stream.Flush(flushToDisk: true);
    }

    private sealed record KeyRingFile(string LogName, List<MasterKeyEntry> MasterKeys, byte[] IndexKey, byte[] SigningSeed, IReadOnlyList<string>? FormerLogKeys = null);

    private sealed record LogKeys(byte[] Seed, IReadOnlyList<VerifierKey> Former, DateTime WrittenAt);

    private sealed record MasterKeyEntry(uint Id, DateTimeOffset CreatedAt, byte[] Key);
}
