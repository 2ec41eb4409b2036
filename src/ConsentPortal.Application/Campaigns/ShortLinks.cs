using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Puts short addresses of the portal's own in the place of links, one for each person and link, so that clicks can be counted.</summary>
public sealed class ShortLinks(PublicAddress address, LinkTokens tokens)
{
    public const string Path = "/l/";

    /// <summary>Whether people outside can reach the portal at all.</summary>
    public bool CanCount => Host is not null;

    /// <summary>The name under which they reach it; null where the setting is missing.</summary>
    public string? Host => address.Of(Path)?.Host;

    /// <summary>How many links of one text would become short ones.</summary>
    public int CountIn(string body) => Of([body])?.Count ?? 0;

    /// <returns>Null where clicks are not counted.</returns>
    internal CampaignLinks? Of(Campaign campaign) => campaign.CountsClicks ? Of(campaign.Bodies) : null;

    /// <param name="bodies">All texts of a campaign, A first and further languages last.</param>
    internal CampaignLinks? Of(IEnumerable<string> bodies) =>
        Host is { } host ? new CampaignLinks([.. TrackedLinks.In(bodies).Where(link => !link.Target.Host.Equals(host, StringComparison.OrdinalIgnoreCase))], this) : null;

    internal string Address(LinkOfText named) => address.Of(Path + tokens.Write(named))!.ToString();
}

/// <summary>The links of one campaign.</summary>
internal sealed class CampaignLinks
{
    // No text has this id: its addresses are as long as everybody's, so that a text is measured before it is anybody's.
    private const long Nobody = 0;

    private readonly Dictionary<string, string> _short;
    private readonly List<(int Number, string Address)> _ofNobody;
    private readonly ShortLinks _links;

    public CampaignLinks(IReadOnlyList<TrackedLink> tracked, ShortLinks links)
    {
        _links = links;
        _ofNobody = [.. tracked.Select(link => (link.Number, links.Address(new LinkOfText(Nobody, link.Number))))];
        _short = tracked.Zip(_ofNobody).ToDictionary(pair => pair.First.Text, pair => pair.Second.Address, StringComparer.Ordinal);
    }

    public int Count => _short.Count;

    /// <summary>A merged text as long as it will be, with addresses that lead nowhere yet.</summary>
    public string Shorten(string text) => _short.Count == 0 ? text : TrackedLinks.Replace(text, _short.GetValueOrDefault);

    /// <summary>The same with the addresses of one text.</summary>
    /// <param name="shortened">As <see cref="Shorten"/> gave it.</param>
    public string For(string shortened, long messageId) => For(shortened, number => new LinkOfText(messageId, number));

    /// <summary>The same with the addresses of a test text, which lead on and are never counted.</summary>
    /// <param name="shortened">As <see cref="Shorten"/> gave it.</param>
    public string ForTest(string shortened, long staffTextId) => For(shortened, number => new LinkOfText(staffTextId, number, IsTest: true));

    private string For(string shortened, Func<int, LinkOfText> named) =>
        _ofNobody.Aggregate(shortened, (text, link) => text.Replace(link.Address, _links.Address(named(link.Number)), StringComparison.Ordinal));
}

public sealed record NoPublicAddress()
    : Failure("Clicks can't be counted, because nobody outside can reach the portal: the setting PublicPages:Address is missing. Nothing was changed; switch the count off, or have an administrator set the address.");
