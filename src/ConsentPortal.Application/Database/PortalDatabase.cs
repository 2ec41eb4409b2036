using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Database;

/// <summary>
/// Opens contexts: a fresh one for every operation, never a field, never handed to a component.
/// </summary>
public sealed class PortalDatabase(IServiceProvider services, IDatabaseKind kind)
{
    private const int Attempts = 5;

    public PortalDbContext Open() => kind.Open(services);

    /// <summary>
    /// Runs work in one transaction and commits it. The work may run again after a deadlock or a busy file, with a fresh
    /// context each time, so it must touch nothing outside the database.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<PortalDbContext, Task<T>> work, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = Open();
            try
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
                var result = await work(db);
                await db.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
                return result;
            }
            catch (Exception problem) when (attempt < Attempts && db.IsTransient(problem))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20 * attempt * attempt), TimeProvider.System, cancellationToken);
            }
        }
    }

    public Task WriteAsync(Func<PortalDbContext, Task> work, CancellationToken cancellationToken) =>
        WriteAsync<bool>(
            async db =>
            {
                await work(db);
                return true;
            },
            cancellationToken);
}

/// <summary>Which of the two engines is in use; two implementations, chosen once at start.</summary>
public interface IDatabaseKind
{
    string Name { get; }

    PortalDbContext Open(IServiceProvider services);
}

internal sealed class DatabaseKind<TContext>(string name) : IDatabaseKind where TContext : PortalDbContext
{
    public string Name => name;

    public PortalDbContext Open(IServiceProvider services) =>
        services.GetRequiredService<IDbContextFactory<TContext>>().CreateDbContext();
}
