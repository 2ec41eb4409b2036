using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>
/// Puts markers into the places of what is withheld, and counts them. What was written after the review was read by nobody, and
/// is left out in the same way.
/// </summary>
internal sealed class Redactor
{
    private readonly ILookup<string, Opened> _ofItem;
    private readonly List<Opened> _anywhere;
    private readonly HashSet<ulong>? _seen;
    private readonly string _later;

    private Redactor(IReadOnlyList<Opened> redactions, HashSet<ulong>? seen, DateTimeOffset? asOf)
    {
        Redactions = redactions;
        _ofItem = redactions.Where(r => r.Detail.Item is not null).ToLookup(r => r.Detail.Item!);
        _anywhere = [.. redactions.Where(r => r.Detail.Item is null)];
        _seen = seen;
        _later = string.Create(CultureInfo.InvariantCulture, $"[written after {asOf:d MMM yyyy, HH:mm} UTC, as of which this answer tells]");
    }

    public IReadOnlyList<Opened> Redactions { get; }

    /// <summary>How many texts were left out because nobody has reviewed them.</summary>
    public int Later { get; private set; }

    public static string Marker(string ground) => $"[withheld: {ground}]";

    /// <summary>By a request's own review.</summary>
    /// <param name="review">Null before anything was collected.</param>
    public static async Task<Redactor> OfAsync(PortalDbContext db, SubscriberVault vault, PackageSubject subject, PackageReview? review, CancellationToken cancellationToken)
    {
        var rows = await db.PackageRedactions.AsNoTracking().Where(r => r.RequestId == subject.Request.Id).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        return new Redactor([.. rows.Select(r => Open(vault, subject.Person, r, subject.Request.Regime))], review is null ? null : Seen(vault, subject.Person, review), review?.CollectedAt);
    }

    /// <summary>By what was withheld in any request of a person: for a copy that they take themselves, which nobody reviews.</summary>
    public static async Task<Redactor> OfPersonAsync(PortalDbContext db, SubscriberVault vault, IReadOnlyList<PersonRecord> records, CancellationToken cancellationToken)
    {
        var ids = records.Select(r => r.Row.Id).ToList();
        var rows = await db.PackageRedactions.AsNoTracking().Where(r => ids.Contains(r.SubscriberId)).OrderBy(r => r.Id).ToListAsync(cancellationToken);
        var requests = rows.Select(r => r.RequestId).Distinct().ToList();
        var regimes = await db.PrivacyRequests.AsNoTracking().Where(r => requests.Contains(r.Id)).ToDictionaryAsync(r => r.Id, r => r.Regime, cancellationToken);
        return new Redactor([.. rows.Select(r => Open(vault, records.First(record => record.Row.Id == r.SubscriberId).Row, r, regimes[r.RequestId]))], null, null);
    }

    public static byte[] Seal(SubjectKey key, IEnumerable<PackageWord> words)
    {
        var marks = words.Select(w => w.Mark).Distinct().ToList();
        var bytes = new byte[marks.Count * sizeof(ulong)];
        for (var i = 0; i < marks.Count; i++)
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(i * sizeof(ulong)), marks[i]);
        return key.Seal(bytes, SealedField.RequestDetail);
    }

    public bool IsLater(PackageWord word) => _seen is not null && word.NeedsReview && !_seen.Contains(word.Mark);

    /// <returns>What stands in the package for a text.</returns>
    public string Shown(PackageWord word)
    {
        if (IsLater(word))
        {
            Later++;
            return _later;
        }

        if (_ofItem[word.Item].FirstOrDefault(r => r.Detail.Words is null) is { } whole)
        {
            whole.Places++;
            return Marker(whole.Ground);
        }

        return word.IsWhole ? word.Text : WithoutWords(word.Text, _ofItem[word.Item].Concat(_anywhere));
    }

    /// <summary>How many places were withheld on which ground, as the package, its manifest and the audit trail say it.</summary>
    public IReadOnlyList<PersonWithheld> Withheld =>
        [.. Redactions.Where(r => r.Places > 0).GroupBy(r => (r.Row.Ground, r.Ground)).OrderBy(g => g.Key.Item1).Select(g => new PersonWithheld(PersonDataReader.Word(g.Key.Item1), g.Key.Item2, g.Sum(r => r.Places)))];

    private static Opened Open(SubscriberVault vault, Subscriber person, PackageRedaction row, PrivacyRegime regime) => new(
        row, JsonSerializer.Deserialize<RedactionDetail>(vault.OpenField(person.Id, person.WrappedKey, row.DetailSealed, SealedField.RequestDetail)!)!, RedactionGrounds.InWords(row.Ground, regime));

    private static HashSet<ulong> Seen(SubscriberVault vault, Subscriber person, PackageReview review)
    {
        var bytes = vault.OpenBytes(person.Id, person.WrappedKey, review.SeenSealed, SealedField.RequestDetail) ?? [];
        var seen = new HashSet<ulong>(bytes.Length / sizeof(ulong));
        for (var i = 0; i < bytes.Length; i += sizeof(ulong))
            seen.Add(BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(i)));
        return seen;
    }

    private static string WithoutWords(string text, IEnumerable<Opened> redactions)
    {
        var spans = redactions.SelectMany(r => PlacesIn(text, r.Detail.Words!).Select(start => (Start: start, End: start + r.Detail.Words!.Length, By: r)))
            .OrderBy(s => s.Start).ThenByDescending(s => s.End).ToList();
        if (spans.Count == 0)
            return text;
        var (shown, at) = (new StringBuilder(), 0);
        foreach (var (start, end, by) in spans)
        {
            // A word within one that is withheld already has no place of its own.
            if (end <= at)
                continue;
            if (start >= at)
            {
                shown.Append(text, at, start - at).Append(Marker(by.Ground));
                by.Places++;
            }

            at = end;
        }

        return shown.Append(text, at, text.Length - at).ToString();
    }

    internal static IEnumerable<int> PlacesIn(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(words, at + words.Length, StringComparison.OrdinalIgnoreCase))
            yield return at;
    }

    /// <param name="Ground">In words for the person.</param>
    internal sealed record Opened(PackageRedaction Row, RedactionDetail Detail, string Ground)
    {
        public int Places { get; set; }
    }
}
