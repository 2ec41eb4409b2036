using System.Text;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class ExportSegmentTests : IAsyncLifetime
{
    private static readonly string[] Reader = [Permissions.ViewSegments, Permissions.ViewSubscribers, Permissions.ExportReports];

    private PeoplePortal _portal = null!;
    private SegmentId _segment;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        await _portal.AddPersonAsync("+12125552368");
        await _portal.AddPersonAsync("+12125552369");
        _segment = (await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, "Formulas", new SourceIs(["=1+1"])), default)).Value;
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Lot >= 0).OrderBy(s => s.Id).Take(1).ExecuteUpdateAsync(s => s.SetProperty(x => x.Source, "=1+1")), default);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_file_holds_the_people_of_the_saved_rule_masked_and_harmless_and_the_trail_keeps_how_many()
    {
        var reader = await _portal.AddStaffAsync("Ben Oduya", Reader);

        var row = Assert.Single(await RowsAsync(reader, new SegmentFileWish(_segment)));

        Assert.Contains("•••", row, StringComparison.Ordinal);
        Assert.DoesNotContain("2125552", row, StringComparison.Ordinal);
        Assert.DoesNotContain(",=1", row, StringComparison.Ordinal);
        var kept = Assert.Single(await _portal.AuditAsync("segment.exported")).GetProperty("after");
        Assert.Equal((1, 1, false, "People who came through =1+1."), (kept.GetProperty("people").GetInt32(), kept.GetProperty("version").GetInt32(), kept.GetProperty("fullNumbers").GetBoolean(), kept.GetProperty("rule").GetString()));
    }

    [Fact]
    public async Task Full_numbers_take_a_reason_which_the_trail_keeps()
    {
        Assert.IsType<ReasonNeeded>((await _portal.Get<ExportSegment>().ExecuteAsync(_portal.Staff, new SegmentFileWish(_segment, ShowsNumbers: true, "why"), default)).Failure);
        Assert.Empty(await _portal.AuditAsync("segment.exported"));

        Assert.Contains("+12125552368", Assert.Single(await RowsAsync(_portal.Staff, new SegmentFileWish(_segment, ShowsNumbers: true, "Printed letters"))), StringComparison.Ordinal);

        Assert.Single(await _portal.AuditAsync("segment.exported"), e => e.GetProperty("after").GetProperty("fullNumbers").GetBoolean());
    }

    [Fact]
    public async Task A_full_number_in_a_file_is_a_look_behind_the_mask_at_each_person_in_it_and_a_masked_one_is_none()
    {
        var reader = await _portal.AddStaffAsync("Ben Oduya", [.. Reader, Permissions.RevealNumbers, Permissions.ExportSubscribers]);
        await RowsAsync(reader, new SegmentFileWish(_segment));
        Assert.Empty(await _portal.AuditAsync(ExportedNumbers.Exported));

        await RowsAsync(reader, new SegmentFileWish(_segment, ShowsNumbers: true, "Printed letters"));

        var entry = Assert.Single(await _portal.AuditAsync(ExportedNumbers.Exported));
        var person = SubscriberId.From(Guid.Parse(entry.GetProperty("subject").GetString()!));
        Assert.Equal(_segment.ToString(), entry.GetProperty("object").GetProperty("id").GetString());
        Assert.Equal((LookKind.File, true, "Ben Oduya"), (await _portal.Get<WhoLookedAtMe>().PageAsync(_portal.Staff, person, null, default)).Entries.Select(e => (e.Kind, e.IsReveal, e.Who)).Single());
        Assert.Equal(1, Assert.Single(await _portal.Get<LooksByStaff>().ListAsync(_portal.Staff, 30, default)).Reveals);
    }

    [Fact]
    [Trait("Rule", "EU-13")]
    public async Task Whose_data_may_only_be_stored_stands_in_no_file_and_the_trail_counts_them()
    {
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Source == "=1+1").ExecuteUpdateAsync(s => s.SetProperty(x => x.IsRestricted, true)), default);

        Assert.Empty(await RowsAsync(_portal.Staff, new SegmentFileWish(_segment, ShowsNumbers: true, "Printed letters")));

        var kept = Assert.Single(await _portal.AuditAsync("segment.exported")).GetProperty("after");
        Assert.Equal((0, 1), (kept.GetProperty("people").GetInt32(), kept.GetProperty("restricted").GetInt32()));
        Assert.Empty(await _portal.AuditAsync(ExportedNumbers.Exported));
    }

    [Theory]
    [InlineData(Permissions.ViewSegments)]
    [InlineData(Permissions.ViewSubscribers)]
    [InlineData(Permissions.ExportReports)]
    public async Task Without_one_of_its_rights_there_is_no_file(string missing)
    {
        var reader = await _portal.AddStaffAsync("Ben Oduya", [.. Reader.Except([missing])]);

        await Assert.ThrowsAsync<NotPermitted>(() => RowsAsync(reader, new SegmentFileWish(_segment)));
        Assert.Empty(await _portal.AuditAsync("segment.exported"));
    }

    [Theory]
    [InlineData(Permissions.RevealNumbers)]
    [InlineData(Permissions.ExportSubscribers)]
    public async Task Full_numbers_take_the_right_to_reveal_and_to_export_them(string only)
    {
        var reader = await _portal.AddStaffAsync("Ben Oduya", [.. Reader, only]);

        await Assert.ThrowsAsync<NotPermitted>(() => RowsAsync(reader, new SegmentFileWish(_segment, ShowsNumbers: true, "Printed letters")));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found() =>
        Assert.IsType<SegmentNotFound>((await _portal.Get<ExportSegment>().ExecuteAsync(_portal.Staff, new SegmentFileWish(SegmentId.New(_portal.Now)), default)).Failure);

    [Fact]
    public async Task Page_after_page_everybody_stands_in_the_file_once()
    {
        var everybody = (await _portal.Get<SaveSegment>().ExecuteAsync(_portal.Staff, new SegmentEdit(null, "Everybody", new NoneOf([new SourceIs(["Nowhere"])])), default)).Value;
        await _portal.Database.WriteAsync(
            db =>
            {
                // Numbers do not matter here: nobody has a key, so each is written as erased.
                for (var i = 0; i < 2_100; i++)
                    db.Subscribers.Add(new Subscriber { Id = SubscriberId.New(_portal.Now.AddSeconds(i)), Source = "Many", CreatedAt = _portal.Now, UpdatedAt = _portal.Now });
                return Task.CompletedTask;
            },
            default);

        var rows = await RowsAsync(_portal.Staff, new SegmentFileWish(everybody));

        Assert.Equal((2_102, 2_102), (rows.Count, rows.Select(row => row.Split(',')[0]).Distinct().Count()));
    }

    private async Task<IReadOnlyList<string>> RowsAsync(Actor actor, SegmentFileWish wish)
    {
        using var to = new MemoryStream();
        await (await _portal.Get<ExportSegment>().ExecuteAsync(actor, wish, default)).Value.WriteAsync(to, default);
        return [.. Encoding.UTF8.GetString(to.ToArray()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)];
    }
}
