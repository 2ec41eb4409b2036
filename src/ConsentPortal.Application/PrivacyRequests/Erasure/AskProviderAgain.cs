using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Goes on asking the SMS provider to erase the texts of erased people until it has answered for each.</summary>
public sealed partial class AskProviderAgain(RedactAtProvider provider, Leases leases, TimeProvider clock, ILogger<AskProviderAgain> logger) : BackgroundService
{
    /// <summary>The provider takes 170 in a second; nobody waits for more than a few.</summary>
    private const int BatchSize = 50;

    private const string LeaseName = "provider-redaction";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    private static readonly Actor Eraser = Actor.Job("provider-redaction");

    /// <summary>Asks for everything whose time has come, unless another process does; tests call it directly.</summary>
    /// <returns>How many texts were asked for.</returns>
    public async Task<int> AskAllAsync(CancellationToken cancellationToken)
    {
        var (asked, last) = (0, BatchSize);
        while (last == BatchSize && await leases.TryHoldAsync(LeaseName, LeaseTime, cancellationToken))
        {
            last = await provider.AskDueAsync(Eraser, null, BatchSize, cancellationToken);
            asked += last;
        }

        return asked;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            try
            {
                await AskAllAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                // The requests stay open meanwhile.
                LogFailed(logger, problem);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "Asking the provider to erase texts failed and will be tried again")]
    private static partial void LogFailed(ILogger logger, Exception problem);
}
