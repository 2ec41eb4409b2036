using ConsentPortal.Domain;
using ConsentPortal.Web.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace ConsentPortal.Web.Tests.Hosting;

public sealed class BackgroundRunsTests
{
    private readonly Counts _counts = new();

    [Fact]
    public async Task Work_is_at_work_until_it_ends_and_says_what_became_of_it()
    {
        var end = new TaskCompletionSource<Failure?>();
        var run = _counts.Start("Socks", () => end.Task);
        Assert.Equal([run], _counts.All);

        end.SetResult(new NothingToCount());
        await run.Work;

        Assert.Empty(_counts.All);
        Assert.True(run.HasEnded);
        Assert.IsType<NothingToCount>(run.Failure);
    }

    [Fact]
    public async Task Work_that_breaks_is_told_to_staff_as_such()
    {
        var run = _counts.Start("Socks", () => throw new InvalidOperationException("No socks."));

        await run.Work;

        Assert.IsType<CountBroke>(run.Failure);
        Assert.Empty(_counts.All);
    }

    [Fact]
    public async Task Whoever_waits_for_work_to_begin_also_hears_of_work_that_never_did()
    {
        var run = _counts.Start("Socks", () => Task.FromResult<Failure?>(new NothingToCount()));

        await run.Begun.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.IsType<NothingToCount>(run.Failure);
    }

    [Fact]
    public async Task The_same_work_is_not_started_a_second_time_while_it_runs()
    {
        var end = new TaskCompletionSource<Failure?>();
        var first = _counts.Start("Socks", () => end.Task);

        var again = _counts.Start("Socks", () => throw new InvalidOperationException("It was started."));
        var other = _counts.Start("Shoes", () => end.Task);

        Assert.Equal([first, other], _counts.All);
        Assert.True(again.HasEnded);
        Assert.Null(again.Failure);
        end.SetResult(null);
        await first.Work;
        Assert.False(_counts.Start("Socks", () => Task.Delay(Timeout.Infinite, CancellationToken.None).ContinueWith(_ => (Failure?)null, TaskScheduler.Default)).HasEnded);
    }

    [Fact]
    public async Task The_portal_stops_when_all_work_has_stopped_in_order()
    {
        var written = false;
        Count? run = null;
        run = _counts.Start("Socks", async () =>
        {
            while (run is not { IsStopping: true })
                await Task.Delay(5, CancellationToken.None);
            await Task.Delay(50, CancellationToken.None);
            written = true;
            throw new OperationCanceledException();
        });

        await _counts.StopAsync(default);

        Assert.True(written);
        Assert.IsType<CountStopped>(run.Failure);
    }

    private sealed class Count(string what) : BackgroundRun<int>(0)
    {
        public string What { get; } = what;

        public override string Subject => $"The count of {What}";
    }

    private sealed class Counts() : BackgroundRuns<Count, int>(NullLogger.Instance)
    {
        public IReadOnlyList<Count> All => Running;

        public Count Start(string what, Func<Task<Failure?>> work)
        {
            var run = new Count(what);
            TryStart(run, work, other => other.What == what);
            return run;
        }

        protected override Failure Stopped(Count run) => new CountStopped();

        protected override Failure Broke() => new CountBroke();
    }

    private sealed record NothingToCount() : Failure("There was nothing to count.");

    private sealed record CountStopped() : Failure("The count was stopped.");

    private sealed record CountBroke() : Failure("The count broke.");
}
