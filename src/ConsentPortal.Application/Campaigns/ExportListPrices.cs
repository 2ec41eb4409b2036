using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using CsvHelper;

namespace ConsentPortal.Application.Campaigns;

/// <summary>The list prices as they hold now, in the form in which <see cref="LoadListPrices"/> takes them.</summary>
public sealed class ExportListPrices(PortalDatabase database, PriceList list, TimeProvider clock)
{
    public async Task ExecuteAsync(Actor actor, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var listed = (await list.GetAsync(actor, cancellationToken)).Where(row => row.Listed is not null).ToList();
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("price.listExported", "priceList", "all", After: new Dictionary<string, object?> { ["countries"] = listed.Count }));
                return Task.CompletedTask;
            },
            cancellationToken);
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        await LineAsync(csv, PriceFile.CountryColumn, PriceFile.EuroColumn, cancellationToken);
        foreach (var row in listed)
            await LineAsync(csv, row.Country, row.Listed!.Value.ToString("0.######", CultureInfo.InvariantCulture), cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private static async Task LineAsync(CsvWriter csv, string country, string euro, CancellationToken cancellationToken)
    {
        csv.WriteField(country);
        csv.WriteField(euro);
        await csv.EndRecordAsync(cancellationToken);
    }
}
