using ConsentPortal.Application.Database;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Messaging.Balance;

/// <summary>
/// Asks the provider every few minutes how much money is left and keeps the last figure, so that staff see an empty account coming before it refuses texts.
/// </summary>
public sealed partial class WatchBalance(PortalDatabase database, ISmsGateway gateway, IOptions<BalanceOptions> options, TimeProvider clock, ILogger<WatchBalance> logger) : BackgroundService
{
    /// <summary>Asks once. An answer that does not come leaves the figure before it, whose time says how old it is.</summary>
    /// <returns>False where there is no account, or no answer came.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (!gateway.HasAccount)
            return false;
        if (!(await gateway.GetBalanceAsync(cancellationToken)).TryGet(out var told, out var failure))
        {
            LogUnanswered((failure as ProviderDidNotAnswer)?.Code ?? "");
            return false;
        }

        var known = new KnownBalance(told.Amount, told.RefillsItself, clock.GetUtcNow(), options.Value.WarnBelow);
        await database.WriteAsJobAsync(db => known.KeepAsync(db, cancellationToken), cancellationToken);
        return true;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Every <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(options.Value.Every, clock);
        do
        {
            try
            {
                await AskAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // The last figure stays, with its time.
                LogFailed(problem);
            }
        }
        while (await WaitAsync(timer, stoppingToken));
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Provider did not tell its balance: {Code}")]
    private partial void LogUnanswered(string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking for the provider's balance failed and will be tried again")]
    private partial void LogFailed(Exception problem);
}
