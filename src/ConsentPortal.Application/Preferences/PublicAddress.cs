using System.ComponentModel.DataAnnotations;
using ConsentPortal.Domain.Subscribers;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Preferences;

public sealed class PublicAddressOptions
{
    public const string Section = "PublicPages";

    /// <summary>Where people outside reach the portal, such as https://texts.example.com.</summary>
    [Url(ErrorMessage = "PublicPages:Address has to be a whole address, such as https://texts.example.com.")]
    public string? Address { get; set; }
}

/// <summary>Addresses for texts and papers, which are read far from any request.</summary>
public sealed class PublicAddress(IOptions<PublicAddressOptions> options, PreferenceLinks links)
{
    private readonly Uri? _root = string.IsNullOrWhiteSpace(options.Value.Address) ? null : new Uri(options.Value.Address.TrimEnd('/') + "/");

    /// <returns>Null where the setting is missing.</returns>
    public Uri? Of(string path) => _root is null ? null : new Uri(_root, path.TrimStart('/'));

    /// <returns>The link to a person's preference page; null where the setting is missing.</returns>
    public string? PreferencesOf(NumberPeriodId period) => Of($"p/{links.LinkFor(period)}")?.ToString();
}
