using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Subscribers;

/// <summary>
/// Each person whose full number goes into a file has it in their own history, before the lines with them are written. Why the file was taken stands
/// once, in the entry of the file: among the people it may name somebody.
/// </summary>
internal static class ExportedNumbers
{
    public const string Exported = "number.exported";

    private const string AsFile = "In a file of full numbers";

    /// <param name="now">Of the entry of the file, so that the two are found together.</param>
    public static Task KeepAsync(
        PortalDatabase database, Actor actor, DateTimeOffset now, string objectKind, string objectId, IReadOnlyCollection<SubscriberId> people, CancellationToken cancellationToken) =>
        people.Count == 0 ? Task.CompletedTask : database.WriteAsync(
            db =>
            {
                var policy = db.PolicyAt(now);
                return db.InsertAsync(people.Select(person => AuditTrail.Entry(actor, now, new AuditFact(Exported, objectKind, objectId, person, AsFile, PolicyVersion: policy))).ToList(), cancellationToken);
            },
            cancellationToken);
}
