using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.WithoutRecord;

/// <summary>A record that a number leads to.</summary>
/// <param name="HasItNow">False for whoever had the number before: it may be somebody else.</param>
public sealed record FoundRecord(SubscriberId Id, bool HasItNow, DateTimeOffset AddedAt);

/// <summary>What is kept under a number, in every table that knows numbers. Counts and ids, nothing of anybody.</summary>
/// <param name="Stops">Entries of the do-not-text list, those that were lifted too.</param>
/// <param name="IsStopped">One of them is in force.</param>
/// <param name="Verdicts">What the SMS provider said about the number.</param>
/// <param name="Texts">Texts from the number that belong to no record.</param>
/// <param name="StaffNumbers">It is the number of a member of staff, for test texts.</param>
public sealed record NumberFindings(IReadOnlyList<FoundRecord> Records, int Stops, bool IsStopped, int Verdicts, int Texts, int StaffNumbers)
{
    public bool HasRecordNow => Records.Any(r => r.HasItNow);

    public bool HasFormerRecord => Records.Any(r => !r.HasItNow);

    /// <summary>What an erasure takes away; the list of stops stays, because it keeps the number from ever being texted (EU-22).</summary>
    public int Erasable => Verdicts + Texts;

    /// <summary>In words for the request's activity.</summary>
    public string InWords
    {
        get
        {
            string[] kept =
            [
                .. new[]
                {
                    Counted(Stops, "entry of the do-not-text list, as a code", "entries of the do-not-text list, as a code"), Counted(Verdicts, "word of the SMS provider", "words of the SMS provider"),
                    Counted(Texts, "text from before", "texts from before"), Counted(StaffNumbers, "number of a member of staff", "numbers of members of staff"),
                }.OfType<string>(),
            ];
            var records = HasRecordNow ? "a record has this number now." : HasFormerRecord ? "no record has this number; one had it before." : "no record has this number, nor had one before.";
            return kept.Length == 0 ? $"{records} Nothing else is held under it." : $"{records} Kept under the number alone: {string.Join(", ", kept)}.";
        }
    }

    private static string? Counted(int count, string one, string many) => count == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many)}");
}

/// <summary>Searches every table that knows numbers, by the keyed hash.</summary>
internal static class NumberSearch
{
    public static async Task<NumberFindings> RunAsync(PortalDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        var stops = await db.Suppressions.AsNoTracking().Where(s => s.PhoneHash == hash).Select(s => s.LiftedAt).ToListAsync(cancellationToken);
        return new NumberFindings(
            await RecordsAsync(db, hash, cancellationToken), stops.Count, stops.Exists(lifted => lifted is null), await db.ProviderVerdicts.CountAsync(v => v.PhoneHash == hash, cancellationToken),
            await db.InboundMessages.CountAsync(m => m.FromHash == hash && m.SubscriberId == null, cancellationToken),
            await db.StaffNumbers.CountAsync(n => n.PhoneHash == hash, cancellationToken));
    }

    /// <summary>Those that the number leads to, also by a record that went into another one and by a time in which they had it.</summary>
    private static async Task<IReadOnlyList<FoundRecord>> RecordsAsync(PortalDbContext db, byte[] hash, CancellationToken cancellationToken)
    {
        var found = new Dictionary<SubscriberId, FoundRecord>();
        var next = await db.Subscribers.AsNoTracking().Where(s => s.PhoneHash == hash).Select(s => s.Id).Union(db.NumberPeriods.Where(p => p.To != null && p.PhoneHash == hash).Select(p => p.SubscriberId)).ToListAsync(cancellationToken);
        // From record to record, where one went into another that went into a third.
        var seen = new HashSet<SubscriberId>();
        while (next.RemoveAll(id => !seen.Add(id)) >= 0 && next.Count > 0)
        {
            var rows = await db.Subscribers.AsNoTracking().Where(s => next.Contains(s.Id) && s.ErasedAt == null).Select(s => new { s.Id, s.PhoneHash, s.NumberState, s.MergedIntoId, s.CreatedAt }).ToListAsync(cancellationToken);
            foreach (var row in rows.Where(r => r.MergedIntoId is null))
                found[row.Id] = new FoundRecord(row.Id, row.PhoneHash is not null && row.PhoneHash.AsSpan().SequenceEqual(hash) && row.NumberState != NumberState.Reassigned, row.CreatedAt);
            next = [.. rows.Select(r => r.MergedIntoId).OfType<SubscriberId>()];
        }

        return [.. found.Values.OrderByDescending(r => r.HasItNow).ThenByDescending(r => r.AddedAt).ThenByDescending(r => r.Id.Value)];
    }
}
