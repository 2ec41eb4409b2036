using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns.TestSends;

/// <summary>A verified number to which tests may go.</summary>
/// <param name="Id">Of the number, not of the person.</param>
public sealed record TestRecipient(Guid Id, string Name, string MaskedPhone, string Region, bool IsOwn);

/// <param name="Verified">Null while there is none.</param>
/// <param name="Waiting">The masked number whose code has not been read back.</param>
public sealed record OwnNumber(string? Verified, string? VerifiedRegion, DateTimeOffset? VerifiedAt, string? Waiting);

/// <param name="Campaign">Null for a test of a campaign that was not saved yet.</param>
public sealed record SentTest(long Id, DateTimeOffset At, string Name, string MaskedPhone, string Region, string? Campaign, char? Variant, MessageState State, string? ErrorCode, int Parts)
{
    /// <summary>Of the words; null where the campaign has one language.</summary>
    public string? Language { get; init; }
}

/// <summary>The numbers of staff to which tests may go, and the tests that went.</summary>
public sealed class StaffNumberList(PortalDatabase database, StaffNumberVault vault)
{
    private const int LastTests = 20;

    public async Task<OwnNumber> OwnAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var staff = CampaignChange.StaffId(actor);
        var numbers = await db.StaffNumbers.AsNoTracking().Where(n => n.StaffId == staff).OrderByDescending(n => n.AddedAt).ToListAsync(cancellationToken);
        var (verified, waiting) = (numbers.Find(n => n.VerifiedAt is not null), numbers.Find(n => n.VerifiedAt is null));
        return new OwnNumber(
            verified is null ? null : vault.Open(verified).ToString(), verified?.Region, verified?.VerifiedAt, waiting is null ? null : vault.Open(waiting).ToString());
    }

    /// <summary>One's own first, then by name. Whoever is suspended gets nothing.</summary>
    public async Task<IReadOnlyList<TestRecipient>> VerifiedAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        await using var db = database.Open();
        var staff = CampaignChange.StaffId(actor);
        var numbers = await (
            from number in Usable(db)
            join person in db.Users on number.StaffId equals person.Id
            orderby person.DisplayName, number.Id
            select new { number, person.DisplayName }).ToListAsync(cancellationToken);
        return [.. numbers.Select(n => new TestRecipient(n.number.Id, n.DisplayName, vault.Open(n.number).ToString(), n.number.Region, n.number.StaffId == staff)).OrderByDescending(n => n.IsOwn)];
    }

    /// <summary>The last tests that went to one's own number, newest first.</summary>
    public async Task<IReadOnlyList<SentTest>> LastAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        var staff = CampaignChange.StaffId(actor);
        var tests = await (
            from text in db.StaffTexts.AsNoTracking()
            join number in db.StaffNumbers on text.StaffNumberId equals number.Id
            join sender in db.Users on text.SentById equals sender.Id
            where number.StaffId == staff && text.Kind == StaffTextKind.Test
            orderby text.Id descending
            select new { text, number, sender.DisplayName, Campaign = db.Campaigns.Where(c => c.Id == text.CampaignId).Select(c => c.Name).FirstOrDefault() }).Take(LastTests).ToListAsync(cancellationToken);
        return [.. tests.Select(t => new SentTest(
            t.text.Id, t.text.SentAt, t.DisplayName, vault.Open(t.number).ToString(), t.number.Region, t.Campaign, t.text.Variant, t.text.State, t.text.ErrorCode, t.text.Parts)
        {
            Language = t.text.Language,
        })];
    }

    internal static IQueryable<StaffNumber> Usable(PortalDbContext db) =>
        db.StaffNumbers.AsNoTracking().Where(n => n.VerifiedAt != null && db.Users.Any(s => s.Id == n.StaffId && s.SuspendedAt == null));
}
