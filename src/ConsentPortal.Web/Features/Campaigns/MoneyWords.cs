using ConsentPortal.Application.Campaigns;
using ConsentPortal.Web.Components.Shared;

namespace ConsentPortal.Web.Features.Campaigns;

/// <summary>What staff read where a campaign costs more than there is money for.</summary>
internal static class MoneyWords
{
    /// <returns>Null where there is enough, or nobody knows.</returns>
    public static string? Missing(CampaignView campaign)
    {
        if (campaign is not { MissingMoney: { } missing, Balance: { } balance, DryRun.Detail.Cost: var cost })
            return null;
        var facts = $"It costs about {CampaignWording.OfMoney(cost)}, and the account at the provider had {CampaignWording.OfMoney(balance.Amount)} on {Figures.Time(balance.At, TimeZoneInfo.Utc)} UTC: {CampaignWording.OfMoney(missing)} too little.";
        return balance.RefillsItself
            ? $"{facts} The account refills itself; see that it can do so often enough."
            : $"{facts} Top the account up, or sending stops when the money is gone and goes on only afterwards.";
    }
}
