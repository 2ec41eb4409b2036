using ConsentPortal.Domain.Campaigns;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Campaigns;

/// <summary>Does the same for one campaign after another. What fails for one is logged and tried again at the next turn; it does not keep the others waiting.</summary>
internal static partial class EachCampaign
{
    public static async Task DoAsync(IEnumerable<CampaignId> campaigns, Func<CampaignId, Task> work, ILogger logger, CancellationToken cancellationToken)
    {
        foreach (var id in campaigns)
        {
            try
            {
                await work(id);
            }
            catch (Exception problem) when (problem is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(logger, problem, id);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on campaign {CampaignId} failed and will be tried again; the others go on")]
    private static partial void LogFailed(ILogger logger, Exception problem, CampaignId campaignId);
}
