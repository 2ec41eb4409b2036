using System.Buffers;
using System.Text;

namespace ConsentPortal.Application.Consent;

/// <summary>Knows an e-mail that was saved as a file by what is in it.</summary>
internal static class MailForm
{
    // Long chains of servers and signatures stand before the words.
    private const int MostHead = 64 * 1024;

    private static readonly string[] Senders = ["From"];
    private static readonly string[] Others = ["To", "Date", "Subject", "Received", "Message-ID"];

    // Tab, line feed, carriage return, and whatever can be seen; letters beyond ASCII may stand in the names of people.
    private static readonly SearchValues<byte> Unwritten = SearchValues.Create([.. Enumerable.Range(0, 32).Where(c => c is not (9 or 10 or 13)).Select(c => (byte)c), 127]);

    private static ReadOnlySpan<byte> Compound => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <returns>The media type and the extension; null for what is no e-mail.</returns>
    public static (string ContentType, string Extension)? Of(ReadOnlySpan<byte> bytes) =>
        IsOutlook(bytes) ? ("application/vnd.ms-outlook", ".msg") : IsInternetMessage(bytes) ? ("message/rfc822", ".eml") : null;

    /// <summary>A compound file of Microsoft's could also be a document with macros; only an item of a mailbox holds these properties (MS-OXMSG 2.4).</summary>
    private static bool IsOutlook(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Compound) && bytes.IndexOf(Encoding.Unicode.GetBytes("__properties_version1.0")) >= 0;

    /// <summary>Lines of "Name: value" up to the first empty one, with a sender among them (RFC 5322 § 2.2, 3.6).</summary>
    private static bool IsInternetMessage(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, MostHead)];
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in Encoding.Latin1.GetString(Beginning(head)).Split('\n'))
        {
            var text = line.TrimEnd('\r');
            if (text.Length == 0)
                break;
            if (text[0] is ' ' or '\t' && names.Count > 0)
                continue;
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || text[..colon].Any(c => c is <= ' ' or > '~'))
                return false;
            names.Add(text[..colon]);
        }

        return names.Overlaps(Senders) && names.Overlaps(Others) && !bytes.ContainsAny(Unwritten);
    }

    /// <summary>Up to the empty line; a line that the limit cuts is left out.</summary>
    private static ReadOnlySpan<byte> Beginning(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf("\n\n"u8) is >= 0 and var plain ? plain : head.IndexOf("\r\n\r\n"u8);
        return end >= 0 ? head[..end] : head.Length < MostHead ? head : head[..Math.Max(0, head.LastIndexOf((byte)'\n'))];
    }
}
