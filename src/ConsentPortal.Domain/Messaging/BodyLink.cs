using System.Collections.Frozen;
using System.Net;
using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Messaging;

/// <summary>A web address as it stands in a text.</summary>
/// <param name="Host">Lower case, without user, port and "www.".</param>
/// <param name="IsShortener">A public shortener, which US carriers bar (CT-14).</param>
/// <param name="IsUnsafe">A bare IP address, or a user name before the host: forms that hide where a link leads.</param>
public sealed record BodyLink(string Text, string Host, bool IsShortener, bool IsUnsafe);

internal static partial class BodyLinks
{
    private static readonly FrozenSet<string> Shorteners = new[]
    {
        "bit.ly", "bitly.com", "bitly.ws", "tinyurl.com", "t.ly", "ow.ly", "is.gd", "cutt.ly", "rb.gy", "rebrand.ly", "tiny.cc",
        "bit.do", "bc.vc", "shrtco.de", "soo.gd", "lnkd.in", "app.link", "budurl.com", "alturl.com", "clicky.me", "9qr.de", "s2r.co",
        "lc.chat", "linki.la", "minm.xyz", "serveirc.com", "goo.gl", "t.co",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static BodyLink[] In(string text)
    {
        if (!text.Contains('.', StringComparison.Ordinal) && !text.Contains("://", StringComparison.Ordinal))
            return [];
        return Address().Matches(text).Select(Read).ToArray();
    }

    /// <param name="replacement">Given a link as <see cref="BodyLink.Text"/> has it; null leaves it.</param>
    public static string Replace(string text, Func<string, string?> replacement) => Address().Replace(text, match =>
    {
        var link = Read(match).Text;
        return replacement(link) is { } other ? other + match.Value[link.Length..] : match.Value;
    });

    private static BodyLink Read(Match match)
    {
        var host = match.Groups["host"].Value.TrimEnd('.').ToLowerInvariant();
        if (host.StartsWith("www.", StringComparison.Ordinal))
            host = host[4..];
        var isUnsafe = match.Groups["user"].Success || IPAddress.TryParse(host.Trim('[', ']'), out _);
        return new BodyLink(match.Value.TrimEnd('.', ',', '!', '?', ')'), host, IsShortener(host), isUnsafe);
    }

    private static bool IsShortener(string host)
    {
        if (Shorteners.Contains(host))
            return true;
        var dot = host.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && host.IndexOf('.', dot + 1) > 0 && Shorteners.Contains(host[(dot + 1)..]);
    }

    // With a scheme anything up to a space; without one a host that ends in letters, so that "3.50" and "e.g." are no links.
    [GeneratedRegex(
        @"\bhttps?://((?<user>[^\s/@]+)@)?(?<host>\[[0-9a-f:.]+\]|[^\s/:?#@]+)[^\s]*"
        + @"|(?<![\w@.-])(?<host>(([\p{L}\p{N}]([\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+\p{L}{2,24}|(\d{1,3}\.){3}\d{1,3}))(?![\w@-])(:\d+)?(/[^\s]*)?",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Address();
}
