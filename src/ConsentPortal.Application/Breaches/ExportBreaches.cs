using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Staff;
using CsvHelper;

namespace ConsentPortal.Application.Breaches;

/// <summary>The whole register as CSV, for the authority or an auditor.</summary>
public sealed class ExportBreaches(PortalDatabase database, TimeProvider clock)
{
    private static readonly string[] Headers =
    [
        "Number", "Title", "Became aware (UTC)", "Began (UTC)", "Authority due (UTC)", "Risk", "People", "Records", "Data", "What happened", "Consequences", "Measures", "Told", "Grounds",
        "Recorded (UTC)", "Recorded by", "Closed (UTC)", "Closed by",
    ];

    public async Task ExecuteAsync(Actor actor, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewBreaches);
        actor.Require(Permissions.ExportReports);
        var now = clock.GetUtcNow();
        var breaches = await database.WriteAsync(
            async db =>
            {
                var all = await BreachRegister.ReadAsync(db, cancellationToken);
                db.Audit(actor, now, new AuditFact("breach.exported", "breach", "register", After: new Dictionary<string, object?> { ["breaches"] = all.Count }));
                return all;
            },
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        foreach (var breach in breaches)
        {
            foreach (var field in Fields(breach))
                csv.WriteField(field);
            await csv.EndRecordAsync(cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static IEnumerable<string?> Fields(BreachView view)
    {
        var b = view.Breach;
        return
        [
            string.Create(CultureInfo.InvariantCulture, $"BR-{b.Number}"), b.Title, Time(b.AwareAt), Time(b.BeganAt), Time(b.AuthorityDue), BreachWords.Of(b.Risk),
            b.People?.ToString(CultureInfo.InvariantCulture), b.Records?.ToString(CultureInfo.InvariantCulture), b.Data, b.WhatHappened, b.Consequences, b.Measures,
            string.Join("; ", view.Notices.Select(n => $"{Time(n.ToldAt)} {BreachWords.Of(n.Kind)}: {n.Whom}, {n.How}")), b.Grounds, Time(b.RecordedAt), b.RecordedBy, Time(b.ClosedAt), b.ClosedBy,
        ];
    }

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
