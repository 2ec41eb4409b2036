using System.Globalization;
using System.Security.Cryptography;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Staff;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Application.Database.Health;

/// <summary>Whether what the database holds can be read, and whether the work on it goes on.</summary>
internal sealed class WorkCheck(IServiceProvider services)
{
    private static readonly TimeSpan SealedWithin = TimeSpan.FromSeconds(30);

    private readonly PortalDatabase _database = services.GetRequiredService<PortalDatabase>();
    private readonly DateTimeOffset _now = services.GetRequiredService<TimeProvider>().GetUtcNow();

    /// <summary>Opens the newest person's key, which shows that ring and database belong together.</summary>
    public async Task<HealthFinding> KeysAsync(CancellationToken cancellationToken)
    {
        const string check = "data keys";
        await using var db = _database.Open();
        var person = await db.Subscribers.AsNoTracking().Where(s => s.WrappedKey != null).OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).FirstOrDefaultAsync(cancellationToken);
        if (person is null)
            return new HealthFinding(check, true, "There is nobody yet whose data would need a key.");
        try
        {
            services.GetRequiredService<SubscriberVault>().Open(person);
            return new HealthFinding(check, true, "The key ring opens the data in the database.");
        }
        catch (CryptographicException)
        {
            return new HealthFinding(check, false, "The key ring does not open the data in the database. Restore the ring that this database was written with.");
        }
    }

    public async Task<HealthFinding> LogAsync(CancellationToken cancellationToken)
    {
        var found = await services.GetRequiredService<AuditLog>().VerifyAsync(Actor.CommandLine, cancellationToken);
        return found.Valid
            ? new HealthFinding("audit log", true, string.Create(CultureInfo.InvariantCulture, $"All {found.Size:N0} sealed entries are as they were signed."))
            : new HealthFinding("audit log", false, $"{found.Problems[0].Text} Run audit verify --database for all findings, and keep the file as it is.");
    }

    public async Task<HealthFinding> SealingAsync(CancellationToken cancellationToken)
    {
        const string check = "sealing";
        await using var db = _database.Open();
        var late = await db.AuditEntries.CountAsync(e => e.LeafIndex == null && e.At < _now - SealedWithin, cancellationToken);
        var isRunning = await db.Leases.AnyAsync(l => l.Name == AuditSealer.LeaseName && l.Until > _now, cancellationToken);
        return (late, isRunning) switch
        {
            (0, _) => new HealthFinding(check, true, "No entry of the audit log waits for its seal."),
            (_, false) => new HealthFinding(check, true, string.Create(CultureInfo.InvariantCulture, $"{late:N0} entries wait for their seal until the portal runs again.")),
            (_, true) => new HealthFinding(check, false, string.Create(CultureInfo.InvariantCulture, $"{late:N0} entries have waited for their seal for more than {SealedWithin.TotalSeconds} seconds although a portal runs. Look at its log.")),
        };
    }

    public async Task<HealthFinding> TextsAsync(CancellationToken cancellationToken)
    {
        const string check = "texts";
        await using var db = _database.Open();
        var doubtful = await db.OutboundMessages.CountAsync(
            m => m.State == MessageState.Unconfirmed || (m.State == MessageState.Sending && m.LeaseUntil < _now), cancellationToken);
        return doubtful == 0
            ? new HealthFinding(check, true, "Of every text it is known whether it left.")
            : new HealthFinding(check, false, string.Create(CultureInfo.InvariantCulture, $"Of {doubtful:N0} texts it is not known whether they left. The portal asks the provider while it runs; what is not found there waits for a person under \"Texts in doubt\"."));
    }

    public async Task<HealthFinding> StaffAsync(CancellationToken cancellationToken)
    {
        const string check = "staff";
        await using var db = _database.Open();
        var administrators = await (
            from member in db.Users
            join held in db.UserRoles on member.Id equals held.UserId
            join claim in db.RoleClaims on held.RoleId equals claim.RoleId
            where member.SuspendedAt == null && member.PasswordHash != null && claim.ClaimType == StaffRole.PermissionClaim && claim.ClaimValue == Permissions.ManageStaff
            select member.Id).Distinct().CountAsync(cancellationToken);
        return administrators > 0
            ? new HealthFinding(check, true, string.Create(CultureInfo.InvariantCulture, $"{administrators:N0} can sign in and manage staff."))
            : new HealthFinding(check, false, "Nobody who can sign in may manage staff. Start the portal: it prints an invitation for the first administrator.");
    }
}
