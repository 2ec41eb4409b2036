using System.Text.Json;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Reports;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Policy;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

/// <summary>By which hours the report on quiet hours judges texts that left.</summary>
public sealed class HoursOfRulesTests : IAsyncLifetime
{
    private const string Kind = "quiet-hours-and-caps";

    private const int Text = 10;
    private const int Within = 7;
    private const int Hours = 14;
    private const int Outside = 15;

    // 20:30 of Monday in Miami and New York.
    private static readonly DateTimeOffset Evening = new(2026, 11, 24, 1, 30, 0, TimeSpan.Zero);

    private PeoplePortal _portal = null!;
    private ReportDesk _reports = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _reports = new ReportDesk(_portal);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Each_text_is_judged_by_the_rules_of_its_place_and_class_and_the_report_says_which()
    {
        var (miami, paris, mumbai) = (await _portal.AddPersonAsync("+13053581000"), await _portal.AddPersonAsync("+33612345678", "FR"), await _portal.AddPersonAsync("+919820012345", "IN"));
        var florida = await _portal.SendAsync(miami, Evening);
        var code = await _portal.SendAsync(miami, Evening.AddHours(6), messageClass: MessageClass.Transactional);
        // Sunday noon in Paris; Monday, 20:30 and 21:30 in Mumbai.
        var sunday = await _portal.SendAsync(paris, new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero));
        var early = await _portal.SendAsync(mumbai, new DateTimeOffset(2026, 11, 23, 15, 0, 0, TimeSpan.Zero), messageClass: MessageClass.Informational);
        var late = await _portal.SendAsync(mumbai, new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero), messageClass: MessageClass.Informational);

        var rows = await RowsAsync();
        var blocks = (await _reports.PreviewAsync(Kind, new ReportFilter())).Blocks;

        Assert.Equal(["no", "", "no", "yes", "no"], new[] { florida, code, sunday, early, late }.Select(id => rows[id][Within]));
        Assert.StartsWith("ST-FL: Mon–Fri 08:00–20:00", rows[florida][Outside], StringComparison.Ordinal);
        Assert.StartsWith("US-09: Mon–Fri 08:00–21:00", rows[florida][Hours], StringComparison.Ordinal);
        Assert.StartsWith("FR: ", rows[sunday][Outside], StringComparison.Ordinal);
        Assert.Equal(("", ""), (rows[code][Hours], rows[code][Outside]));
        Assert.Equal(("", "no rule: Mon–Fri 08:00–21:00, Sat 08:00–21:00, Sun 08:00–21:00"), (rows[early][Outside], rows[late][Outside]));
        Assert.Contains("3 campaign texts may have reached a clock outside the hours of their rules", string.Join(' ', blocks.OfType<ReportBlock.Verdict>().Select(v => $"{v.Text} {v.Detail}")), StringComparison.Ordinal);
        var used = blocks.OfType<ReportBlock.Table>().Single(t => t.Columns[0].Heading == "Hours of the rules").Rows.ToDictionary(r => r[0].Split(':')[0], r => (r[1], r[2]));
        Assert.Equal((("1", "1"), ("1", "1"), ("2", "1")), (used["US-09"], used["FR"], used["no rule"]));
    }

    [Fact]
    public async Task A_text_is_judged_by_the_version_that_decided_on_it_and_else_by_the_present_one()
    {
        await _portal.Database.WriteAsync(
            db =>
            {
                // By statute New York's hours end at 21:00, by the preset that governs now at 20:00.
                foreach (var (version, preset, days) in new[] { (7, PolicyPreset.Statute, 40), (8, PolicyPreset.SafeUs, 20) })
                {
                    db.Policies.Add(new PolicyRow
                    {
                        Version = version, Json = JsonSerializer.Serialize(PolicyVersion.Default with { Preset = preset }, ActivePolicy.Json), Reason = "For this test", AuthorId = null, CreatedAt = _portal.Now.AddDays(-days),
                        ActiveFrom = _portal.Now.AddDays(-days),
                    });
                }

                return Task.CompletedTask;
            },
            default);
        var person = await _portal.AddPersonAsync();
        var (decided, undecided) = (await _portal.SendAsync(person, Evening), await _portal.SendAsync(person, Evening.AddMinutes(1)));
        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == decided).ExecuteUpdateAsync(m => m.SetProperty(x => x.PolicyVersion, 7)), default);

        var rows = await RowsAsync();

        Assert.Equal(("yes", ""), (rows[decided][Within], rows[decided][Outside]));
        Assert.Equal("no", rows[undecided][Within]);
        Assert.StartsWith("SAFE-US: ", rows[undecided][Outside], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_that_a_consent_lifts_are_not_held_against_a_text_whose_decision_names_one()
    {
        var person = await _portal.AddPersonAsync("+18015321000");
        var consent = await _portal.ConsentAsync(person, at: _portal.Now.AddDays(-10));
        // Sunday, 13:00 in Salt Lake City, where texts without consent rest on Sundays.
        var sunday = new DateTimeOffset(2026, 11, 22, 20, 0, 0, TimeSpan.Zero);
        var (consented, unknown, held) = (await _portal.SendAsync(person, sunday), await _portal.SendAsync(person, sunday.AddMinutes(1)), await _portal.SendAsync(person, sunday.AddMinutes(2)));
        await _portal.Database.WriteAsync(
            async db =>
            {
                foreach (var (id, kind) in new[] { (consented, DecisionKind.Allow), (held, DecisionKind.Hold) })
                    await db.OutboundMessages.Where(m => m.Id == id).ExecuteUpdateAsync(m => m.SetProperty(x => x.DecisionKind, (int)kind).SetProperty(x => x.ConsentEventId, consent.GrantEventId));
            },
            default);

        var rows = await RowsAsync();

        Assert.Equal(["yes", "no", "no"], new[] { consented, unknown, held }.Select(id => rows[id][Within]));
        Assert.StartsWith("ST-UT: ", rows[unknown][Outside], StringComparison.Ordinal);
    }

    private async Task<Dictionary<long, IReadOnlyList<string>>> RowsAsync() =>
        (await _reports.RowsAsync(Kind, new ReportFilter())).ToDictionary(row => long.Parse(row[Text], System.Globalization.CultureInfo.InvariantCulture), IReadOnlyList<string> (row) => row);
}
