using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.Subscribers;

namespace ConsentPortal.Application.Tests.Database;

/// <summary>Who writes next where only one transaction at a time can.</summary>
public sealed class WriterLineTests
{
    private const int Rows = 2_000;

    private readonly WriterLine _line = new();
    private readonly List<string> _served = [];

    [Fact]
    public async Task People_go_before_jobs_and_among_equals_the_first_comes_first()
    {
        await _line.TakeAsync(isJob: true, default);
        var waiting = new[] { WriteAsync("job 1", true), WriteAsync("person 1", false), WriteAsync("job 2", true), WriteAsync("person 2", false) };
        Assert.False(_line.IsEmpty);

        _line.Release();
        await Task.WhenAll(waiting);

        Assert.Equal(["person 1", "person 2", "job 1", "job 2"], _served);
        Assert.True(_line.IsEmpty);
    }

    [Fact]
    public async Task A_crowd_of_people_does_not_stop_a_job_for_ever()
    {
        await _line.TakeAsync(isJob: false, default);
        var waiting = Enumerable.Range(1, 10).Select(i => WriteAsync($"person {i}", false)).Prepend(WriteAsync("job", true)).ToList();

        _line.Release();
        await Task.WhenAll(waiting);

        Assert.InRange(_served.IndexOf("job"), 1, 5);
    }

    [Fact]
    public async Task Who_gives_up_is_passed_over_and_the_line_goes_on()
    {
        using var impatience = new CancellationTokenSource();
        await _line.TakeAsync(isJob: false, default);
        var gaveUp = WriteAsync("gave up", false, impatience.Token);
        var stayed = WriteAsync("stayed", true);

        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        _line.Release();
        await stayed;

        Assert.Equal(["stayed"], _served);
        await WriteAsync("later", true);
    }

    [Fact]
    public async Task An_import_that_nobody_waits_for_is_one_commit()
    {
        await using var portal = await PeoplePortal.OpenAsync();

        Assert.Equal([Rows], await ImportAsync(portal));
    }

    [Fact]
    public async Task An_import_commits_what_it_has_as_soon_as_somebody_waits()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        using var end = new CancellationTokenSource();
        // Two, so that one waits whenever the import has the turn.
        var people = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
                await portal.Database.WriteAsync(_ => Task.CompletedTask, default);
        })).ToList();

        var commits = await ImportAsync(portal);
        await end.CancelAsync();
        await Task.WhenAll(people);

        Assert.True(commits.Count > 1, "Whoever waited had to wait for the whole list.");
        Assert.Equal(Rows, commits[^1]);
    }

    /// <returns>How many rows were done after each commit.</returns>
    private static async Task<List<int>> ImportAsync(PeoplePortal portal)
    {
        using var list = ListFile.Of([.. Enumerable.Range(0, Rows).Select(i => $"+447710{i:D6},GB,Ann,yes,2025-11-03,web form")]);
        var commits = new List<int>();
        await portal.Get<ImportSubscribers>().ExecuteAsync(
            portal.Staff, list.Request() with { PurposeId = portal.Offers.Id, WordingId = portal.Wording.Id }, new ImportWatch(Progress: p => commits.Add(p.RowsDone)), default);
        return commits;
    }

    private async Task WriteAsync(string name, bool isJob, CancellationToken cancellationToken = default)
    {
        await _line.TakeAsync(isJob, cancellationToken);
        _served.Add(name);
        _line.Release();
    }
}
