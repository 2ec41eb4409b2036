using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Domain.Campaigns;

/// <summary>A link of a campaign's texts whose clicks can be counted.</summary>
/// <param name="Number">Its place among all links of all the texts, from 1: stays the same however the portal is reached.</param>
/// <param name="Text">As the author wrote it.</param>
public sealed record TrackedLink(int Number, string Text, Uri Target);

/// <summary>
/// Finds the links of a campaign. Only what the author wrote out can be counted: an address with a merge field in it is
/// another one for each person, and a public shortener or a disguised address stays in sight, so that the rules see it (CT-14).
/// </summary>
public static class TrackedLinks
{
    public const int Most = byte.MaxValue;

    /// <param name="templates">All texts of a campaign, A first and further languages last.</param>
    public static IReadOnlyList<TrackedLink> In(IEnumerable<string> templates) =>
        [.. templates.SelectMany(BodyLinks.In).DistinctBy(link => link.Text, StringComparer.Ordinal).Take(Most).Index().Select(Of).OfType<TrackedLink>()];

    /// <summary>Puts other addresses in the place of links; punctuation after them stays.</summary>
    /// <param name="replacement">Null leaves a link as it is.</param>
    public static string Replace(string text, Func<string, string?> replacement) => BodyLinks.Replace(text, replacement);

    private static TrackedLink? Of((int Place, BodyLink Link) found)
    {
        var (place, link) = found;
        if (link.IsShortener || link.IsUnsafe || link.Text.AsSpan().IndexOfAny('{', '}') >= 0)
            return null;
        var hasScheme = link.Text.Contains("://", StringComparison.Ordinal);
        return Uri.TryCreate(hasScheme ? link.Text : $"https://{link.Text}", UriKind.Absolute, out var target) && IsWeb(target) && target.UserInfo.Length == 0
            ? new TrackedLink(place + 1, link.Text, target)
            : null;
    }

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp;
}
