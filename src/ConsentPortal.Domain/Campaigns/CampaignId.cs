namespace ConsentPortal.Domain.Campaigns;

public readonly record struct CampaignId(Guid Value) : IStrongId<CampaignId>
{
    public static CampaignId From(Guid value) => new(value);

    public static CampaignId New(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    public override string ToString() => Value.ToString();
}
