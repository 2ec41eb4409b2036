using System.Globalization;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Web.Features.Subscribers;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Segments;

/// <summary>The exact size of a rule's audience, and ten of its people.</summary>
public sealed partial class SegmentFiguresPanel
{
    /// <summary>So many countries are named; the rest is one line.</summary>
    private const int MostCountries = 5;

    /// <summary>Of the rule as it stands in the editor; null until that was counted.</summary>
    [Parameter, EditorRequired]
    public SegmentFigures? Figures { get; set; }

    /// <summary>Of the same rule, the largest first; empty until they are counted.</summary>
    [Parameter]
    public IReadOnlyList<SegmentCountry> Countries { get; set; } = [];

    /// <summary>True while the rule is being counted.</summary>
    [Parameter]
    public bool Busy { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<(PurposeId Id, string Name)> Purposes { get; set; }

    [Parameter]
    public PurposeId? Purpose { get; set; }

    [Parameter]
    public EventCallback<PurposeId?> PurposeChanged { get; set; }

    /// <summary>Whether the reader may open the pages of people.</summary>
    [Parameter]
    public bool MayOpen { get; set; }

    /// <summary>What the count is compared with; null for a segment that was not used yet.</summary>
    [Parameter]
    public SegmentLastUse? LastUse { get; set; }

    private IEnumerable<(string Name, int People)> Shown => Countries.Count <= MostCountries + 1
        ? Countries.Select(c => (PersonWords.Country(c.Region), c.People))
        : Countries.Take(MostCountries).Select(c => (PersonWords.Country(c.Region), c.People)).Append(($"{Countries.Count - MostCountries} others", Countries.Skip(MostCountries).Sum(c => c.People)));

    private static string Counted(int people) => ConsentPortal.Web.Components.Shared.Figures.Counted(people, "person", "people");

    private static string Drift(int before, int now) =>
        before == now || before == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({(now > before ? "+" : "−")}{Math.Abs(100.0 * (now - before) / before):0.#} %)");

    private string Name(PurposeId? id) => id is { } known ? Purposes.FirstOrDefault(p => p.Id == known).Name ?? "" : "";
}
