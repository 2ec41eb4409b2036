using System.Text.RegularExpressions;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>How a link was opened, as far as it tells people from programs that look at links before anybody reads the text.</summary>
/// <param name="Method">Of HTTP.</param>
/// <param name="UserAgent">Null where none was said.</param>
/// <param name="Purpose">What the browser says it fetches the page for, ahead of the reader; null for nothing.</param>
public sealed partial record LinkVisit(string Method, string? UserAgent, string? Purpose)
{
    /// <summary>Scanners of carriers and handsets open links as the text passes; nobody reads and taps as fast.</summary>
    public static readonly TimeSpan TooSoon = TimeSpan.FromSeconds(3);

    /// <param name="sinceSent">Since the text was handed to the provider.</param>
    public bool IsByPerson(TimeSpan sinceSent) =>
        Method == "GET" && sinceSent >= TooSoon && !string.IsNullOrWhiteSpace(UserAgent) && !Programs().IsMatch(UserAgent)
        && Purpose?.Contains("prefetch", StringComparison.OrdinalIgnoreCase) is not true && Purpose?.Contains("preview", StringComparison.OrdinalIgnoreCase) is not true;

    // Names that crawlers, link previews, mail and message scanners and HTTP libraries give themselves.
    [GeneratedRegex(
        @"(?<!cu)bot\b|crawl|spider|slurp|preview|prefetch|scanner|monitor|facebookexternalhit|facebot|whatsapp|skypeuri|embedly|headless|phantomjs|lighthouse"
        + @"|barracuda|proofpoint|mimecast|safelinks|symantec|trendmicro|fireeye|paloalto|zscaler|virustotal|urlscan"
        + @"|^(curl|wget|python|java|go-http|okhttp|apache-httpclient|libwww|axios|node|ruby|php|perl|dart|powershell|postmanruntime)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Programs();
}
