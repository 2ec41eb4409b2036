using System.Linq.Expressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain.Consent;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>What a person did themselves to get texts again: a text from the number, or their preference page with the number proven.</summary>
/// <param name="At">When they did it (UTC).</param>
/// <param name="Source">Under which the stops that stay are kept.</param>
/// <param name="Why">The reason of the stops that stay; holds nothing of the person.</param>
internal sealed record StartingAct(DateTimeOffset At, SuppressionSource Source, string Why)
{
    public static StartingAct Text(DateTimeOffset receivedAt, string? word) =>
        new(receivedAt, SuppressionSource.Keyword, $"Had stopped more than what {word?.ToUpperInvariant() ?? "the text"} starts again");

    public static StartingAct Page(DateTimeOffset at) => new(at, SuppressionSource.PreferenceCentre, "Had stopped more than what was switched on at the preference page");
}

/// <summary>
/// The stops that are a person's own act, whoever wrote them down. Only such a stop ends when the person starts again, and
/// only for what they start: for everything else it goes on.
/// </summary>
internal static class OwnStops
{
    /// <summary>Of entries from before acts were told apart, those that nobody but the person can have made.</summary>
    private static readonly SuppressionSource[] OnlyByPerson = [SuppressionSource.Keyword, SuppressionSource.PreferenceCentre];

    private static readonly SuppressionSource[] ByText = [SuppressionSource.Keyword, SuppressionSource.InboxReview];

    private const string OptOut = "optOut";

    public static Expression<Func<Suppression, bool>> AreOwn => s => s.IsActOfPerson || OnlyByPerson.Contains(s.Source);

    public static bool IsOwn(Suppression stop) => stop.IsActOfPerson || OnlyByPerson.Contains(stop.Source);

    /// <summary>
    /// Lifts what reaches the purposes that the person has started, as far as they stopped it before; whatever else it reached
    /// stays stopped, purpose by purpose.
    /// </summary>
    /// <param name="started">Those whose start was accepted.</param>
    public static async Task LiftAsync(
        PortalDbContext db, byte[] hash, IReadOnlyList<Purpose> started, StartingAct act, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var own = await db.Suppressions.Where(s => s.PhoneHash == hash && s.LiftedAt == null).Where(AreOwn).ToListAsync(cancellationToken);
        var reaching = own.FindAll(s => started.Any(s.Reaches));
        if (reaching.Count == 0)
            return;
        var hasStoppedSince = await HasStoppedSinceAsync(db, hash, act.At, cancellationToken);
        var lifted = reaching.FindAll(s => s.At <= act.At || (ByText.Contains(s.Source) && !hasStoppedSince));
        lifted.ForEach(s => s.LiftedAt = now);
        var left = own.Except(lifted).ToList();
        var others = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        db.Suppressions.AddRange(others
            .Where(other => started.All(p => p.Id != other.Id) && lifted.Exists(s => s.Reaches(other)) && !left.Exists(s => s.Reaches(other)))
            .Select(other => OfPurpose(hash, other, act.Source, act.Why, now)));
    }

    /// <summary>Stops what a wider stop reaches but for what the person has started since they said so.</summary>
    /// <param name="wide">Never entered itself.</param>
    public static async Task AddAllButAsync(PortalDbContext db, Suppression wide, IReadOnlyCollection<PurposeId> startedSince, CancellationToken cancellationToken)
    {
        var purposes = await db.Purposes.AsNoTracking().Where(p => p.RetiredAt == null && !startedSince.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(cancellationToken);
        db.Suppressions.AddRange(purposes.Where(wide.Reaches).Select(purpose => OfPurpose(wide.PhoneHash, purpose, wide.Source, wide.Reason, wide.At)));
    }

    private static Suppression OfPurpose(byte[] hash, Purpose purpose, SuppressionSource source, string reason, DateTimeOffset now) => new()
    {
        PhoneHash = hash, Scope = SuppressionScope.Purpose, PurposeId = purpose.Id, Source = source, Reason = reason, At = now, IsActOfPerson = true,
    };

    // A stop by text is entered when the text is read, which may be long after it came: what counts is when the person wrote.
    private static Task<bool> HasStoppedSinceAsync(PortalDbContext db, byte[] hash, DateTimeOffset at, CancellationToken cancellationToken) => db.InboundMessages.AnyAsync(
        m => m.FromHash == hash && m.ReceivedAt > at && (m.Action == OptOut || m.Review == ReviewState.TakenAsOptOut), cancellationToken);
}
