using ConsentPortal.Application.Campaigns;
using ConsentPortal.Domain.Campaigns;
using Microsoft.AspNetCore.Components;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>What came of each of a campaign's texts, and whether they differ by more than chance.</summary>
public sealed partial class VariantTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<VariantFigures> Variants { get; set; }

    [Parameter]
    public bool CountsClicks { get; set; }

    private string Clicks => Compared("opened a link", v => v.Clicked, v => v.Sent);

    private string OptOuts => Compared("opted out", v => v.OptOuts, v => v.Sent);

    private string Failures => Compared("got no text because it failed", v => v.Failed, v => v.Delivered + v.Failed);

    private string Compared(string did, Func<VariantFigures, int> part, Func<VariantFigures, int> whole) =>
        VariantComparison.Sentence([.. Variants.Select(v => new VariantShare(v.Variant, part(v), whole(v)))], did);
}
