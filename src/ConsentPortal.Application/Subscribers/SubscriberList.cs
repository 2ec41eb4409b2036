using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Subscribers;

public enum SubscriberSort
{
    Newest = 0,
    Oldest = 1,
}

/// <summary>What the list shows; every part of it stands in the page's URL.</summary>
/// <param name="Search">A full number, its last four digits, an external id, a word of the name or its first three letters.</param>
/// <param name="Page">From 0.</param>
/// <param name="WordingId">Only people whose consent stands on these very words.</param>
/// <param name="Number">What receipts and look-ups have taught about the number.</param>
public sealed record SubscriberQuery(
    string? Search = null,
    PurposeId? PurposeId = null,
    ConsentStatus? Status = null,
    string? Region = null,
    string? Source = null,
    FrequencyPreference? Frequency = null,
    ImportBatchId? ImportBatchId = null,
    SubscriberSort Sort = SubscriberSort.Newest,
    int Page = 0,
    int PageSize = 50,
    WordingId? WordingId = null,
    NumberState? Number = null);

public sealed record PurposeStatus(PurposeId PurposeId, ConsentStatus Status);

public sealed record SubscriberRow(
    SubscriberId Id,
    string MaskedPhone,
    string Name,
    string? Region,
    IReadOnlyList<PurposeStatus> Consents,
    FrequencyPreference Frequency,
    DateTimeOffset? LastTextAt,
    DateTimeOffset? LastEngagedAt,
    string Source,
    DateTimeOffset AddedAt);

public sealed record SubscriberPage(IReadOnlyList<SubscriberRow> Rows, int Total);

/// <summary>The list of subscribers, one page at a time, masked.</summary>
public sealed class SubscriberList(PortalDatabase database, SubscriberVault vault, LookupHash hashes)
{
    private const int LargestPage = 200;

    public async Task<SubscriberPage> PageAsync(Actor actor, SubscriberQuery query, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        var matching = Matching(db, query);
        var total = await matching.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var sorted = query.Sort switch
        {
            SubscriberSort.Newest => matching.OrderByDescending(s => s.CreatedAt).ThenByDescending(s => s.Id),
            SubscriberSort.Oldest => matching.OrderBy(s => s.CreatedAt).ThenBy(s => s.Id),
        };
        var page = await sorted.Skip(Math.Clamp(query.Page, 0, Math.Max(0, total - 1) / size) * size).Take(size)
            .Select(s => new
            {
                s.Id, s.WrappedKey, s.PhoneSealed, s.ProfileSealed, s.Region, s.Frequency, s.LastTextAt, s.LastEngagedAt, s.Source, s.CreatedAt,
            })
            .ToListAsync(cancellationToken);
        var consents = await ConsentsAsync(db, [.. page.Select(s => s.Id)], cancellationToken);
        return new SubscriberPage([.. page.Select(s =>
        {
            var opened = vault.Open(s.Id, s.WrappedKey, s.PhoneSealed, s.ProfileSealed, s.Region);
            return new SubscriberRow(s.Id, opened?.Phone.ToString() ?? "Erased", opened?.Profile.FullName ?? "", s.Region,
                [.. consents[s.Id]], s.Frequency, s.LastTextAt, s.LastEngagedAt, s.Source, s.CreatedAt);
        })], total);
    }

    public async Task<IReadOnlyList<string>> SourcesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        return await db.Subscribers.AsNoTracking().Select(s => s.Source).Distinct().OrderBy(s => s).ToListAsync(cancellationToken);
    }

    /// <summary>ISO 3166 regions of the numbers that are there.</summary>
    public async Task<IReadOnlyList<string>> CountriesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        return await db.Subscribers.AsNoTracking().Where(s => s.Region != null).Select(s => s.Region!).Distinct().OrderBy(r => r).ToListAsync(cancellationToken);
    }

    internal IQueryable<Subscriber> Matching(PortalDbContext db, SubscriberQuery query)
    {
        var people = db.Subscribers.AsNoTracking().Where(s => s.ErasedAt == null && s.MergedIntoId == null);
        if (query.Region is { Length: > 0 } region)
            people = people.Where(s => s.Region == region);
        if (query.Source is { Length: > 0 } source)
            people = people.Where(s => s.Source == source);
        if (query.Frequency is { } frequency)
            people = people.Where(s => s.Frequency == frequency);
        if (query.Number is { } number)
            people = people.Where(s => s.NumberState == number);
        if (query.ImportBatchId is { } batch)
            people = people.Where(s => s.ImportBatchId == batch);
        if (query.WordingId is { } wording)
            people = people.Where(s => db.ConsentRecords.Any(r => r.WordingId == wording && r.Status == ConsentStatus.Granted && r.SubscriberId == s.Id));
        people = Standing(db, people, query.PurposeId, query.Status);

        return string.IsNullOrWhiteSpace(query.Search) ? people : Found(db, people, query.Search.Trim());
    }

    // Nobody has a row for a purpose that they never had to do with, so "no consent" is the lack of any other standing.
    private static IQueryable<Subscriber> Standing(PortalDbContext db, IQueryable<Subscriber> people, PurposeId? purposeId, ConsentStatus? status) => (purposeId, status) switch
    {
        (null, null) => people,
        ({ } purpose, null) => people.Where(s => db.ConsentRecords.Any(r => r.PurposeId == purpose && r.Status != ConsentStatus.None && r.SubscriberId == s.Id)),
        ({ } purpose, ConsentStatus.None) => people.Where(s => !db.ConsentRecords.Any(r => r.PurposeId == purpose && r.Status != ConsentStatus.None && r.SubscriberId == s.Id)),
        (null, ConsentStatus.None) => people.Where(s => !db.ConsentRecords.Any(r => r.Status != ConsentStatus.None && r.SubscriberId == s.Id)),
        ({ } purpose, { } wanted) => people.Where(s => db.ConsentRecords.Any(r => r.PurposeId == purpose && r.Status == wanted && r.SubscriberId == s.Id)),
        (null, { } wanted) => people.Where(s => db.ConsentRecords.Any(r => r.Status == wanted && r.SubscriberId == s.Id)),
    };

    private IQueryable<Subscriber> Found(PortalDbContext db, IQueryable<Subscriber> people, string search)
    {
        var digits = new string([.. search.Where(char.IsAsciiDigit)]);
        if (digits.Length >= 7 && search.StartsWith('+'))
        {
            var phone = hashes.Phone("+" + digits);
            return people.Where(s => s.PhoneHash == phone);
        }

        if (digits.Length == 4 && search.Length == 4)
        {
            var ending = db.WithWord(hashes.Ending(digits));
            return people.Where(s => ending.Contains(s.Id));
        }

        var external = hashes.ExternalId(search);
        foreach (var word in search.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(3))
        {
            var named = db.WithWord(hashes.NameWord(word));
            people = people.Where(s => s.ExternalIdHash == external || named.Contains(s.Id));
        }

        return people;
    }

    private static async Task<ILookup<SubscriberId, PurposeStatus>> ConsentsAsync(
        PortalDbContext db, List<SubscriberId> ids, CancellationToken cancellationToken)
    {
        var records = await db.ConsentRecords.AsNoTracking().Where(r => ids.Contains(r.SubscriberId))
            .OrderBy(r => r.PurposeId)
            .Select(r => new { r.SubscriberId, r.PurposeId, r.Status })
            .ToListAsync(cancellationToken);
        return records.ToLookup(r => r.SubscriberId, r => new PurposeStatus(r.PurposeId, r.Status));
    }
}
