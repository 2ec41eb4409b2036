using ConsentPortal.Application.Policy;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Rules;
using ConsentPortal.Web.Components.Shared;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Policy;

/// <summary>The policy that governs now, in words, and the book of rules behind it.</summary>
public sealed partial class PolicyPage(ActivePolicy policies, PolicyVersions versions, NavigationManager navigation, TimeProvider clock)
{
    private static readonly string[] Countries =
        [.. RuleBook.Chapters.SelectMany(chapter => chapter.Countries).Distinct().OrderBy(PersonWords.Country, StringComparer.InvariantCulture)];

    private PolicyVersion? _policy;
    private PolicyView? _open;
    private IReadOnlyList<RuleChapter> _chapters = [];
    private IReadOnlyList<ActiveFilter> _active = [];

    [SupplyParameterFromQuery]
    public string? Text { get; set; }

    [SupplyParameterFromQuery]
    public string? Country { get; set; }

    protected override async Task OpenAsync()
    {
        _open = (await versions.ListAsync(Actor, Closing)).FirstOrDefault(v => v.IsDraft || v.Status is PolicyStatus.Scheduled);
        _policy = await policies.AtAsync(Actor, clock.GetUtcNow(), Closing);
    }

    protected override void OnParametersSet()
    {
        _chapters =
        [
            .. RuleBook.Chapters.Where(chapter => Country is null || chapter.Countries.Contains(Country))
                .Select(chapter => chapter with { Rules = [.. chapter.Rules.Where(rule => Matches(rule, chapter))] })
                .Where(chapter => chapter.Rules.Count > 0),
        ];
        _active = [.. Active()];
    }

    private bool Matches(PolicyRule rule, RuleChapter chapter)
    {
        if (string.IsNullOrWhiteSpace(Text))
            return true;
        var text = Text.Trim();
        return rule.Id.Contains(text, StringComparison.OrdinalIgnoreCase) || rule.Sentence.Contains(text, StringComparison.OrdinalIgnoreCase)
            || rule.Citation.Contains(text, StringComparison.OrdinalIgnoreCase) || chapter.Names.Any(name => name.Contains(text, StringComparison.OrdinalIgnoreCase));
    }

    private IEnumerable<ActiveFilter> Active()
    {
        if (!string.IsNullOrWhiteSpace(Text))
            yield return new ActiveFilter("Text", Text, Address(null, Country));
        if (Country is not null)
            yield return new ActiveFilter("Country", PersonWords.Country(Country), Address(Text, null));
    }

    private void Show(string? text, string? country) => navigation.NavigateTo(Address(text, country), replace: true);

    private string Address(string? text, string? country) => navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["text"] = string.IsNullOrWhiteSpace(text) ? null : text.Trim(), ["country"] = country,
    });
}
