using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Database;

/// <summary>
/// Opens contexts: a fresh one for every operation, never a field, never handed to a component.
/// </summary>
public sealed class PortalDatabase(IServiceProvider services, IDatabaseKind kind)
{
    private const int Attempts = 5;

    // Where only one transaction can write at a time, those of this process stand in line for it. Left to the driver, each
    // would knock again after 150 ms, on a blocked thread and in no order: a STOP could wait a second behind a campaign.
    private readonly WriterLine? _line = kind.HasOneWriter ? new WriterLine() : null;
    private readonly AsyncLocal<bool> _isWriting = new();
    private long _commits;

    /// <summary>
    /// Whether a long work may do more in its transaction: only one can write at a time, and nobody of this process waits for
    /// it. Where many can, a transaction is better kept short, and this is never so.
    /// </summary>
    internal bool IsFreeToWriteOn => _line is { IsEmpty: true };

    /// <summary>How often this process has committed: whoever shows figures reads them again only when it has grown.</summary>
    internal long Commits => Interlocked.Read(ref _commits);

    public PortalDbContext Open() => kind.Open(services);

    /// <summary>
    /// Runs work in one transaction and commits it. The work may run again after a deadlock, a busy file or a consent that somebody else wrote meanwhile, with a fresh
    /// context each time, so it must touch nothing outside the database.
    /// </summary>
    /// <exception cref="InvalidOperationException">Called inside another one's work: the second would wait for the first for ever.</exception>
    public Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, isJob: false, cancellationToken);

    public Task WriteAsync(Func<PortalDbContext, Task> work, CancellationToken cancellationToken) => WriteAsync(Done(work), isJob: false, cancellationToken);

    /// <summary>The same for work that nobody waits for: sending, planning, sealing, a list. People who want to write go first.</summary>
    public Task<T> WriteAsJobAsync<T>(Func<PortalDbContext, Task<T>> work, CancellationToken cancellationToken) => WriteAsync(work, isJob: true, cancellationToken);

    public Task WriteAsJobAsync(Func<PortalDbContext, Task> work, CancellationToken cancellationToken) => WriteAsync(Done(work), isJob: true, cancellationToken);

    private async Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> work, bool isJob, CancellationToken cancellationToken)
    {
        if (_line is null)
            return await WriteNowAsync(work, cancellationToken);
        if (_isWriting.Value)
            throw new InvalidOperationException("A transaction was begun inside the work of another one. Hand the context of the first to what the second was for.");
        await _line.TakeAsync(isJob, cancellationToken);
        _isWriting.Value = true;
        try
        {
            return await WriteNowAsync(work, cancellationToken);
        }
        finally
        {
            _line.Release();
        }
    }

    private async Task<T> WriteNowAsync<T>(Func<PortalDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = Open();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                db.RememberWhatIsRead();
                await db.ReadPoliciesAsync(cancellationToken);
                var result = await work(db);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                Interlocked.Increment(ref _commits);
                return result;
            }
            catch (Exception problem) when (attempt < Attempts && (db.IsTransient(problem) || db.IsOvertaken(problem)))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt * attempt), TimeProvider.System, cancellationToken);
            }
        }
    }

    private static Func<PortalDbContext, Task<bool>> Done(Func<PortalDbContext, Task> work) => async db =>
    {
        await work(db);
        return true;
    };
}

/// <summary>Which of the two engines is in use; two implementations, chosen once at start.</summary>
public interface IDatabaseKind
{
    string Name { get; }

    /// <summary>Whether one transaction at a time can write.</summary>
    bool HasOneWriter { get; }

    PortalDbContext Open(IServiceProvider services);
}

internal sealed class DatabaseKind<TContext>(string name, bool hasOneWriter) : IDatabaseKind where TContext : PortalDbContext
{
    public string Name => name;

    public bool HasOneWriter => hasOneWriter;

    public PortalDbContext Open(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
}
