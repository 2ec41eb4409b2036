using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>Takes the code that a member of staff read from their telephone: once, for ten minutes and five tries. The number takes the place of the one before.</summary>
public sealed class VerifyStaffNumber(PortalDatabase database, PreferenceCodes codes, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, string code, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        return await database.WriteAsync(db => ReadAsync(db, actor, staff, code, cancellationToken), cancellationToken);
    }

    private async Task<Result<Done>> ReadAsync(PortalDbContext db, Actor actor, Guid staff, string code, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var number = await db.StaffNumbers.FirstOrDefaultAsync(n => n.StaffId == staff && n.VerifiedAt == null, cancellationToken);
        var row = number is null
            ? null
            : await db.StaffCodes.Where(c => c.StaffId == staff).OrderByDescending(c => c.CreatedAt).ThenByDescending(c => c.Id).FirstOrDefaultAsync(cancellationToken);
        if (row is null or { UsedAt: not null } || row.ExpiresAt <= now || row.Attempts >= PreferenceCodes.MostAttempts || !row.PhoneHash.AsSpan().SequenceEqual(number!.PhoneHash))
            return new CodeRefused();
        if (!codes.IsRight(row.Id, row.CodeHash, new string([.. code.Where(char.IsAsciiDigit)])))
        {
            row.Attempts++;
            db.Audit(actor, now, new AuditFact("staffNumber.codeWrong", "staff", staff.ToString(),
                Before: new Dictionary<string, object?> { ["attempts"] = row.Attempts - 1 }, After: new Dictionary<string, object?> { ["attempts"] = row.Attempts }));
            return new CodeRefused();
        }

        var former = db.StaffNumbers.Where(n => n.StaffId == staff && n.VerifiedAt != null);
        var formerly = await former.MaxAsync(n => n.VerifiedAt, cancellationToken);
        await former.ExecuteDeleteAsync(cancellationToken);
        (row.UsedAt, number.VerifiedAt) = (now, now);
        db.Audit(actor, now, new AuditFact("staffNumber.verified", "staff", staff.ToString(),
            Before: formerly is null ? null : new Dictionary<string, object?> { ["verifiedAt"] = formerly }, After: new Dictionary<string, object?> { ["verifiedAt"] = now }));
        return Done.Value;
    }
}
