using System.Globalization;
using System.Text.RegularExpressions;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.PrivacyRequests.Access;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.PrivacyRequests.Review;

/// <summary>A person's data with the texts of which words can be withheld, and how it would go out.</summary>
internal sealed partial class CollectedPackage
{
    private const int SampleSize = 3;
    private const int SampleLength = 120;

    private readonly Redactor _redactor;

    private CollectedPackage(PersonData held, PersonData shown, IReadOnlyList<PackageWord> words, IReadOnlyList<string> texts, Redactor redactor) =>
        (Held, Shown, Words, Texts, _redactor) = (held, shown, words, texts, redactor);

    public PersonData Held { get; }

    /// <summary>As it would go out.</summary>
    public PersonData Shown { get; }

    /// <summary>In the order in which they stand; a member of staff once for each place.</summary>
    public IReadOnlyList<PackageWord> Words { get; }

    public IReadOnlyList<Redactor.Opened> Redactions => _redactor.Redactions;

    public int Later => _redactor.Later;

    public IReadOnlyList<PersonWithheld> Withheld => _redactor.Withheld;

    /// <summary>What stands in the place of each of <see cref="Words"/>.</summary>
    private IReadOnlyList<string> Texts { get; }

    /// <param name="review">As of which it is; null takes everything.</param>
    public static async Task<CollectedPackage> OfAsync(
        PortalDbContext db, SubscriberVault vault, PackageSubject subject, PackageReview? review, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await new PersonDataReader(db, vault, subject.Records).ReadAsync(now, cancellationToken);
        var redactor = await Redactor.OfAsync(db, vault, subject, review, cancellationToken);
        var (words, texts) = (new List<PackageWord>(), new List<string>());
        var shown = PackageWords.Map(held, word =>
        {
            words.Add(word);
            texts.Add(redactor.Shown(word));
            return texts[^1];
        });
        return new CollectedPackage(held, shown with { AsOf = review?.CollectedAt, Withheld = redactor.Withheld }, words, texts, redactor);
    }

    /// <summary>What is seen with this collection: also the name of whoever looks, which the package tells.</summary>
    /// <param name="reader">Null for whoever is no member of staff.</param>
    public IEnumerable<PackageWord> SeenBy(string? reader) => reader is null ? Words : Words.Append(PackageWord.Staff(reader));

    /// <summary>Whether a member of staff may be named beside what the package holds, as by its head.</summary>
    public bool MayName(string staff)
    {
        var name = PackageWord.Staff(staff);
        return !Redactions.Any(r => r.Detail.Item == name.Item || (r.Detail.Item is null && Redactor.PlacesIn(staff, r.Detail.Words!).Any()));
    }

    /// <summary>For the audit trail: as of when it tells and how many places are withheld on which ground, never what.</summary>
    public Dictionary<string, object?> Counts(Dictionary<string, object?> more)
    {
        foreach (var withheld in Withheld)
            more[$"withheld{char.ToUpperInvariant(withheld.Ground[0])}{withheld.Ground[1..]}"] = withheld.Places;
        more["asOf"] = Shown.AsOf;
        more["later"] = Later;
        return more;
    }

    public PackagePreview Preview(PackageSubject subject, PackageReview review)
    {
        var abouts = Words.GroupBy(w => w.Item).ToDictionary(g => g.Key, g => g.First());
        return new PackagePreview(
            subject.Request.Id, subject.Request.Number, subject.Request.Regime, review.CollectedAt, review.ConfirmedAt, review.ConfirmedBy, Later,
            [.. Enum.GetValues<PackageSection>().Select(Section)],
            [
                .. Redactions.Select(r => new PreviewRedaction(
                    r.Row.Id, r.Detail.Item is not { } item ? null : abouts.TryGetValue(item, out var word) ? Where(word) : "No longer held", r.Detail.Words, r.Row.Ground, r.Detail.Reason, r.Row.By, r.Row.At, r.Places)),
            ],
            Withheld);
    }

    // A member of staff has no other place than their name.
    private static string Where(PackageWord word) => word.Section == PackageSection.Staff ? word.Text : word.About;

