using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>
/// Texts a one-time code to the number that a member of staff says is theirs. Few codes leave, to few numbers: otherwise this
/// would be a way to text strangers.
/// </summary>
public sealed class TextStaffCode(PortalDatabase database, StaffNumberVault vault, PreferenceCodes codes, StaffTexter texter, TimeProvider clock)
{
    private const int MostInAWindow = 3;
    private const int MostInADay = 6;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <returns>The masked number.</returns>
    public async Task<Result<string>> ExecuteAsync(Actor actor, string text, string? region, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        if (CampaignChange.StaffId(actor) is not { } staff)
            return new StaffNeeded();
        if (!PhoneNumber.Parse(text, region).TryGet(out var phone, out var refused))
            return refused;
        var planned = await database.WriteAsync(db => PlanAsync(db, actor, staff, phone, cancellationToken), cancellationToken);
        if (!planned.TryGet(out var sending, out var problem))
            return problem;
        var outcome = (await texter.HandOverAsync([sending], cancellationToken))[0];
        return outcome is SendOutcome.Accepted or SendOutcome.Unconfirmed ? phone.ToString() : new CodeNotSent(StaffTexter.Sentence(outcome));
    }

    private async Task<Result<StaffTextToSend>> PlanAsync(PortalDbContext db, Actor actor, Guid staff, PhoneNumber phone, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var number = vault.Seal(staff, phone, now);
        if (await RefusalAsync(db, number, now, cancellationToken) is { } refusal)
            return refusal;
        if (await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.CreatedAt).FirstOrDefaultAsync(cancellationToken) is not { } purpose)
            return new CodeNotSent("There is no purpose yet, hence no sender to text from.");
        if (await StaffStops.RefusalAsync(db, number.PhoneHash, purpose, cancellationToken) is { } stopped)
            return stopped;
        var (id, code) = (Guid.CreateVersion7(now), PreferenceCodes.New());
        // A number that waits for its code gives way; one that is verified stays until the new one is.
        var waiting = db.StaffNumbers.Where(n => n.StaffId == staff && n.VerifiedAt == null);
        var replaced = await waiting.Select(n => new { n.PhoneHash, n.AddedAt }).ToListAsync(cancellationToken);
        await waiting.ExecuteDeleteAsync(cancellationToken);
        db.StaffNumbers.Add(number);
        db.StaffCodes.Add(new StaffCode { Id = id, StaffId = staff, PhoneHash = number.PhoneHash, CodeHash = codes.HashOf(id, code), CreatedAt = now, ExpiresAt = now + PreferenceCodes.Lifetime });
        var body = new MessageBody(Words(purpose, code));
        var row = new StaffText { StaffNumberId = number.Id, Kind = StaffTextKind.Code, SentById = staff, ClientRef = Replies.NewClientRef(now), SentAt = now, Parts = body.Measure.Parts };
        db.StaffTexts.Add(row);
        // Nothing readable of a number stays once its row has gone: the trail has the times, and whether it was the same one.
        db.Audit(actor, now, new AuditFact("staffNumber.codeTexted", "staff", staff.ToString(),
            Before: replaced.Count == 0 ? null : new Dictionary<string, object?>
            {
                ["waitingSince"] = replaced.Max(r => r.AddedAt), ["isSameNumber"] = replaced.Exists(r => r.PhoneHash.AsSpan().SequenceEqual(number.PhoneHash)),
            },
            After: new Dictionary<string, object?> { ["waitingSince"] = now }));
        return new StaffTextToSend(row, new OutgoingText(row.ClientRef, phone.E164, purpose.Sender, body.Text, body.Measure.Encoding == SmsEncoding.Ucs2));
    }

    private async Task<Failure?> RefusalAsync(PortalDbContext db, StaffNumber number, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (day, hash) = (now.AddDays(-1), number.PhoneHash);
        var lately = await db.StaffCodes.Where(c => c.CreatedAt > day && (c.StaffId == number.StaffId || c.PhoneHash == hash)).Select(c => c.CreatedAt).ToListAsync(cancellationToken);
        return lately.Count >= MostInADay || lately.Count(at => at > now - Window) >= MostInAWindow
            ? new TooManyCodes()
            : await texter.RefusalAsync(db, now, cancellationToken);
    }

    /// <summary>In the seven-bit alphabet, so that it is one part.</summary>
    private static string Words(Purpose purpose, string code) =>
        $"{purpose.Brand}: code {code} shows that test texts may go to this number. It is valid for 10 minutes. If you did not ask for it, ignore this text.";
}

public sealed record CodeNotSent(string Sentence) : Failure($"No code was sent. {Sentence}");

public sealed record TooManyCodes() : Failure("At most three codes an hour and six a day go to one person or one number. No code was sent; wait, or use the last one.");
