using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using CsvHelper;

namespace ConsentPortal.Application.Consent;

/// <param name="ShowsNumbers">Writes the full numbers, for those who may export people and say why.</param>
public sealed record RegisterFileWish(RegisterQuery Query, bool ShowsNumbers = false, string? Reason = null)
{
    /// <returns>Why the file can't be made; null when it can.</returns>
    public Failure? Refusal => ShowsNumbers && !ReasonNeeded.IsMetBy(Reason) ? new ReasonNeeded() : null;
}

/// <summary>The register of one purpose at an instant as CSV. The audit trail keeps who took it before the first line is written.</summary>
public sealed class ExportConsentRegister(PortalDatabase database, ConsentRegister register, TimeProvider clock)
{
    private const int RowsAtOnce = 500;

    private static readonly string[] Headers = ["Person", "Number", "Country", "Status", "Level", "By", "Since (UTC)", "Recorded (UTC)", "Wording"];

    /// <returns>A failure before anything was written.</returns>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, RegisterFileWish wish, Stream to, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ExportReports);
        if (wish.ShowsNumbers)
            actor.Require(Permissions.ExportSubscribers);
        if (wish.Refusal is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        await database.WriteAsync(
            db =>
            {
                db.Audit(actor, now, new AuditFact("consent.registerExported", "purpose", wish.Query.PurposeId.ToString(), Reason: wish.Reason?.Trim(), After: new Dictionary<string, object?>
                {
                    ["asOf"] = wish.Query.At, ["status"] = wish.Query.Status, ["fullNumbers"] = wish.ShowsNumbers,
                }));
                return Task.CompletedTask;
            },
            cancellationToken);
        await WriteAsync(actor, wish, to, now, cancellationToken);
        return Done.Value;
    }

    private async Task WriteAsync(Actor actor, RegisterFileWish wish, Stream to, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(to, new CsvWriterOptions { Injection = CsvInjection.Escape, WriteByteOrderMark = true }, leaveOpen: true);
        foreach (var header in Headers)
            csv.WriteField(header);
        await csv.EndRecordAsync(cancellationToken);
        await using var events = database.Open();
        await using var people = database.Open();
        await foreach (var standings in ConsentRegister.StandingsAsync(events, wish.Query, null, cancellationToken).Chunk(RowsAtOnce).WithCancellation(cancellationToken))
        {
            var rows = await register.RowsAsync(people, standings, wish.ShowsNumbers, cancellationToken);
            if (wish.ShowsNumbers)
                await ExportedNumbers.KeepAsync(database, actor, now, "purpose", wish.Query.PurposeId.ToString(), [.. rows.Where(row => row.MaskedPhone is not null).Select(row => row.Id)], cancellationToken);
            foreach (var row in rows)
            {
                foreach (var field in Fields(row))
                    csv.WriteField(field);
                await csv.EndRecordAsync(cancellationToken);
            }
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string?[] Fields(RegisterRow row) =>
    [
        row.Id.ToString(), row.MaskedPhone ?? "Erased", row.Region, row.Status.ToString(), row.Level.ToString(), row.Channel.ToString(), Time(row.Since), Time(row.RecordedAt),
        row.Wording is { } wording ? string.Create(CultureInfo.InvariantCulture, $"{wording.Language} {wording.Version}") : null,
    ];

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
