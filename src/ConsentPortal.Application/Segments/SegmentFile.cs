using System.Globalization;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using CsvHelper;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Segments;

/// <summary>The people of a rule as CSV, read page by page by their ids: as large as it gets, little of it is in memory.</summary>
public sealed class SegmentFile
{
    private const int RowsAtOnce = 2_000;

    private static readonly string[] Headers = ["Person", "Number", "Country", "Lives in", "State", "Confirmed zone", "Language", "Source", "Kind of line", "Frequency", "Added (UTC)"];

    private readonly PortalDatabase _database;
    private readonly SubscriberVault _vault;
    private readonly SegmentRule _rule;
    private readonly RuleMoment _moment;
    private readonly Func<IReadOnlyCollection<SubscriberId>, Task>? _keep;

    /// <param name="keep">Keeps whose full numbers the next lines show; null for masked ones.</param>
    internal SegmentFile(PortalDatabase database, SubscriberVault vault, SegmentRule rule, RuleMoment moment, Func<IReadOnlyCollection<SubscriberId>, Task>? keep) =>
        (_database, _vault, _rule, _moment, _keep) = (database, vault, rule, moment, keep);

    public async Task WriteAsync(Stream to, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        await using var db = _database.Open();
        var (after, count) = (default(SubscriberId), 0);
        do
        {
            var people = await SegmentTranslator.PeopleInOrder(db, _rule, _moment).Where(s => s.Id > after && !s.IsRestricted).Take(RowsAtOnce).ToListAsync(cancellationToken);
            if (_keep is not null)
                await _keep(people.ConvertAll(person => person.Id));
            foreach (var person in people)
            {
                foreach (var field in Fields(person))
                    csv.WriteField(field);
                await csv.EndRecordAsync(cancellationToken);
            }

            (after, count) = (people.Count == 0 ? after : people[^1].Id, people.Count);
        }
        while (count == RowsAtOnce);
        await csv.FlushAsync(cancellationToken);
    }

    private string?[] Fields(Subscriber person) =>
    [
        person.Id.ToString(), Number(person), person.Region, person.DeclaredRegion, person.DeclaredState, person.DeclaredZone, person.Language, person.Source,
        person.LineType.ToString(), person.Frequency.ToString(), person.CreatedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
    ];

    private string Number(Subscriber person) => _vault.Open(person.Id, person.WrappedKey, person.PhoneSealed, null, person.Region) is { } opened
        ? _keep is not null ? opened.Phone.E164 : opened.Phone.ToString()
        : "Erased";
}
