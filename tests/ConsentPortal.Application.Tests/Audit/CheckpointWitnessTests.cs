using System.Net;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Audit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Audit;

/// <summary>Checkpoints at a second place that is an address: a server of this test listens there.</summary>
public sealed class CheckpointWitnessTests : IAsyncLifetime
{
    private readonly HttpListener _listener = new();
    private readonly List<(string Method, string? Type, string Body)> _received = [];
    private PeoplePortal _portal = null!;
    private Task _listening = Task.CompletedTask;
    private int _status = 204;
    private string _url = "";

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        // A port is free until somebody else takes it between the two lines: then another one is tried.
        for (var port = Random.Shared.Next(20_000, 60_000); !_listener.IsListening; port++)
        {
            _url = $"http://127.0.0.1:{port}/checkpoints/";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(_url);
            try
            {
                _listener.Start();
            }
            catch (HttpListenerException)
            {
                // Taken.
            }
        }

        _listening = ListenAsync();
    }

    public async Task DisposeAsync()
    {
        _listener.Stop();
        await _listening;
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task Each_new_checkpoint_is_posted_once_as_the_signed_note_that_it_is()
    {
        var witness = Witness();
        await SealAsync();
        await witness.PublishAsync(default);
        await witness.PublishAsync(default);
        await SealAsync();
        await witness.PublishAsync(default);

        Assert.Equal(2, _received.Count);
        Assert.All(_received, r => Assert.Equal(("POST", "text/plain; charset=utf-8"), (r.Method, r.Type)));
        var sizes = _received.ConvertAll(r => Checkpoint.Parse(SignedNote.Parse(r.Body).Value.Text).Value.Size);
        Assert.True(sizes[0] < sizes[1]);
        Assert.Equal(_received[^1].Body, await File.ReadAllTextAsync(Path.Combine(_portal.Folder, "audit", "checkpoint")));
    }

    [Fact]
    public async Task A_checkpoint_that_the_address_refused_is_posted_again()
    {
        var witness = Witness();
        await SealAsync();
        _status = 503;
        await Assert.ThrowsAsync<HttpRequestException>(() => witness.PublishAsync(default));
        _status = 204;
        await witness.PublishAsync(default);

        Assert.Equal(2, _received.Count);
        Assert.Equal(_received[0].Body, _received[1].Body);
    }

    [Fact]
    public async Task A_kept_checkpoint_that_cannot_be_read_is_not_written_over_and_verification_says_so()
    {
        var witness = Witness();
        await SealAsync();
        await witness.PublishAsync(default);
        await File.WriteAllTextAsync(Kept, "gibberish");

        await SealAsync();
        await witness.PublishAsync(default);

        Assert.Equal("gibberish", await File.ReadAllTextAsync(Kept));
        Assert.Equal(BundleProblemKind.Unreadable, Assert.Single((await VerifyAsync()).Problems).Kind);
    }

    [Fact]
    public async Task Without_a_kept_checkpoint_verification_says_what_it_cannot_tell_and_a_copy_tells_it()
    {
        await SealAsync();
        await Witness().PublishAsync(default);
        var copy = await File.ReadAllTextAsync(Kept);
        Assert.Empty((await VerifyAsync()).Notes);
        File.Delete(Kept);

        var without = await VerifyAsync();
        await CutOffAsync();
        var put = await _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, [("copy", copy)], default);

        Assert.True(without.Valid);
        Assert.Contains("older state", Assert.Single(without.Notes), StringComparison.Ordinal);
        Assert.Equal(BundleProblemKind.RolledBack, Assert.Single(put.Problems).Kind);
    }

    private string Kept => Path.Combine(_portal.Folder, "audit", "checkpoint");

    private Task<BundleVerification> VerifyAsync() => _portal.Get<AuditLog>().VerifyAsync(_portal.Staff, default);

    /// <summary>As a database looks that was put back to before its last checkpoint.</summary>
    private async Task CutOffAsync()
    {
        await using var db = _portal.Database.Open();
        var sizes = await db.AuditCheckpoints.OrderByDescending(c => c.Size).Select(c => c.Size).ToListAsync();
        var before = sizes.Count > 1 ? sizes[1] : 0;
        await db.AuditEntries.Where(e => e.LeafIndex >= before || e.LeafIndex == null).ExecuteDeleteAsync();
        await db.AuditCheckpoints.Where(c => c.Size > before).ExecuteDeleteAsync();
    }

    private CheckpointWitness Witness() => new(
        _portal.Database, new PortalFolders(_portal.Folder), Options.Create(new AuditOptions { CheckpointUrl = _url }), _portal.Get<IHttpClientFactory>(), NullLogger<CheckpointWitness>.Instance);

    private async Task SealAsync()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                db.Audit(_portal.Staff, _portal.Now, new AuditFact("deed.done", "thing", "1"));
                return Task.CompletedTask;
            },
            default);
        await _portal.SealAsync();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var call = await _listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream);
                _received.Add((call.Request.HttpMethod, call.Request.ContentType, await reader.ReadToEndAsync()));
                call.Response.StatusCode = _status;
                call.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }
}
