using ConsentPortal.Application.Campaigns;
using Microsoft.Extensions.Logging;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Does something whenever a planner says that it has planned a batch.</summary>
internal sealed class AfterEachBatch(Action act) : ILogger<CampaignPlanner>
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => act();
}
