using System.Text.RegularExpressions;
using ConsentPortal.Web.Features.Audit;
using ConsentPortal.Web.Hosting;

namespace ConsentPortal.Web.Tests.Architecture;

/// <summary>No change without its entry, and no entry that nobody finds.</summary>
public sealed partial class TrailTests
{
    /// <summary>What is written without an entry, and why that is right.</summary>
    private static readonly Dictionary<string, string> KeptElsewhere = new()
    {
        ["ApiKeyActors.NoteUseAsync"] = "When a key was last used, to the minute; what it did has entries.",
        ["AskProviderForBlocks.ExecuteAsync"] = "Batches of one act; its end is provider.asked.",
        ["AuditSealer.SealOnceAsync"] = "Seals the entries themselves.",
        ["CampaignPlanner.DrawLineAsync"] = "A step of planning; its end is campaign.planned.",
        ["CompareWithProvider.CompareAllAsync"] = "When the comparison ended; who asks for it leaves provider.compared.",
        ["CompareWithProvider.CompareSomeAsync"] = "Follows from two records that have entries, and is reckoned anew every few minutes.",
        ["FreezeSegment.MakeAsync"] = "Batches of one act, between segment.freezeBegun and segment.frozen.",
        ["KeepReport.StoreAsync"] = "Pieces of a file that nobody can open before its report.made.",
        ["OpenTrackedLink.CountAsync"] = "The click of a person is a record of its own, which their access package holds.",
        ["ProviderTime.HoldAsync"] = "When the next call may be made, some moments ahead; it says nothing about a text or a person.",
        ["ProviderTime.LeaseAsync"] = "When the next call may be made, some moments ahead; it says nothing about a text or a person.",
        ["RedactAtProvider.ExecuteAsync"] = "Makes a question due that is asked at once; provider.redacted names who asked.",
        ["RotateKeys.ExecuteAsync"] = "Batches of one act, between keys.added and keys.rotated.",
        ["SimulatePolicy.ForgetAsync"] = "Takes back what a run without a result had written.",
        ["SimulatePolicy.JudgeAsync"] = "Batches of one act; its end is policy.simulated.",
        ["SimulatePolicy.RunAsync"] = "Says that a run is under way; what comes of it is policy.simulated, or nothing.",
        ["StaffTexter.HandOverAsync"] = "What became of a text for staff; campaign.testSent or staffNumber.codeTexted came before.",
        ["TakeProviderList.SayMissingAsync"] = "Batches of one act; its end is provider.listTaken.",
        ["TakeProviderList.TakeAsync"] = "Batches of one act; its end is provider.listTaken.",
        ["UnfinishedList.TakeAwayAsync"] = "Batches of one act; its end is segment.freezeStopped.",
        ["WatchBalance.AskAsync"] = "How much money the provider says is left, every few minutes; nobody here does anything by it.",
    };

    [Fact]
    public void Whoever_opens_a_transaction_to_write_reaches_the_audit_trail_unless_it_is_listed_with_the_reason()
    {
        using var calls = new CallGraph();

        var silent = calls.Transactions.Where(one => !calls.LeadsToTheTrail(one.Work)).Select(one => CallGraph.NameOf(one.Writer)).Distinct().ToList();

        Assert.True(!silent.Except(KeptElsewhere.Keys).Any(), $"Without an entry: {string.Join(", ", silent.Except(KeptElsewhere.Keys).Order(StringComparer.Ordinal))}");
        Assert.Empty(KeptElsewhere.Keys.Except(silent));
    }

    [Fact]
    public void Every_kind_of_action_that_is_written_is_offered_by_the_filter_of_the_trail()
    {
        var source = Path.Combine(RootSettings.RepositoryRoot()!.FullName, "src");

        var written = Directory.EnumerateFiles(source, "*.cs", SearchOption.AllDirectories).SelectMany(file => Action().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToHashSet();

        Assert.True(written.Count > 20, "The actions were not found; are they written in another way?");
        Assert.Empty(written.Except(AuditWords.Groups));
    }

    /// <summary>"noun.verb" as the first thing that an entry is told; the noun.</summary>
    [GeneratedRegex("""(?:AuditFact|RequestStep|TextTrail)\(\s*"([a-z]\w*)\.[a-z]""")]
    private static partial Regex Action();
}
