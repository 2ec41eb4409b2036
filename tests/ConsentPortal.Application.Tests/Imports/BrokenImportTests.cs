using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Imports.Undo;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Imports;

/// <summary>Imports that end otherwise than they should: they never stand as running for ever.</summary>
public sealed class BrokenImportTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task One_that_breaks_counts_as_stopped_and_can_be_taken_back()
    {
        var id = await BreakAsync();

        Assert.Equal(ImportState.Stopped, await StateAsync(id));
        Assert.Single(await _portal.AuditAsync("import.stopped"));
        Assert.Equal(1, (await _portal.Get<UndoImport>().ExecuteAsync(_portal.Staff, id, "It broke half way", default)).Value.Removed);
        await using var db = _portal.Database.Open();
        Assert.False(await db.Leases.AnyAsync());
    }

    [Fact]
    public async Task One_whose_process_has_died_is_ended_when_its_lease_is_over()
    {
        var id = await BreakAsync();
        await _portal.Database.WriteAsync(db => db.ImportBatches.ExecuteUpdateAsync(b => b.SetProperty(x => x.State, ImportState.Running)), default);
        Assert.True(await _portal.Get<Leases>().TryHoldAsync(EndOrphanedImports.LeaseOf(id), WorkLease.Lifetime, default));
        var job = _portal.Get<EndOrphanedImports>();

        Assert.Equal(0, await job.EndAsync(default));
        Assert.Equal(ImportState.Running, await StateAsync(id));
        _portal.Clock.Advance(WorkLease.Lifetime + TimeSpan.FromSeconds(1));
        Assert.Equal(1, await job.EndAsync(default));
        Assert.Equal(0, await job.EndAsync(default));

        Assert.Equal(ImportState.Stopped, await StateAsync(id));
        var told = (await _portal.AuditAsync("import.stopped"))[^1];
        Assert.Equal(("import-orphans", 1), (told.GetProperty("actor").GetProperty("id").GetString(), told.GetProperty("after").GetProperty("total").GetInt32()));
        Assert.True((await _portal.Get<UndoImport>().ExecuteAsync(_portal.Staff, id, "The machine went down", default)).IsSuccess);
    }

    [Fact]
    public async Task One_that_was_taken_for_dead_writes_nothing_more()
    {
        using var list = ListFile.Of("+12125552368,US,Ada,,,", "+12125552369,US,Bo,,,");
        var watch = new ImportWatch(Begun: id => End(id));

        await Assert.ThrowsAsync<InvalidOperationException>(() => _portal.Get<ImportSubscribers>().ExecuteAsync(_portal.Staff, list.Request(), watch, default));

        await using var db = _portal.Database.Open();
        Assert.False(await db.Subscribers.AnyAsync());
        Assert.Equal(ImportState.Undone, (await db.ImportBatches.SingleAsync()).State);
    }

    private void End(ImportBatchId id)
    {
        using var db = _portal.Database.Open();
        db.ImportBatches.Where(b => b.Id == id).ExecuteUpdate(b => b.SetProperty(x => x.State, ImportState.Undone));
    }

    private async Task<ImportBatchId> BreakAsync()
    {
        using var list = ListFile.Of("+12125552368,US,Ada,,,");
        ImportBatchId? begun = null;
        var watch = new ImportWatch(Begun: id => begun = id, Progress: _ => throw new InvalidOperationException("Broke"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _portal.Get<ImportSubscribers>().ExecuteAsync(_portal.Staff, list.Request(), watch, default));
        return begun!.Value;
    }

    private async Task<ImportState> StateAsync(ImportBatchId id)
    {
        await using var db = _portal.Database.Open();
        return (await db.ImportBatches.SingleAsync(b => b.Id == id)).State;
    }
}
