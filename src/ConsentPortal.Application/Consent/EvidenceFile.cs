using System.Security.Cryptography;
using ConsentPortal.Domain;

namespace ConsentPortal.Application.Consent;

/// <summary>A scan or picture on its way in or out: known by its first bytes, whatever its name says.</summary>
public sealed record EvidenceFile
{
    /// <summary>Bytes.</summary>
    public const int Largest = 5 * 1024 * 1024;

    private const int LongestName = 120;

    private static readonly (byte[] Start, string Type, string Extension)[] Known =
    [
        ("%PDF-"u8.ToArray(), "application/pdf", ".pdf"),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], "image/png", ".png"),
        ([0xFF, 0xD8, 0xFF], "image/jpeg", ".jpg"),
    ];

    private EvidenceFile(string name, string contentType, string extension, byte[] bytes)
    {
        (Name, ContentType, Extension, Bytes) = (name, contentType, extension, bytes);
        Hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>As the file was called where it came from, without folders.</summary>
    public string Name { get; }

    public string ContentType { get; }

    /// <summary>With its dot, by what the file is.</summary>
    public string Extension { get; }

    public byte[] Bytes { get; }

    /// <summary>SHA-256, lower-case hex.</summary>
    public string Hash { get; }

    public static Result<EvidenceFile> Read(string name, byte[] bytes)
    {
        if (bytes.Length > Largest)
            return new EvidenceTooLarge();
        foreach (var (start, type, extension) in Known)
        {
            if (bytes.AsSpan().StartsWith(start))
                return new EvidenceFile(Plain(name, extension), type, extension, bytes);
        }

        return new EvidenceUnreadable();
    }

    /// <summary>The same for what people send by post or mail: an e-mail that was saved as a file (EML, MSG) is taken too.</summary>
    public static Result<EvidenceFile> ReadLetter(string name, byte[] bytes)
    {
        var read = Read(name, bytes);
        if (read.Failure is not EvidenceUnreadable)
            return read;
        return MailForm.Of(bytes) is var (type, extension) ? new EvidenceFile(Plain(name, extension), type, extension, bytes) : new LetterFileUnreadable();
    }

    // A name comes from outside and becomes the name of a download.
    private static string Plain(string name, string extension)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\', ':']) + 1)..];
        var kept = string.Concat(last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or '|' or '*' or '?'))).Trim(' ', '.');
        return kept.Length == 0 ? $"document{extension}" : kept.Length <= LongestName ? kept : kept[^LongestName..];
    }
}

public sealed record EvidenceTooLarge()
    : Failure("The file is larger than 5 MB. It was not kept; scan it in grey at 150 to 200 dpi, or save it as JPEG, and choose it again.");

public sealed record EvidenceUnreadable()
    : Failure("The file is no PDF, PNG or JPEG, whatever its name says. It was not kept; save the scan as one of these and choose it again.");

public sealed record LetterFileUnreadable()
    : Failure("The file is no PDF, PNG or JPEG and no saved e-mail (EML, MSG), whatever its name says. It was not kept; save it as one of these and choose it again.");
