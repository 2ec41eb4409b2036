using System.Globalization;
using BenchmarkDotNet.Running;
using ConsentPortal.Benchmarks;
using ConsentPortal.Benchmarks.Audit;
using ConsentPortal.Benchmarks.Imports;
using ConsentPortal.Benchmarks.Messaging;
using ConsentPortal.Benchmarks.Policy;
using ConsentPortal.Benchmarks.PrivacyRequests;
using ConsentPortal.Benchmarks.Reports;
using ConsentPortal.Benchmarks.Segments;

const string help = """
    Measures the portal on this machine; build with -c Release. Whole runs happen once, in a folder of their own that is deleted afterwards:
      audit [ENTRIES] [FOLDER]
                             page through, verify and seal an audit log of so many entries (10,000,000), beside bare hashing; kept in FOLDER for the next time
      audit-verify ENTRIES   verify an exported audit log of so many entries
      decisions NUMBER       decide on so many texts on one core, beside finding out the recipient's local time only
      dry-run PEOPLE [FOLDER]  judge everybody in the audience of a campaign, beside reading them by bare SQL
      growth [FEW MANY]      plan, send, take receipts and count segments among so many people (100,000) and among more (1,000,000), and say how much more
                             a row costs there; exit code 1 where that is more than 1.3 times, or a rate is too low
      import ROWS            import a list of so many people into an empty portal, twice, beside bare inserts of the rows it wrote
      keywords TEXTS         read so many texts from handsets, beside folding them only
      dispatch TEXTS [PEOPLE]
                             send a campaign of so many texts to a simulated provider, among so many people, beside bare posts to it
      pdf PAGES              draw one table over so many pages, beside bare words on as many
      planning PEOPLE        plan a campaign for so many people, beside bare inserts of the rows it wrote
      privacy PEOPLE [FOLDER]  pack the data of somebody with 5,000 texts and erase them among so many people, beside reading every file
      receipts RECEIPTS [PEOPLE]
                             take so many delivery receipts over HTTP, among so many people, beside bare HTTP answers
      segments [PEOPLE] [FOLDER]  count 12 reference segments of so many people (1,000,000) with five facts each, beside the best SQL written by hand;
                             a folder is kept and not filled again
      stop-latency TEXTS     send a campaign of so many texts and measure how long a STOP takes meanwhile, beside a bare HTTP answer
    Everything else is an option of BenchmarkDotNet, such as --list flat or --filter '*'.
    """;

switch (args)
{
    case [] or ["help" or "--help" or "-h"]:
        Console.WriteLine(help);
        return 0;
    case ["audit"]:
        await AuditRun.RunAsync(10_000_000, null);
        return 0;
    case ["audit", var entries, .. var folder] when Count(entries) is { } count && folder.Length < 2:
        await AuditRun.RunAsync(count, folder.FirstOrDefault());
        return 0;
    case ["audit-verify", var entries] when Count(entries) is { } count:
        await BundleVerificationRun.RunAsync(count);
        return 0;
    case ["decisions", var number] when Count(number) is { } count:
        DecisionRun.Run(count);
        return 0;
    case ["dry-run", var people, .. var folder] when Count(people) is { } count && folder.Length <= 1:
        await DryRunRun.RunAsync(count, folder.FirstOrDefault());
        return 0;
    case ["growth"]:
        return await GrowthRun.RunAsync(GrowthRun.Few, GrowthRun.Many) ? 0 : 1;
    case ["growth", var few, var many] when Count(few) is { } least && Count(many) is { } most && least < most:
        return await GrowthRun.RunAsync(least, most) ? 0 : 1;
    case ["import", var rows] when Count(rows) is { } count:
        await ImportRun.RunAsync(count);
        return 0;
    case ["keywords", var texts] when Count(texts) is { } count:
        KeywordRun.Run(count);
        return 0;
    case ["dispatch", var texts, .. var people] when Count(texts) is { } count && Most(people) is { } most:
        await DispatchRun.RunAsync(count, most);
        return 0;
    case ["pdf", var pages] when Count(pages) is { } count:
        PdfRun.Run(count);
        return 0;
    case ["planning", var people] when Count(people) is { } count:
        await PlanningRun.RunAsync(count);
        return 0;
    case ["privacy", var people, .. var folder] when Count(people) is { } count && folder.Length <= 1:
        await PrivacyRun.RunAsync(count, folder.FirstOrDefault());
        return 0;
    case ["receipts", var receipts, .. var people] when Count(receipts) is { } count && Most(people) is { } most:
        await ReceiptRun.RunAsync(count, most);
        return 0;
    case ["segments"]:
        await SegmentRun.RunAsync(1_000_000, null);
        return 0;
    case ["segments", var people, .. var folder] when Count(people) is { } count && folder.Length < 2:
        await SegmentRun.RunAsync(count, folder.FirstOrDefault());
        return 0;
    case ["stop-latency", var texts] when Count(texts) is { } count:
        await StopLatencyRun.RunAsync(count);
        return 0;
    case [['-', ..], ..]:
        BenchmarkSwitcher.FromAssembly(typeof(KeywordRun).Assembly).Run(args);
        return 0;
    default:
        await Console.Error.WriteLineAsync($"There is nothing to measure called \"{string.Join(' ', args)}\".\n\n{help}");
        return 2;
}

static int? Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0 ? count : null;

// As many people as a run needs where none are named.
static int? Most(string[] people) => people switch { [] => 0, [var one] => Count(one), _ => null };
