using Microsoft.AspNetCore.Http;

namespace ConsentPortal.Application.Messaging.Simulator;

/// <summary>One call of the provider's API.</summary>
/// <param name="Number">Counts up from 1.</param>
/// <param name="Credentials">basic, bearer or none, as the header had it.</param>
/// <param name="Status">0 where the connection was reset instead of an answer.</param>
public sealed record SimulatedRequest(long Number, DateTimeOffset At, string Method, string Path, string Credentials, int Status);

/// <summary>The last calls in order, whatever became of them. Neither queries nor bodies: they hold numbers. Thread-safe.</summary>
public sealed class SimulatorRequests(TimeProvider clock)
{
    private const int Kept = 2000;

    private static readonly string[] Bench = ["/journal", "/inbound", "/options", "/requests", "/blocked", "/blocked.csv", "/clock"];

    private readonly Lock _gate = new();
    private readonly Queue<SimulatedRequest> _calls = new();
    private long _count;

    /// <summary>The newest ones, oldest first.</summary>
    public IReadOnlyList<SimulatedRequest> Last(int take)
    {
        lock (_gate)
            return [.. _calls.TakeLast(take)];
    }

    internal async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (!Bench.Contains(context.Request.Path.Value))
                Add(context);
        }
    }

    private void Add(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var credentials = header.Length == 0 ? "none" : header.Split(' ')[0].ToLowerInvariant();
        var status = context.RequestAborted.IsCancellationRequested ? 0 : context.Response.StatusCode;
        lock (_gate)
        {
            _calls.Enqueue(new SimulatedRequest(++_count, clock.GetUtcNow(), context.Request.Method, context.Request.Path.Value ?? "/", credentials, status));
            if (_calls.Count > Kept)
                _calls.Dequeue();
        }
    }
}
