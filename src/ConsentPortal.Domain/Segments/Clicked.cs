using System.Text.Json.Serialization;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Segments;

/// <summary>Opened a link in the text of a campaign, as far as the campaign counts clicks.</summary>
/// <param name="Campaign">Null for any campaign.</param>
/// <param name="Not">True for those who opened none, sent or not.</param>
[RuleKind("clicked")]
public sealed record Clicked(RuleTime When, CampaignId? Campaign = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : SegmentRule
{
    public override string Describe(RuleNames names) =>
        $"{(Not ? "did not open a link of" : "opened a link of")} {(Campaign is { } id ? $"the campaign {names.Campaign(id)}" : "any campaign")} {When.Describe()}";

    public override bool Holds(SegmentPerson person) => Not != Counted(person).Any();

    internal override string Seen(SegmentPerson person) =>
        Counted(person).Max(c => (DateTimeOffset?)c.At) is { } last ? $"last opened one {person.Dated(last)}" : "opened none of the kind";

    internal override IEnumerable<string> Problems() =>
        (When?.Problems() ?? RuleLimits.NoTime).Concat(Campaign?.Value == Guid.Empty ? ["Choose the campaign."] : []);

    private IEnumerable<SeenText> Counted(SegmentPerson person) =>
        person.Clicks.Where(c => (Campaign is null || c.Campaign == Campaign) && When.Has(c.At, person.At));
}