    private PreviewSection Section(PackageSection section)
    {
        var texts = Words.Zip(Texts).Where(t => t.First.Section == section).GroupBy(t => t.First.Item).Select(g =>
        {
            var (word, shown) = g.First();
            return new PreviewText(word.Item, word.About, word.At, word.Text, shown, g.Count(), word.IsWhole, _redactor.IsLater(word));
        }).ToList();
        var lines = Lines(section, texts);
        return new PreviewSection(section, lines.Count, [.. lines.Take(SampleSize).Select(line => Short(LongDigits().Replace(line, "•••")))], texts);
    }

    /// <returns>A line for each entry of a section.</returns>
    private IReadOnlyList<string> Lines(PackageSection section, IReadOnlyList<PreviewText> texts) => section switch
    {
        PackageSection.Profile => [$"{PhoneNumber.Mask(Held.Profile.Number)} {string.Join(' ', new[] { Held.Profile.FirstName, Held.Profile.LastName }.OfType<string>())}".Trim(), .. Shown.Attributes.Select(a => $"{a.Name}: {a.Value}")],
        PackageSection.Consents => [.. Shown.Consents.SelectMany(c => c.Events.Select(e => $"{Day(e.At)}, {c.Purpose}, {ReportWords.Spaced(e.Kind).ToLowerInvariant()}{(e.Wording is { } w ? $": {w.Text}" : "")}"))],
        PackageSection.FromPerson => [.. Shown.Texts.Where(t => t.Direction == PersonTextReader.FromPerson).Select(t => $"{Day(t.At)}: {t.Words ?? "–"}")],
        PackageSection.ToPerson => [.. Shown.Texts.Where(t => t.Direction != PersonTextReader.FromPerson).Select(t => $"{Day(t.At)}, {ReportWords.Spaced(t.State).ToLowerInvariant()}: {t.Words ?? "–"}")],
        PackageSection.Decisions => [.. Shown.Texts.Where(t => t.Decision is not null).Select(t => $"{Day(t.At)}: {t.Decision}{(t.Rule is null ? "" : $", {t.Rule}")}")],
        PackageSection.Behaviour => [.. Shown.Behaviour.Select(f => $"{Day(f.At)}: {ReportWords.Spaced(f.Kind).ToLowerInvariant()}")],
        PackageSection.Lists => Shown.Lists,
        PackageSection.Stops => [.. Shown.Stops.Select(s => $"{Day(s.At)}, {s.Purpose ?? ReportWords.Spaced(s.Scope).ToLowerInvariant()}: {s.Reason}")],
        PackageSection.Provider => [.. Shown.ProviderSays.Select(p => $"{Day(p.At)}: {p.Word}")],
        PackageSection.Requests => [.. Shown.Requests.Select(r => $"{r.Number}, {ReportWords.Spaced(r.Kind).ToLowerInvariant()}, {ReportWords.Spaced(r.Status).ToLowerInvariant()}{(r.IsOfRecord ? "" : ", from before this record")}")],
        PackageSection.Comments or PackageSection.Staff => [.. texts.Select(t => t.Shown)],
        PackageSection.Looks => [.. Shown.LookedAtBy.Select(l => $"{Day(l.At)}, {l.Who}: {ReportWords.Spaced(l.What).ToLowerInvariant()}")],
        PackageSection.Recipients => [.. Shown.Recipients.Select(r => $"{r.Name}: {r.Role}")],
        PackageSection.Documents => [.. Shown.Documents.Select(d => d.Name)],
        PackageSection.Holds => [.. Shown.LegalHolds.Select(h => $"{Day(h.PlacedAt)}: {h.Reason}")],
        PackageSection.Earlier => [.. Shown.MergedRecords.Select(m => $"{PhoneNumber.Mask(m.Number)}, {m.Source}")],
    };

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    // Of any form, so that a sample shows no number of anybody.
    [GeneratedRegex(@"\d(?:[ \-.()/]*\d){5,}", RegexOptions.None, matchTimeoutMilliseconds: 200)]
    private static partial Regex LongDigits();

    private static string Short(string line) => line.Length <= SampleLength ? line : $"{line[..SampleLength]}…";
}
