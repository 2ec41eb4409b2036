using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="Kept">Where the record that goes on stands now.</param>
/// <param name="Closed">Where the record that is closed stands now.</param>
/// <param name="After">Where the person stands afterwards: the strictest of both.</param>
public sealed record MergedPurpose(PurposeId PurposeId, string Purpose, ConsentState Kept, ConsentState Closed, ConsentState After)
{
    /// <summary>A consent to the other number does not come along: it belongs to that number.</summary>
    public bool IsLeftBehind => Closed.Status is ConsentStatus.Granted or ConsentStatus.Pending && After.Status == ConsentStatus.None;
}

/// <summary>What a merge of two records would come to; the same plan is shown and carried out.</summary>
/// <param name="HasSameNumber">Otherwise the closed record's number is texted no more, and consents to it stay with it.</param>
public sealed record MergePlan(
    bool HasSameNumber, IReadOnlyList<MergedPurpose> Purposes, FrequencyPreference Frequency, DateTimeOffset? PausedUntil, bool IsRestricted, DateTimeOffset? SharingOptOutAt)
{
    internal static async Task<MergePlan> ReadAsync(PortalDbContext db, Subscriber kept, Subscriber closed, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.Where(r => r.SubscriberId == kept.Id || r.SubscriberId == closed.Id).ToListAsync(cancellationToken);
        var names = await db.Purposes.AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name, cancellationToken);
        var isSame = kept.PhoneHash.AsSpan().SequenceEqual(closed.PhoneHash);
        return new MergePlan(
            isSame,
            [.. records.Select(r => r.PurposeId).Distinct().Select(id => Of(id, names[id], State(kept, id), State(closed, id), isSame)).OrderBy(p => p.Purpose, StringComparer.Ordinal)],
            kept.Frequency > closed.Frequency ? kept.Frequency : closed.Frequency, Later(kept.PausedUntil, closed.PausedUntil), kept.IsRestricted || closed.IsRestricted,
            Earlier(kept.SharingOptOutAt, closed.SharingOptOutAt));

        ConsentState State(Subscriber person, PurposeId purpose) =>
            (records.Find(r => r.SubscriberId == person.Id && r.PurposeId == purpose)?.State ?? ConsentState.None).StandingAt(now);
    }

    private static MergedPurpose Of(PurposeId id, string name, ConsentState kept, ConsentState closed, bool isSame)
    {
        var comesAlong = isSame || closed.Status is not (ConsentStatus.Granted or ConsentStatus.Pending);
        return new MergedPurpose(id, name, kept, closed, comesAlong ? ConsentState.Strictest(kept, closed) : kept);
    }

    private static DateTimeOffset? Later(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a > b ? a : b;

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null ? b : b is null || a < b ? a : b;
}
