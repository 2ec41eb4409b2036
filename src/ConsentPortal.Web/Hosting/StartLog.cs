namespace ConsentPortal.Web.Hosting;

/// <summary>
/// What stops the start is said once, in a sentence on standard error. The host and its server would log the same before
/// that, with a stack trace each; once the portal runs they are heard again.
/// </summary>
internal sealed class StartLog
{
    private static readonly string[] Talkative = ["Microsoft.Extensions.Hosting.Internal.Host", "Microsoft.AspNetCore.Server.Kestrel"];

    private WebApplication? _app;

    public StartLog(ILoggingBuilder logging)
    {
        foreach (var category in Talkative)
            logging.AddFilter(category, level => level >= LogLevel.Warning && IsRunning);
    }

    private bool IsRunning => _app?.Lifetime.ApplicationStarted.IsCancellationRequested is true;

    public void Watch(WebApplication app) => _app = app;
}
