using System.Text;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Audit;

public sealed class AuditFileTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private SubscriberId _person;

    private ExportAuditEntries Export => _portal.Get<ExportAuditEntries>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(_person);
        await _portal.SealAsync();
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task Lines_of_json_are_exactly_the_leaves_under_the_filter()
    {
        using var file = new MemoryStream();
        await Export.WriteJsonLinesAsync(_portal.Staff, new AuditFileWish(new AuditQuery(Group: "consent"), "group=consent"), file, default);
        await using var db = _portal.Database.Open();
        var leaf = await db.AuditEntries.Where(e => e.Action == "consent.granted").Select(e => e.Leaf).SingleAsync();
        Assert.Equal(Encoding.UTF8.GetString(leaf) + "\n", Encoding.UTF8.GetString(file.ToArray()));
    }

    [Fact]
    public async Task The_spreadsheet_holds_every_entry_until_then_and_the_trail_holds_who_took_it()
    {
        using var file = new MemoryStream();
        await Export.WriteCsvAsync(_portal.Staff, new AuditFileWish(new AuditQuery(), "Every entry"), file, default);
        var lines = Encoding.UTF8.GetString(file.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, lines.Length);
        Assert.Contains("consent.granted", lines[1], StringComparison.Ordinal);
        Assert.Equal("csv", Assert.Single(await _portal.AuditAsync("audit.entriesExported")).GetProperty("after").GetProperty("format").GetString());
    }

    [Fact]
    public async Task The_document_is_in_the_trail_with_its_hash_and_one_that_finds_nothing_says_so()
    {
        var found = await Export.WritePdfAsync(_portal.Staff, new AuditFileWish(new AuditQuery(Subject: _person), "one person"), default).ToListAsync();
        var nothing = await Export.WritePdfAsync(_portal.Staff, new AuditFileWish(new AuditQuery(Group: "wording"), "wordings"), default).ToListAsync();
        var made = await _portal.AuditAsync("report.made");
        Assert.Equal([Assert.Single(found).Sha256, Assert.Single(nothing).Sha256], made.Select(m => m.GetProperty("after").GetProperty("sha256").GetString()));
        Assert.Equal(2, made[0].GetProperty("after").GetProperty("entries").GetInt32());
    }

    [Fact]
    public async Task More_than_two_thousand_entries_are_documents_in_parts_that_hold_each_of_them_once()
    {
        const int Many = 2_003;
        await _portal.Database.WriteAsync(
            db =>
            {
                for (var i = 0; i < Many; i++)
                    db.Audit(_portal.Staff, _portal.Now.AddSeconds(-1 - i), new AuditFact("deed.done", "thing", $"n{i}x"));
                return Task.CompletedTask;
            },
            default);

        var parts = await Export.WritePdfAsync(_portal.Staff, new AuditFileWish(new AuditQuery(Group: "deed"), "deeds"), default).ToListAsync();

        Assert.Equal(2, parts.Count);
        var words = parts.ConvertAll(part => Reports.PdfText.Of(part.Bytes));
        Assert.Contains("Part 1", words[0], StringComparison.Ordinal);
        Assert.Contains("Part 2", words[1], StringComparison.Ordinal);
        Assert.Equal([2_000, 3], words.Select(text => text.Split("n", StringSplitOptions.None).Count(piece => piece.Split('x') is [{ Length: > 0 } number, _, ..] && number.All(char.IsAsciiDigit))));
        Assert.Equal([2_000, 3], (await _portal.AuditAsync("report.made")).Select(m => m.GetProperty("after").GetProperty("entries").GetInt32()));
        Assert.NotEqual(parts[0].Code, parts[1].Code);
    }

    [Fact]
    public async Task Personal_values_of_an_entry_open_for_a_reason_that_stays_in_the_trail()
    {
        await using var db = _portal.Database.Open();
        var added = await db.AuditEntries.SingleAsync(e => e.Action == "subscriber.added");
        var reveal = _portal.Get<RevealAuditValues>();

        Assert.IsType<ReasonNeeded>((await reveal.ExecuteAsync(_portal.Staff, added.Id, "no", default)).Failure);
        Assert.IsType<ReasonNamesPerson>((await reveal.ExecuteAsync(_portal.Staff, added.Id, "Ada Okafor asked", default)).Failure);
        Assert.Empty(await _portal.AuditAsync(RevealAuditValues.Revealed));
        var values = (await reveal.ExecuteAsync(_portal.Staff, added.Id, "Case 4711", default)).Value;

        Assert.Equal("+12125552368", values.Single(v => v.Name == "phone").After);
        Assert.Contains("Okafor", values.Single(v => v.Name == "profile").After, StringComparison.Ordinal);
        Assert.Equal("Case 4711", Assert.Single(await _portal.AuditAsync(RevealAuditValues.Revealed)).GetProperty("reason").GetString());
        await _portal.EraseAsync(_person);
        Assert.IsType<SubscriberNotFound>((await reveal.ExecuteAsync(_portal.Staff, added.Id, "Case 4711", default)).Failure);
    }

    [Fact]
    public async Task A_reader_of_the_trail_may_not_open_its_personal_values()
    {
        var auditor = await _portal.AddStaffAsync("Otto", [Permissions.ViewAudit]);
        await Assert.ThrowsAsync<NotPermitted>(() => _portal.Get<RevealAuditValues>().ExecuteAsync(auditor, 1, "Case 4711", default));
        await Assert.ThrowsAsync<NotPermitted>(() => Export.WriteCsvAsync(auditor, new AuditFileWish(new AuditQuery(), ""), Stream.Null, default));
    }

    [Fact]
    public async Task Filters_are_kept_for_whoever_kept_them_and_one_of_the_same_name_is_replaced()
    {
        var filters = _portal.Get<SavedAuditFilters>();
        await filters.SaveAsync(_portal.Staff, new SavedAuditFilter("Opt-outs", "?group=consent"), default);
        await filters.SaveAsync(_portal.Staff, new SavedAuditFilter("All of Monday", "?from=2026-11-23"), default);
        await filters.SaveAsync(_portal.Staff, new SavedAuditFilter(" Opt-outs ", "?action=consent.withdrawn"), default);
        Assert.IsType<FilterNeedsName>((await filters.SaveAsync(_portal.Staff, new SavedAuditFilter(" ", ""), default)).Failure);

        Assert.Equal([new("All of Monday", "?from=2026-11-23"), new SavedAuditFilter("Opt-outs", "?action=consent.withdrawn")], await filters.ListAsync(_portal.Staff, default));
        Assert.Empty(await filters.ListAsync(await _portal.AddStaffAsync("Otto", [Permissions.ViewAudit]), default));
        await filters.RemoveAsync(_portal.Staff, "Opt-outs", default);
        Assert.Single(await filters.ListAsync(_portal.Staff, default));
    }
}
