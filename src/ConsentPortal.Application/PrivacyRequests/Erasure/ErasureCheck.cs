using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.PrivacyRequests;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>Looks for what is left of an erased person and closes the request, or says where something was found.</summary>
public sealed class ErasureCheck
{
    internal const string Rescanned = "subscriber.rescanned";

    private const int AskedAtOnce = 20;

    private readonly PortalDatabase _database;
    private readonly RescanForSubscriber _rescan;
    private readonly RedactAtProvider _provider;
    private readonly LookupHash _hashes;
    private readonly TimeProvider _clock;

    internal ErasureCheck(PortalDatabase database, RescanForSubscriber rescan, RedactAtProvider provider, LookupHash hashes, TimeProvider clock) =>
        (_database, _rescan, _provider, _hashes, _clock) = (database, rescan, provider, hashes, clock);

    internal async Task<RescanReport> FinishAsync(Actor actor, PrivacyRequestId id, PersonTraces traces, CancellationToken cancellationToken)
    {
        // Only what can be asked at once: the rest is the job's, and nobody should wait for thousands of answers.
        var asked = await _provider.AskDueAsync(actor, id, AskedAtOnce, cancellationToken);
        var people = await PeopleAsync(id, cancellationToken);
        var report = await _rescan.FindAsync(traces, people, cancellationToken);
        if (report.LeftWords.Count > 0)
        {
            // Of a name or number that is not the last one: nobody could take them away by hand, so they go now that their keys are known.
            await _database.WriteAsync(db => ForgetAsync(db, actor, id, report.LeftWords, _clock.GetUtcNow(), cancellationToken), cancellationToken);
            report = await _rescan.FindAsync(traces, people, cancellationToken);
        }

        var found = report.IsClean ? [] : await FoundAsync(traces, cancellationToken);
        var now = _clock.GetUtcNow();
        await _database.WriteAsync(db => CloseAsync(db, actor, id, report, traces, found, asked > 0, now, cancellationToken), cancellationToken);
        return report;
    }

    /// <summary>Which of them stand somewhere: rarely any, and then each is looked for by itself, because exactly these have to be looked for again.</summary>
    private async Task<IReadOnlyCollection<PersonTrace>> FoundAsync(PersonTraces traces, CancellationToken cancellationToken)
    {
        if (traces.Traces.Count == 1)
            return traces.Traces;
        var found = new List<PersonTrace>();
        foreach (var trace in traces.Traces)
        {
            if (!(await _rescan.FindAsync(PersonTraces.Of(trace), [], cancellationToken)).IsClean)
                found.Add(trace);
        }

        return found;
    }

    private static async Task ForgetAsync(PortalDbContext db, Actor actor, PrivacyRequestId id, IReadOnlyList<SearchWord> words, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var person = await db.PrivacyRequests.Where(r => r.Id == id).Select(r => r.SubscriberId!.Value).SingleAsync(cancellationToken);
        var removed = await db.ForgetWordsAsync(words, cancellationToken);
        db.Audit(actor, now, new AuditFact("subscriber.wordsRemoved", "subscriber", person.ToString(), person, After: new Dictionary<string, object?> { ["request"] = id.ToString(), ["words"] = removed }));
    }

    private async Task<IReadOnlyCollection<SubscriberId>> PeopleAsync(PrivacyRequestId id, CancellationToken cancellationToken)
    {
        await using var db = _database.Open();
        var person = await db.PrivacyRequests.Where(r => r.Id == id).Select(r => r.SubscriberId!.Value).SingleAsync(cancellationToken);
        return await db.Subscribers.Where(s => s.Id == person || s.MergedIntoId == person).Select(s => s.Id).ToListAsync(cancellationToken);
    }

