using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>
/// What became of texts of the send ledger in one transaction, as entries of the audit trail that name each of them (ADR 22). Texts with the same word
/// stand together: <c>deferred, QuietHours, US-09: 4711,4712</c>. A verification of the log compares the newest word about a text with its row
/// (<see cref="NamedTexts"/>), so whoever changes the state of a text that has been decided on names it, after the change and in its transaction.
/// </summary>
/// <param name="action">Begins with <see cref="NamedTexts.Actions"/>.</param>
internal sealed class TextTrail(string action)
{
    /// <summary>An entry names no more texts; more of them are several entries.</summary>
    public const int MostTexts = 1_000;

    public const string Kind = "texts";

    // Nine digits and more could be somebody's number, which a re-scan after an erasure would find in an entry that nobody may change.
    private const int MostDigits = 6;
    private const long MostTogether = 100_000_000;

    private readonly SortedDictionary<long, string> _words = [];

    /// <param name="why">Reasons of the portal, rules and the provider's codes; none of them names anybody. Of two words about one text the later one stays.</param>
    public void Says(long text, MessageState state, params ReadOnlySpan<string?> why)
    {
        var word = NamedTexts.WordOf(state);
        foreach (var part in why)
            if (part is { Length: > 0 })
                word += $", {part}";
        _words[text] = word;
    }

    /// <param name="policyVersion">By which the texts were decided on; null for the one that governs now.</param>
    public void WriteTo(PortalDbContext db, Actor actor, DateTimeOffset now, int? policyVersion = null)
    {
        foreach (var some in _words.Chunk(MostTexts))
            db.Audit(actor, now, Fact(some, policyVersion));
    }

    /// <summary>Names those of some texts that were skipped at this moment, by whatever ended them together.</summary>
    public static async Task NameSkippedAsync(PortalDbContext db, Actor actor, IQueryable<OutboundMessage> among, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var trail = new TextTrail("texts.skipped");
        await foreach (var text in among.Where(m => m.State == MessageState.Skipped && m.FinalAt == now).Select(m => new { m.Id, m.Reason, m.Rule }).AsAsyncEnumerable().WithCancellation(cancellationToken))
            trail.Says(text.Id, MessageState.Skipped, text.Reason, text.Rule);
        trail.WriteTo(db, actor, now);
    }

    /// <summary>A code of the provider as it may stand in an entry: null for one that could hold a number.</summary>
    public static string? Code(string? code) => code is not null && code.Count(char.IsAsciiDigit) <= MostDigits && code.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? code : null;

    private AuditFact Fact(KeyValuePair<long, string>[] some, int? policyVersion) => new(
        action, Kind, some.Length == 1 ? Id(some[0].Key) : $"{Id(some[0].Key)}..{Id(some[^1].Key)}", PolicyVersion: policyVersion, After: new Dictionary<string, object?>
        {
            ["count"] = some.Length,
            [NamedTexts.Member] = some.GroupBy(text => text.Value, text => text.Key).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {Ids(group)}").ToArray(),
        });

    public static string Ids(IEnumerable<long> texts) => string.Join(',', texts.Select(Id));

    private static string Id(long id) => id < MostTogether
        ? id.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{id / 1_000_000}_{id % 1_000_000:D6}");
}
