using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

/// <param name="HasSameNumber">They share one telephone, or are one person twice.</param>
/// <param name="HasSameExternalId">Another system says that they are one person.</param>
public sealed record RelatedRecord(SubscriberId Id, string Name, string? MaskedPhone, bool HasSameNumber, bool HasSameExternalId);

/// <param name="To">Null while it is theirs.</param>
public sealed record NumberPeriodLine(DateTimeOffset From, DateTimeOffset? To, ReassignedAnswer? Answer, DateTimeOffset? CheckedAt);

/// <param name="MergedInto">The record that goes on for this one.</param>
/// <param name="Closed">Records that went into this one.</param>
/// <param name="Periods">Newest first.</param>
public sealed record Relations(SubscriberId? MergedInto, IReadOnlyList<RelatedRecord> Others, IReadOnlyList<RelatedRecord> Closed, IReadOnlyList<NumberPeriodLine> Periods);

/// <summary>Who else has a person's number or id, which records went into theirs, and when which number was theirs.</summary>
public sealed class RelatedRecords(PortalDatabase database, SubscriberVault vault)
{
    private const int MostShown = 10;

    public async Task<Relations> OfAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var person = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id, cancellationToken);
        if (person is null)
            return new Relations(null, [], [], []);
        var (phone, external) = (person.PhoneHash, person.ExternalIdHash);
        var others = await db.Subscribers.AsNoTracking()
            .Where(s => s.Id != id && s.ErasedAt == null && s.MergedIntoId == null
                && ((phone != null && s.PhoneHash == phone) || (external != null && s.ExternalIdHash == external)))
            .OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id).Take(MostShown).ToListAsync(cancellationToken);
        var closed = await db.Subscribers.AsNoTracking().Where(s => s.MergedIntoId == id).OrderByDescending(s => s.MergedAt).ThenBy(s => s.Id).Take(MostShown).ToListAsync(cancellationToken);
        var periods = await db.NumberPeriods.AsNoTracking().Where(p => p.SubscriberId == id).OrderByDescending(p => p.From)
            .Select(p => new NumberPeriodLine(p.From, p.To, p.ReassignedAnswer, p.ReassignedCheckedAt)).ToListAsync(cancellationToken);
        return new Relations(person.MergedIntoId, person.MergedIntoId is null ? [.. others.Select(o => Of(person, o))] : [], [.. closed.Select(c => Of(person, c))], periods);
    }

    private RelatedRecord Of(Subscriber person, Subscriber other)
    {
        var opened = vault.Open(other);
        return new RelatedRecord(other.Id, opened?.Profile.FullName ?? "", opened?.Phone.ToString(), Same(person.PhoneHash, other.PhoneHash), Same(person.ExternalIdHash, other.ExternalIdHash));
    }

    private static bool Same(byte[]? a, byte[]? b) => a is not null && b is not null && a.AsSpan().SequenceEqual(b);
}