    private async Task CloseAsync(
        PortalDbContext db, Actor actor, PrivacyRequestId id, RescanReport report, PersonTraces traces, IReadOnlyCollection<PersonTrace> found, bool isNoted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var request = (await db.PrivacyRequests.FindAsync([id], cancellationToken))!;
        var sought = await SoughtAsync(db, request, report, traces, found, cancellationToken);
        var searched = string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Tables} tables and {report.Files:N0} {(report.Files == 1 ? "file" : "files")} of {report.Bytes / 1048576.0:N1} MB, the database file among them, were searched");
        var places = report.Findings.Select(f => f.Where).ToList();
        var toLookAt = report.ToLookAt.Select(f => f.Where).ToList();
        var tally = await RedactionTally.OfAsync(db, id, cancellationToken);
        if (!isNoted)
            RedactAtProvider.Note(db, actor, request, tally, now);
        if (!report.IsClean)
            request.Fail($"Erased, but something was found in {string.Join(", ", places.Take(10))}{(sought.Found.Count == 0 ? "" : $": {TraceWords.Joined(sought.Found)}")}. Note how it is written there, remove it, then repeat the search with it.");
        else if (tally.Open > 0)
            request.AwaitProvider(string.Create(CultureInfo.InvariantCulture, $"Erased; {searched} and nothing was found. Open: {tally.Open:N0} of {tally.Texts:N0} texts at the SMS provider. {tally.Answer}").TrimEnd());
        else
            request.Complete($"Erased; {searched} and nothing was found.", now);
        RequestChange.Tell(db, actor, request, now, new RequestStep(
            !report.IsClean ? "request.failed" : request.AwaitsProvider ? "request.searched" : CompleteRequest.Told(request).Action, report.IsClean ? $"Searched for what is left: {searched}, nothing was found." : $"Searched for what is left: something was found in {string.Join(", ", places.Take(10))}."));
        if (toLookAt.Count > 0)
            RequestChange.Add(db, actor, id, now, RequestEntryKinds.Step, $"To look at: one name alone, or a word that is written like it, stands in the person's own rows of {string.Join(", ", toLookAt.Take(10))}.");
        db.Audit(actor, now, new AuditFact(Rescanned, "subscriber", $"{request.SubscriberId}", request.SubscriberId, After: new Dictionary<string, object?>
        {
            ["request"] = id.ToString(), ["tables"] = report.Tables, ["values"] = report.Values, ["seams"] = report.Seams, ["files"] = report.Files, ["bytes"] = report.Bytes, ["findings"] = places, ["toLookAt"] = toLookAt,
            ["lookedFor"] = sought.For, ["found"] = sought.Found, ["notLookedFor"] = sought.Not,
        }));
    }

    /// <summary>Keeps what the next search has to look for; nothing where there is none.</summary>
    /// <returns>In words: what was looked for, what of it was found, and what no search has looked for.</returns>
    private async Task<(IReadOnlyList<string> For, IReadOnlyList<string> Found, IReadOnlyList<string> Not)> SoughtAsync(
        PortalDbContext db, PrivacyRequest request, RescanReport report, PersonTraces traces, IReadOnlyCollection<PersonTrace> found, CancellationToken cancellationToken)
    {
        var kept = await db.ErasureTraces.Where(t => t.RequestId == request.Id).OrderBy(t => t.Kind).ThenBy(t => t.IsEarlier).ThenBy(t => t.Id).ToListAsync(cancellationToken);
        if (kept.Count == 0)
            return ([.. traces.Traces.Select(Word)], [.. found.Select(Word)], []);
        // A search that had ended before looked for everything.
        var hasEnded = await db.AuditEntries.AnyAsync(e => e.SubscriberId == request.SubscriberId && e.Action == Rescanned, cancellationToken);
        var (sought, left) = (HashesOf(request.Id, traces.Traces), HashesOf(request.Id, found));
        var (was, wasFound, wasNot) = (kept.Where(t => IsIn(t, sought)).ToList(), kept.Where(t => IsIn(t, left)).ToList(), hasEnded ? [] : kept.Where(t => !IsIn(t, sought)).ToList());
        foreach (var trace in was)
            trace.IsNeeded = IsIn(trace, left);
        if (report.IsClean)
            db.ErasureTraces.RemoveRange(kept);
        return ([.. was.Select(Name)], [.. wasFound.Select(Name)], [.. wasNot.Select(Name)]);

        static string Word(PersonTrace trace) => TraceWords.Of(trace.Kind, trace.IsEarlier);
        static string Name(ErasureTrace trace) => TraceWords.Of(trace.Kind, trace.IsEarlier);
        static bool IsIn(ErasureTrace trace, HashSet<string> hashes) => hashes.Contains(Convert.ToHexString(trace.Hash));
    }

    private HashSet<string> HashesOf(PrivacyRequestId request, IEnumerable<PersonTrace> traces) => [.. traces.Select(trace => Convert.ToHexString(ErasureTrace.HashOf(_hashes, request, trace)))];
}
