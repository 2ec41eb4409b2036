using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Imports;

/// <param name="FinishedAt">Null while it runs, and for one that was stopped: running the file again completes it.</param>
/// <param name="PurposeId">With its name <paramref name="Purpose"/>; both null where no consent was recorded.</param>
public sealed record ImportLine(
    ImportBatchId Id, string FileName, string StartedBy, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, string? Purpose, ImportSummary Summary)
{
    public required ImportState State { get; init; }

    public Guid? StartedById { get; init; }

    public string? ApprovedBy { get; init; }

    public DateTimeOffset? ApprovedAt { get; init; }

    public string? UndoneBy { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }
}

/// <param name="Total">All imports, not only those of the page.</param>
public sealed record ImportPage(IReadOnlyList<ImportLine> Imports, int Total);

/// <summary>The imports, newest first.</summary>
public sealed class ImportList(PortalDatabase database)
{
    private const int MostOnPage = 200;

    public async Task<ImportPage> PageAsync(Actor actor, int skip, int take, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ImportSubscribers);
        await using var db = database.Open();
        var total = await db.ImportBatches.CountAsync(cancellationToken);
        var newest = db.ImportBatches.OrderByDescending(b => b.StartedAt).ThenByDescending(b => b.Id).Skip(skip).Take(Math.Clamp(take, 1, MostOnPage));
        var lines = await Lines(db, newest).ToListAsync(cancellationToken);
        return new ImportPage(lines, total);
    }

    internal static IQueryable<ImportLine> Lines(PortalDbContext db, IQueryable<ImportBatch> batches) =>
        from batch in batches
        join p in db.Purposes on batch.PurposeId equals p.Id into purposes
        from purpose in purposes.DefaultIfEmpty()
        orderby batch.StartedAt descending, batch.Id descending
        select new ImportLine(
            batch.Id, batch.FileName, batch.StartedBy, batch.StartedAt, batch.FinishedAt, purpose == null ? null : purpose.Name,
            new ImportSummary(
                batch.Total, batch.New, batch.Update, batch.Unchanged, batch.Duplicate, batch.Invalid, batch.Refused, batch.NeedsDoubleOptIn, batch.WithoutProof))
        {
            State = batch.State, StartedById = batch.StartedById, ApprovedBy = batch.ApprovedBy, ApprovedAt = batch.ApprovedAt, UndoneBy = batch.UndoneBy, UndoneAt = batch.UndoneAt,
        };
}
