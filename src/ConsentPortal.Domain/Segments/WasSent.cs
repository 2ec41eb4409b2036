using System.Text.Json.Serialization;
using ConsentPortal.Domain.Campaigns;

namespace ConsentPortal.Domain.Segments;

/// <summary>Was sent the text of a campaign: handed to the provider, whether or not it arrived.</summary>
/// <param name="Campaign">Null for any campaign.</param>
/// <param name="Not">True for those who were sent none.</param>
[RuleKind("wasSent")]
public sealed record WasSent(RuleTime When, CampaignId? Campaign = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Not = false) : SegmentRule
{
    public override string Describe(RuleNames names) =>
        $"{(Not ? "were not sent" : "were sent")} {(Campaign is { } id ? $"the campaign {names.Campaign(id)}" : "any campaign")} {When.Describe()}";

    public override bool Holds(SegmentPerson person) => Not != Counted(person).Any();

    internal override string Seen(SegmentPerson person) =>
        Counted(person).Max(t => (DateTimeOffset?)t.At) is { } last ? $"last sent {person.Dated(last)}" : "was sent none of the kind";

    internal override IEnumerable<string> Problems() =>
        (When?.Problems() ?? RuleLimits.NoTime).Concat(Campaign?.Value == Guid.Empty ? ["Choose the campaign."] : []);

    private IEnumerable<SeenText> Counted(SegmentPerson person) =>
        person.Texts.Where(t => (Campaign is null || t.Campaign == Campaign) && When.Has(t.At, person.At));
}
