using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Messaging;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>Which of the tables that grow with people, texts and entries a report reads from end to end: registers have to, others must not.</summary>
public sealed class ReportPlanTests
{
    private static readonly string[] Large =
        ["Subscribers", "ConsentEvents", "ConsentRecords", "OutboundMessages", "InboundMessages", "SubscriberFacts", "NumberPeriods", "Suppressions", "AuditEntries", "ProviderVerdicts"];

    /// <summary>By report, what it may read whole.</summary>
    private static readonly Dictionary<string, string[]> Registers = new()
    {
        // Everybody, as of a day or as of now.
        ["consent-register"] = ["ConsentRecords", "ConsentEvents"], ["data-quality"] = ["Subscribers", "ConsentRecords"], ["processing-record"] = ["ConsentRecords"],
        // In the order of people and instants, by the index that has it: only texts of the days are looked up.
        ["quiet-hours-and-caps"] = ["OutboundMessages"], ["frequency"] = ["OutboundMessages"],
        // Says of how many numbers the provider was heard.
        ["provider-differences"] = ["ProviderVerdicts"],
        // Verifies the whole log.
        ["audit-certificate"] = ["AuditEntries"],
    };

    [Fact]
    public async Task Only_registers_read_a_large_table_from_end_to_end()
    {
        await using var portal = await PeoplePortal.OpenAsync();
        var person = await portal.AddPersonAsync();
        await portal.ConsentAsync(person);
        await portal.SendAsync(person, portal.Now.AddHours(-1));
        await portal.SendAsync(person, portal.Now.AddHours(-1), MessageState.Skipped);
        var found = new List<string>();
        foreach (var report in portal.Get<ReportGallery>().List(portal.Staff).Where(r => r.IsKeepable && !r.Has(ReportNeeds.Campaign)))
        {
            using var plans = new QueryPlans(portal);
            var shown = await portal.Get<MakeReport>().PreviewAsync(portal.Staff, new ReportWish(report.Kind, new ReportFilter(Purpose: report.Has(ReportNeeds.Purpose) ? portal.Offers.Id : null)), default);
            Assert.Null(shown.Failure);
            found.AddRange((await plans.ReadWholeAsync()).Where(read => Large.Contains(read.Table) && !Registers.GetValueOrDefault(report.Kind, []).Contains(read.Table)).Select(read => $"{report.Kind} reads {read.Table}: {read.Sql}"));
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
