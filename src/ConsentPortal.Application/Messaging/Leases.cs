using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Rights to work that one process holds at a time, kept in the database so that a cluster needs nothing else.</summary>
public sealed class Leases(PortalDatabase database, TimeProvider clock)
{
    private readonly string _owner = $"{Environment.MachineName[..Math.Min(30, Environment.MachineName.Length)]}/{Environment.ProcessId}/{Guid.CreateVersion7(clock.GetUtcNow()):N}";

    /// <summary>Lets another process have the lease at once; without effect where another one has it already.</summary>
    public async Task ReleaseAsync(string name)
    {
        var over = clock.GetUtcNow().AddTicks(-1);
        await using var db = database.Open();
        await db.Leases.Where(l => l.Name == name && l.Owner == _owner).ExecuteUpdateAsync(l => l.SetProperty(x => x.Until, over), CancellationToken.None);
    }

    /// <summary>Gives a lease back whose work never comes again, so that nothing of it is left.</summary>
    public async Task ForgetAsync(string name)
    {
        await using var db = database.Open();
        await db.Leases.Where(l => l.Name == name && l.Owner == _owner).ExecuteDeleteAsync(CancellationToken.None);
    }

    /// <summary>Takes or prolongs the lease.</summary>
    /// <returns>False while another process holds it.</returns>
    public async Task<bool> TryHoldAsync(string name, TimeSpan duration, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var until = now + duration;
        await using var db = database.Open();
        var prolonged = await db.Leases.Where(l => l.Name == name && l.Owner == _owner)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Until, until), cancellationToken);
        if (prolonged == 1)
            return true;
        var taken = await db.Leases.Where(l => l.Name == name && l.Until < now)
            .ExecuteUpdateAsync(l => l.SetProperty(x => x.Owner, _owner).SetProperty(x => x.Until, until).SetProperty(x => x.Fence, x => x.Fence + 1), cancellationToken);
        if (taken == 1)
            return true;
        if (await db.Leases.AnyAsync(l => l.Name == name, cancellationToken))
            return false;
        db.Leases.Add(new Lease { Name = name, Owner = _owner, Fence = 1, Until = until });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException problem) when (db.IsUniqueViolation(problem))
        {
            return false;
        }
    }
}
