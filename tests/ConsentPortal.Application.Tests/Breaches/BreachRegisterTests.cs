using System.Text;
using ConsentPortal.Application.Breaches;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Reports;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Breaches;

namespace ConsentPortal.Application.Tests.Breaches;

public sealed class BreachRegisterTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task A_breach_is_recorded_told_and_closed_and_each_step_is_audited_without_its_words()
    {
        var id = await RecordAsync();
        Assert.True((await _portal.Get<BreachRegister>().AllAsync(_portal.Staff, default)).Single().IsClockRunning);

        Assert.True((await _portal.Get<TellOfBreach>().ExecuteAsync(_portal.Staff, id, NoticeKind.Authority, "ICO", "Web form, case 17", _portal.Now, default)).IsSuccess);
        Assert.True((await _portal.Get<CloseBreach>().ExecuteAsync(_portal.Staff, id, null, default)).IsSuccess);

        var row = (await _portal.Get<BreachRegister>().AllAsync(_portal.Staff, default)).Single();
        Assert.Equal((false, 1, _portal.Now), (row.IsClockRunning, row.Number, row.ClosedAt));
        foreach (var action in new[] { "breach.recorded", "breach.told", "breach.closed" })
        {
            var entry = (await _portal.AuditAsync(action)).Single();
            Assert.DoesNotContain("mailed", entry.ToString(), StringComparison.OrdinalIgnoreCase);
            Assert.Equal(64, entry.GetProperty("after").GetProperty("textSha256").GetString()!.Length);
        }
    }

    [Fact]
    public async Task A_closed_breach_opens_again_with_new_facts_and_two_editors_do_not_overwrite_each_other()
    {
        var id = await RecordAsync(BreachRisk.Unlikely, "The mail came back unread");
        await _portal.Get<CloseBreach>().ExecuteAsync(_portal.Staff, id, null, default);
        var version = (await _portal.Get<BreachRegister>().GetAsync(_portal.Staff, id, default)).Value.Breach.Version;
        _portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True((await _portal.Get<EditBreach>().ExecuteAsync(_portal.Staff, id, version, Text(BreachRisk.High) with { AwareAt = PeoplePortal.Noon.AddHours(-2) }, default)).IsSuccess);
        Assert.IsType<ChangedMeanwhile>((await _portal.Get<EditBreach>().ExecuteAsync(_portal.Staff, id, version, Text(BreachRisk.Risk), default)).Failure);

        var breach = (await _portal.Get<BreachRegister>().GetAsync(_portal.Staff, id, default)).Value.Breach;
        Assert.Equal((BreachRisk.High, null), (breach.Risk, breach.ClosedAt));
    }

    [Fact]
    public async Task The_beginning_of_the_72_hours_moves_only_with_a_reason_and_the_letter_shows_both_times()
    {
        var id = await RecordAsync();
        var edit = _portal.Get<EditBreach>();
        var version = (await _portal.Get<BreachRegister>().GetAsync(_portal.Staff, id, default)).Value.Breach.Version;
        var later = Text() with { AwareAt = _portal.Now.AddHours(-1) };

        Assert.IsType<BreachRefused>((await edit.ExecuteAsync(_portal.Staff, id, version, later, default)).Failure);
        Assert.True((await edit.ExecuteAsync(_portal.Staff, id, version, later with { Grounds = "The first note was about another mail." }, default)).IsSuccess);

        var text = PdfText.Of((await _portal.Get<MakeBreachNotification>().ExecuteAsync(_portal.Staff, id, default)).Value.Bytes);
        foreach (var part in new[] { "24 Nov 2026, 16:00", "24 Nov 2026, 15:00", "another mail" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal("2026-11-24T15:00:00Z", Assert.Single(await _portal.AuditAsync("breach.changed")).GetProperty("before").GetProperty("awareAt").GetString());
    }

    [Fact]
    public async Task Who_was_told_and_how_stand_in_the_trail_as_a_hash()
    {
        var id = await RecordAsync();

        await _portal.Get<TellOfBreach>().ExecuteAsync(_portal.Staff, id, NoticeKind.People, "All of them", "By text", _portal.Now, default);

        var entry = Assert.Single(await _portal.AuditAsync("breach.told"));
        Assert.DoesNotContain("All of them", entry.ToString(), StringComparison.Ordinal);
        Assert.Equal(64, entry.GetProperty("after").GetProperty("whomAndHowSha256").GetString()!.Length);
    }

    [Fact]
    public async Task The_letter_says_what_article_33_asks_for()
    {
        var id = await RecordAsync();

        var file = (await _portal.Get<MakeBreachNotification>().ExecuteAsync(_portal.Staff, id, default)).Value;
        var text = PdfText.Of(file.Bytes);

        Assert.StartsWith("breach-notification-", file.FileName, StringComparison.Ordinal);
        foreach (var part in new[] { "BR-1", "Export mailed to a wrong address", "Telephone numbers", "212", "Unwanted calls", "asked to delete", "privacy@aurora.example", "27 Nov 2026" })
            Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Equal(file.Sha256, (await _portal.AuditAsync("report.made")).Single().GetProperty("after").GetProperty("sha256").GetString());
    }

    [Fact]
    public async Task The_export_has_a_line_for_each_breach()
    {
        await RecordAsync();
        using var file = new MemoryStream();

        await _portal.Get<ExportBreaches>().ExecuteAsync(_portal.Staff, file, default);

        var lines = Encoding.UTF8.GetString(file.ToArray()).TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("BR-1,Export mailed to a wrong address,2026-11-24T15:00:00Z", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Times_that_can_not_be_are_refused()
    {
        Assert.IsType<BreachRefused>((await _portal.Get<RecordBreach>().ExecuteAsync(_portal.Staff, Text() with { AwareAt = _portal.Now.AddMinutes(1) }, default)).Failure);
        Assert.IsType<BreachRefused>((await _portal.Get<RecordBreach>().ExecuteAsync(_portal.Staff, Text() with { BeganAt = _portal.Now }, default)).Failure);
        var id = await RecordAsync();
        Assert.IsType<BreachRefused>((await _portal.Get<TellOfBreach>().ExecuteAsync(_portal.Staff, id, NoticeKind.People, "All", "Text", _portal.Now.AddHours(-3), default)).Failure);
    }

    private BreachText Text(BreachRisk risk = BreachRisk.Risk, string? grounds = null) => new(
        "Export mailed to a wrong address", "An export was mailed to an address with a typing error.", _portal.Now.AddHours(-2), null, "Telephone numbers", 212, 212, risk, "Unwanted calls",
        "The receiver was asked to delete it", grounds, "privacy@aurora.example");

    private async Task<Guid> RecordAsync(BreachRisk risk = BreachRisk.Risk, string? grounds = null) =>
        (await _portal.Get<RecordBreach>().ExecuteAsync(_portal.Staff, Text(risk, grounds), default)).Value;
}
