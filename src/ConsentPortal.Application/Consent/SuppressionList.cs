using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <summary>Which entries are wanted; every part of it may stand in an address, because a keyed hash is no number.</summary>
/// <param name="Number">The keyed hash of one number, lower-case hex.</param>
/// <param name="IsInForce">Null for both.</param>
public sealed record SuppressionQuery(string? Number = null, SuppressionScope? Scope = null, SuppressionSource? Source = null, bool? IsInForce = null);

/// <param name="Number">The whole keyed hash, lower-case hex; <paramref name="Label"/> is how screens name it.</param>
/// <param name="Purpose">Where the entry reaches one purpose only.</param>
/// <param name="Who">Who put it on the list by hand; null for entries that were made otherwise.</param>
/// <param name="MayBeLifted">Staff made it on this list, and it is in force.</param>
public sealed record SuppressionRow(
    long Id, string Number, string Label, SuppressionScope Scope, string? Purpose, string? Sender, SuppressionSource Source, string Reason,
    DateTimeOffset At, DateTimeOffset? LiftedAt, string? Who, bool MayBeLifted);

/// <param name="Next">Pass as <c>before</c> for older entries; null at the end.</param>
/// <param name="Total">All that match.</param>
/// <param name="InForce">All that are in force, whatever is filtered.</param>
public sealed record SuppressionPage(IReadOnlyList<SuppressionRow> Rows, long? Next, int Total, int InForce);

/// <summary>The do-not-text list: hashes, never numbers, newest first.</summary>
public sealed class SuppressionList(PortalDatabase database, LookupHash hashes)
{
    public const int PageSize = 50;

    /// <param name="before">Only entries older than this one; null for the newest.</param>
    public async Task<SuppressionPage> PageAsync(Actor actor, SuppressionQuery query, long? before, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var matching = Matching(db, query);
        var entries = await (
            from entry in matching.Where(s => before == null || s.Id < before)
            join purpose in db.Purposes on entry.PurposeId equals purpose.Id into purposes
            from purpose in purposes.DefaultIfEmpty()
            orderby entry.Id descending
            select new { Entry = entry, Purpose = purpose == null ? null : purpose.Name })
            .Take(PageSize + 1).ToListAsync(cancellationToken);
        var makers = await MakersAsync(db, [.. entries.Select(e => e.Entry).Where(e => e.Source == SuppressionSource.Staff).Select(e => e.Id)], cancellationToken);
        return new SuppressionPage(
            [.. entries.Take(PageSize).Select(e => Row(e.Entry, e.Purpose, makers.GetValueOrDefault(e.Entry.Id)))],
            entries.Count > PageSize ? entries[PageSize - 1].Entry.Id : null,
            await matching.CountAsync(cancellationToken),
            await db.Suppressions.CountAsync(s => s.LiftedAt == null, cancellationToken));
    }

    /// <summary>How a full number stands in a query: nothing of it can be read there.</summary>
    public string NumberOf(Actor actor, PhoneNumber phone)
    {
        actor.Require(Permissions.ViewSubscribers);
        return Convert.ToHexStringLower(hashes.Phone(phone));
    }

    /// <summary>The senders of the purposes, to choose from.</summary>
    public async Task<IReadOnlyList<string>> SendersAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        return await db.Purposes.AsNoTracking().Select(p => p.Sender).Distinct().OrderBy(s => s).ToListAsync(cancellationToken);
    }

    internal static bool MayBeLifted(SuppressionSource source, bool wasMadeByHand) => source == SuppressionSource.Staff && wasMadeByHand;

    internal static IQueryable<Suppression> Matching(PortalDbContext db, SuppressionQuery query)
    {
        var entries = db.Suppressions.AsNoTracking();
        if (query.Number is { } number)
        {
            var hash = HashOf(number);
            entries = entries.Where(s => s.PhoneHash == hash);
        }

        if (query.Scope is { } scope)
            entries = entries.Where(s => s.Scope == scope);
        if (query.Source is { } source)
            entries = entries.Where(s => s.Source == source);
        return query.IsInForce switch
        {
            true => entries.Where(s => s.LiftedAt == null),
            false => entries.Where(s => s.LiftedAt != null),
            null => entries,
        };
    }

    // An address may hold anything; what is no hash is nobody's.
    private static byte[] HashOf(string number)
    {
        try
        {
            return Convert.FromHexString(number);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static async Task<Dictionary<long, string>> MakersAsync(PortalDbContext db, IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        var names = ids.Select(id => id.ToString(CultureInfo.InvariantCulture)).ToList();
        var made = await db.AuditEntries.AsNoTracking()
            .Where(e => e.Action == AddSuppression.Added && e.ObjectKind == "suppression" && names.Contains(e.ObjectId))
            .Select(e => new { e.ObjectId, e.ActorKind, e.ActorId }).ToListAsync(cancellationToken);
        var staff = await ActorNames.OfAsync(db, made.Select(m => (m.ActorKind, m.ActorId)), cancellationToken);
        return made.ToDictionary(m => long.Parse(m.ObjectId, CultureInfo.InvariantCulture), m => staff.Of(m.ActorKind, m.ActorId));
    }

    private static SuppressionRow Row(Suppression entry, string? purpose, string? maker) => new(
        entry.Id, Convert.ToHexStringLower(entry.PhoneHash), SuppressionLabel.Of(entry.PhoneHash), entry.Scope, purpose, entry.Sender, entry.Source, entry.Reason,
        entry.At, entry.LiftedAt, maker, entry.LiftedAt is null && MayBeLifted(entry.Source, maker is not null));
}
