using ConsentPortal.Application.Analytics;
using ConsentPortal.Application.Reports.Gallery;
using ConsentPortal.Application.Reports.Kept;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Reports;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Reports;

public sealed class ReportRecipientTests : IAsyncLifetime
{
    private static readonly string[] Reading = [Permissions.ViewDashboard, Permissions.ViewReports, Permissions.ViewPrivacyRequests, Permissions.ExportReports];

    private PeoplePortal _portal = null!;
    private Actor _person = null!;
    private Actor _colleague = null!;
    private Guid _role;

    private KeptReports Kept => _portal.Get<KeptReports>();

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _person = await RoomScene.HolderAsync(_portal, "Ben Ito", "Desk", Reading);
        _colleague = await RoomScene.HolderAsync(_portal, "Mia Brandt", "Desk", Reading);
        await using var db = _portal.Database.Open();
        _role = await db.Roles.Where(r => r.Name == "Desk").Select(r => r.Id).SingleAsync();
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task A_report_waits_for_its_recipient_until_they_have_read_it_and_for_nobody_else()
    {
        await MadeForAsync(Person(_person));

        Assert.Equal((1, 1, 0), (await UnreadAsync(_person), await OnDashboardAsync(_person), await UnreadAsync(_colleague)));
        var row = Assert.Single((await Kept.ForReaderAsync(_person, null, default)).Rows);
        Assert.True(row.IsUnread);
        Assert.Null(Assert.Single((await Kept.PageAsync(_colleague, null, null, default)).Rows).IsUnread);
        Assert.Empty((await Kept.ForReaderAsync(_colleague, null, default)).Rows);

        Assert.Null((await Kept.MarkReadAsync(_person, row.Id, default)).Failure);
        Assert.Null((await Kept.MarkReadAsync(_person, row.Id, default)).Failure);

        Assert.Equal((0, 0), (await UnreadAsync(_person), await OnDashboardAsync(_person)));
        Assert.False(Assert.Single((await Kept.ForReaderAsync(_person, null, default)).Rows).IsUnread);
        Assert.Single(await _portal.AuditAsync(KeptReports.Read));
    }

    [Fact]
    public async Task Each_holder_of_a_role_reads_for_themselves_and_taking_a_file_is_reading()
    {
        await MadeForAsync(new Recipient(RecipientKind.Role, _role));
        var id = Assert.Single((await Kept.ForReaderAsync(_person, null, default)).Rows).Id;

        Assert.True((await Kept.OpenAsync(_person, id, ReportFormats.Csv, default)).IsSuccess);

        Assert.Equal((0, 1), (await UnreadAsync(_person), await UnreadAsync(_colleague)));
        await _portal.Database.WriteAsync(db => db.UserRoles.Where(u => u.UserId == Guid.Parse(_colleague.Id)).ExecuteDeleteAsync(), default);
        Assert.Equal(0, await UnreadAsync(_colleague));
    }

    [Fact]
    public async Task Who_is_named_later_gets_what_is_made_later_and_who_is_taken_out_gets_nothing_more()
    {
        var schedule = await MadeForAsync(Person(_person));
        Assert.Null((await _portal.Get<ReportRecipients>().ChangeAsync(_portal.Staff, schedule, [Person(_colleague)], default)).Failure);
        Assert.Equal((0, 0), (await UnreadAsync(_person), await UnreadAsync(_colleague)));

        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await _portal.Get<RunReportSchedules>().RunDueAsync(default));

        Assert.Equal((0, 1), (await UnreadAsync(_person), await UnreadAsync(_colleague)));
        var change = Assert.Single(await _portal.AuditAsync("report.recipientsChanged"));
        Assert.Equal($"staff {_colleague.Id}", change.GetProperty("after").GetProperty("recipients").GetString());
        Assert.DoesNotContain("Brandt", change.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(["Mia Brandt"], Assert.Single(await _portal.Get<ReportSchedules>().ListAsync(_portal.Staff, default)).Recipients.Select(r => r.Name));
    }

    [Fact]
    public async Task Only_people_and_roles_who_may_read_the_report_are_offered_and_others_are_refused()
    {
        var outsider = await RoomScene.HolderAsync(_portal, "Otto", "Reader", Permissions.ViewReports);
        var candidates = await _portal.Get<ReportRecipients>().CandidatesAsync(_portal.Staff, "request-register", default);
        Assert.Equal([(RecipientKind.Role, "Desk"), (RecipientKind.Person, "Ben Ito"), (RecipientKind.Person, "Mia Brandt")], candidates.Select(c => (c.Recipient.Kind, c.Name)));

        var refused = await AddAsync([Person(_person), Person(outsider)]);

        Assert.IsType<RecipientMayNotRead>(refused.Failure);
        Assert.Empty(await _portal.Get<ReportSchedules>().ListAsync(_portal.Staff, default));
        Assert.IsType<NoSuchSchedule>((await _portal.Get<ReportRecipients>().ChangeAsync(_portal.Staff, Guid.NewGuid(), [], default)).Failure);
    }

    private static Recipient Person(Actor actor) => new(RecipientKind.Person, Guid.Parse(actor.Id));

    private async Task<int> UnreadAsync(Actor actor) => (await Kept.UnreadAsync(actor, default)).Count;

    private async Task<int> OnDashboardAsync(Actor actor) =>
        (await new AttentionList(_portal.Database, Kept, _portal.Clock).GetAsync(actor, default)).Where(a => a.Kind == AttentionKind.ReportsForYou).Sum(a => a.Count);

    private Task<Domain.Result<Guid>> AddAsync(IReadOnlyList<Recipient> recipients) => _portal.Get<ReportSchedules>().AddAsync(
        _portal.Staff, new NewReportSchedule("Requests", "request-register", null, ReportFormats.Csv, new ReportTimes(ReportRhythm.Daily, 6, "UTC"), recipients), default);

    private async Task<Guid> MadeForAsync(params Recipient[] recipients)
    {
        var added = await AddAsync(recipients);
        Assert.Null(added.Failure);
        _portal.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await _portal.Get<RunReportSchedules>().RunDueAsync(default));
        return added.Value;
    }
}
