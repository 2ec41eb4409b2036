using System.Diagnostics;
using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Benchmarks.Audit;

/// <summary>The audit page's own use case under each filter: the first page, the page after it and the last one.</summary>
internal sealed class AuditPageRun(AuditEntries entries)
{
    private const int Times = 40;

    public async Task RunAsync()
    {
        Console.WriteLine("  p50 ms   p95 ms  rows  audit page");
        foreach (var (name, query) in Queries())
        {
            var first = await MeasureAsync($"{name}, first page", query, AuditPosition.Newest);
            if (first.Older is { } older)
                await MeasureAsync($"{name}, next page", query, AuditPosition.OlderThan(older));
            await MeasureAsync($"{name}, last page", query, AuditPosition.Oldest);
        }
    }

    private static IEnumerable<(string Name, Func<int, AuditQuery> Query)> Queries()
    {
        yield return ("no filter", _ => new AuditQuery());
        yield return ("actor, importer of millions", i => new AuditQuery(ActorId: AuditScene.Member(i % 3).Id));
        yield return ("actor, support agent", i => new AuditQuery(ActorId: AuditScene.Member(3 + (i % 37)).Id));
        yield return ("actor who did nothing", i => new AuditQuery(ActorId: AuditScene.Member(1_000 + i).Id));
        yield return ("group, common", _ => new AuditQuery(Group: "consent"));
        yield return ("group, rare", _ => new AuditQuery(Group: "report"));
        yield return ("group that never happened", _ => new AuditQuery(Group: "wording"));
        yield return ("one action", _ => new AuditQuery(Group: "consent", Action: "consent.withdrawn"));
        yield return ("refused or failed", _ => new AuditQuery(Outcome: AuditOutcome.NotDone));
        yield return ("kind of object", _ => new AuditQuery(ObjectKind: "request"));
        yield return ("object", i => new AuditQuery(ObjectKind: "campaign", ObjectId: (i * 7).ToString(CultureInfo.InvariantCulture)));
        yield return ("subject", i => new AuditQuery(Subject: AuditScene.Person(i * 9_973 % AuditScene.People)));
        yield return ("request id", i => new AuditQuery(RequestId: AuditScene.Member(3 + (i % 37)).Origin!.RequestId));
        yield return ("request id that is unknown", i => new AuditQuery(RequestId: $"unknown-{i}"));
        yield return ("words of a reason that nobody gave", _ => new AuditQuery(Words: "nobody gave"));
        yield return ("words, rare group and a month", i => Between(new AuditQuery(Group: "report", Words: "nobody"), i, 30));
        yield return ("words and what was refused", _ => new AuditQuery(Outcome: AuditOutcome.NotDone, Words: "nobody"));
        yield return ("a day", i => Between(new AuditQuery(), i, 1));
        yield return ("a month long ago", i => Between(new AuditQuery(), i / 4, 30));
        yield return ("actor and group that never met", i => new AuditQuery(Group: "request", ActorId: AuditScene.Member(i % 3).Id));
        yield return ("actor and group", i => new AuditQuery(Group: "number", ActorId: AuditScene.Member(3 + (i % 37)).Id));
        yield return ("actor and a day", i => Between(new AuditQuery(ActorId: AuditScene.Member(i % 3).Id), i, 1));
        yield return ("group and a month", i => Between(new AuditQuery(Group: "consent"), i, 30));
        yield return ("rare group and a day", i => Between(new AuditQuery(Group: "report"), i, 1));
        yield return ("actor, group and a month", i => Between(new AuditQuery(Group: "consent", ActorId: AuditScene.Member(i % 3).Id), i, 30));
        yield return ("subject and group", i => new AuditQuery(Group: "consent", Subject: AuditScene.Person(i * 31)));
        yield return ("subject, actor and a month", i => Between(new AuditQuery(ActorId: AuditScene.Member(i % 3).Id, Subject: AuditScene.Person(i * 31)), i, 30));
    }

    private static AuditQuery Between(AuditQuery query, int i, int days)
    {
        var from = AuditScene.AtShare(i % Times / (double)Times);
        return query with { From = from, To = from.AddDays(days) };
    }

    private async Task<AuditEntryPage> MeasureAsync(string name, Func<int, AuditQuery> query, AuditPosition position)
    {
        var page = await entries.PageAsync(Actor.CommandLine, query(0), position, default);
        var took = new double[Times];
        for (var i = 0; i < Times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await entries.PageAsync(Actor.CommandLine, query(i), position, default);
            took[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > 10)
            {
                Array.Resize(ref took, i + 1);
                break;
            }
        }

        Array.Sort(took);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{took[took.Length / 2],8:F1} {took[(int)(took.Length * 0.95)],8:F1} {page.Rows.Count,5}  {name}"));
        return page;
    }
}
