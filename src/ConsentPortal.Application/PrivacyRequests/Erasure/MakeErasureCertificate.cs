using System.Globalization;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Retention;
using ConsentPortal.Application.Staff;
using ConsentPortal.Domain;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Retention;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>What the audit log says of one erasure; the certificate says nothing else.</summary>
internal sealed record ErasureFacts(
    PrivacyRequest Request, string AskedBy, string ApprovedBy, DateTimeOffset ErasedAt, IReadOnlyList<string> Stores, long? LeafIndex, string? LeafHash,
    DateTimeOffset SearchedAt, int Tables, long Values, long Seams, int Files, long Bytes, (int Asked, int Gone, int Open, int Refused, DateTimeOffset At) Provider,
    IReadOnlyList<string> Keys, IReadOnlyList<string> ToLookAt, DateOnly RequestGoesOn, int? BackupDays, IReadOnlyList<ErasureSearch> Searches);

/// <summary>One search for what was left.</summary>
/// <param name="LookedFor">In words that name nobody; empty for a search of an earlier release, which did not keep it.</param>
/// <param name="FoundIn">How many places held something.</param>
/// <param name="NotLookedFor">What nobody could say any more, because the erasure was cut off before its first search.</param>
internal sealed record ErasureSearch(DateTimeOffset At, IReadOnlyList<string> LookedFor, int FoundIn, IReadOnlyList<string> NotLookedFor);

/// <summary>Certifies a completed erasure from what the audit log kept of it: the person's name is not in it, because nobody has it any more.</summary>
public sealed class MakeErasureCertificate(PortalDatabase database, TimeProvider clock)
{
    public const string Kind = "erasure-certificate";

    public async Task<Result<ReportFile>> ExecuteAsync(Actor actor, PrivacyRequestId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPrivacyRequests);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<ReportFile>>(
            async db =>
            {
                var request = await db.PrivacyRequests.FindAsync([id], cancellationToken);
                if (request is null)
                    return new RequestNotFound();
                if (request.SubscriberId is not { } subject)
                    return new NoRecordToActOn();
                if (request is not { Kind: PrivacyRequestKind.Erasure, Status: PrivacyRequestStatus.Replying or PrivacyRequestStatus.Completed })
                    return new RequestNotReady("A certificate is made once the erasure is complete and nothing of the person was found any more. Nothing was made.");
                var facts = await FactsAsync(db, request, subject, now, cancellationToken);
                var log = await ReportTrail.LogAsync(db, cancellationToken);
                var head = new ReportHead(
                    "Certificate of erasure", string.Create(CultureInfo.InvariantCulture, $"Privacy request DSR-{request.Number}"), await ReportTrail.OrganisationAsync(db, cancellationToken),
                    actor.Name, now, null, log, ReportTrail.CodeOf(Kind, actor, now, log, [id.ToString()]), Paper: await ReportTrail.PaperAsync(db, cancellationToken));
                return ReportTrail.Finish(db, actor, Kind, ErasureCertificateDocument.Of(facts, head), request.SubscriberId, new Dictionary<string, object?> { ["request"] = id.ToString() });
            },
            cancellationToken);
    }

    private static async Task<ErasureFacts> FactsAsync(PortalDbContext db, PrivacyRequest request, SubscriberId subject, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var erased = await EntryAsync(db, subject, EraseSubscriber.Erased, cancellationToken);
        var searches = await db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId == subject && e.Action == ErasureCheck.Rescanned).OrderBy(e => e.Id).ToListAsync(cancellationToken);
        var searched = searches[^1];
        var asked = await EntryAsync(db, subject, RedactAtProvider.Asked, cancellationToken);
        var (done, search, provider) = (After(erased), After(searched), After(asked));
        Guid?[] people = [request.RequestedApprovalById, request.ApprovedById];
        var names = await ActorNames.OfAsync(db, people.OfType<Guid>().Select(p => (ActorKind.Staff, p.ToString())), cancellationToken);
        return new ErasureFacts(
            request, names.Of(ActorKind.Staff, request.RequestedApprovalById.ToString()!), names.Of(ActorKind.Staff, request.ApprovedById.ToString()!), erased.At,
            [.. done.GetProperty("stores").EnumerateArray().Select(s => s.GetString()!)], erased.LeafIndex, erased.LeafHash is null ? null : Convert.ToHexStringLower(erased.LeafHash),
            searched.At, search.GetProperty("tables").GetInt32(), search.GetProperty("values").GetInt64(), search.TryGetProperty("seams", out var seams) ? seams.GetInt64() : 0, search.GetProperty("files").GetInt32(), search.GetProperty("bytes").GetInt64(),
            (provider.GetProperty("asked").GetInt32(), provider.GetProperty("redacted").GetInt32() + provider.GetProperty("notHeld").GetInt32(), provider.GetProperty("open").GetInt32(), provider.GetProperty("refused").GetInt32(), asked.At),
            Texts(done, "keys"), Texts(search, "toLookAt"), await RequestGoesOnAsync(db, request, now, cancellationToken), await BackupLife.DaysAsync(db, cancellationToken), [.. searches.Select(Search)]);
    }

    private static ErasureSearch Search(AuditEntry entry)
    {
        var after = After(entry);
        return new ErasureSearch(entry.At, Texts(after, "lookedFor"), Texts(after, "findings").Count, Texts(after, "notLookedFor"));
    }

    /// <summary>Entries of earlier releases lack some of them.</summary>
    private static IReadOnlyList<string> Texts(JsonElement after, string name) => after.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(t => t.GetString()!)] : [];

    /// <summary>When the retention job takes this request, by the schedule of today, and as if its answer left now where it has not yet.</summary>
    private static async Task<DateOnly> RequestGoesOnAsync(PortalDbContext db, PrivacyRequest request, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var months = (await StoredSchedule.ReadAsync(db, cancellationToken)).MonthsOf(RecordClass.PrivacyRequests);
        return DateOnly.FromDateTime((request.CompletedAt ?? now).UtcDateTime.AddMonths(months));
    }

    /// <summary>The latest entry of its kind about the person.</summary>
    private static Task<AuditEntry> EntryAsync(PortalDbContext db, SubscriberId person, string action, CancellationToken cancellationToken) =>
        db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId == person && e.Action == action).OrderByDescending(e => e.Id).FirstAsync(cancellationToken);

    private static JsonElement After(AuditEntry entry)
    {
        using var leaf = JsonDocument.Parse(entry.Leaf);
        return leaf.RootElement.GetProperty("after").Clone();
    }
}
