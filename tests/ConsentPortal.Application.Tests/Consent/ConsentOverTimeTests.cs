using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Consent;

public sealed class ConsentOverTimeTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_register_says_of_everybody_at_any_instant_what_the_fold_of_their_events_says(int seed)
    {
        var random = new Random(seed);
        var people = new List<SubscriberId>();
        for (var i = 0; i < 40; i++)
            people.Add(await _portal.AddTwinAsync($"+1212555{2300 + i}", externalId: null));
        var events = await WriteHistoriesAsync(random, people, 400);

        for (var i = 0; i < 12; i++)
        {
            var at = _portal.Now.AddHours(random.Next(-10, 130));
            var expected = events.GroupBy(e => e.SubscriberId).Where(g => g.Any(e => e.At <= at))
                .ToDictionary(g => g.Key, g => ConsentState.AsOf(g.OrderBy(e => e.Id), at).Status);

            Assert.Equal(
                expected.Values.GroupBy(s => s).ToDictionary(g => g.Key, g => g.Count()).OrderBy(c => c.Key),
                (await Register.CountAsync(_portal.Staff, _portal.Offers.Id, at, default)).OrderBy(c => c.Key));
            foreach (var status in Enum.GetValues<ConsentStatus>())
                Assert.Equal(
                    expected.Where(p => p.Value == status).Select(p => p.Key).Order(),
                    (await Register.PageAsync(_portal.Staff, new RegisterQuery(_portal.Offers.Id, at, status), null, default)).Rows.Select(r => r.Id));
        }
    }

    [Fact]
    public async Task At_the_present_instant_the_register_says_what_the_current_rows_say()
    {
        var people = new List<SubscriberId>();
        for (var i = 0; i < 5; i++)
            people.Add(await _portal.AddTwinAsync($"+1212555{2300 + i}", externalId: null));
        await WriteHistoriesAsync(new Random(7), people, 60);

        var counts = await Register.CountAsync(_portal.Staff, _portal.Offers.Id, _portal.Now.AddYears(1), default);

        await using var db = _portal.Database.Open();
        var rows = await db.ConsentRecords.ToListAsync();
        Assert.Equal(
            rows.GroupBy(r => r.State.StatusAt(_portal.Now.AddYears(1))).ToDictionary(g => g.Key, g => g.Count()).OrderBy(c => c.Key), counts.OrderBy(c => c.Key));
    }

    [Fact]
    public async Task A_form_signed_before_the_stop_and_recorded_after_it_brings_nobody_back()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Told us by phone", _portal.Now), default);

        var signed = await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, id, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.Express, new ConsentEvidence(), _portal.Now.AddDays(-1), IsActOfPerson: true, "Told by the shop"), default);

        Assert.IsType<OnlyThePersonCanReturn>(signed.Failure);
    }

    [Fact]
    public async Task What_was_recorded_later_counts_from_when_it_happened_and_says_what_was_shown_then()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, id, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.Paper, ConsentLevel.Express, new ConsentEvidence(), _portal.Now.AddDays(-5), IsActOfPerson: true, "Told by the shop"), default);

        var before = await AsOfAsync(id, _portal.Now.AddDays(-6));
        var between = await AsOfAsync(id, _portal.Now.AddDays(-2));
        var now = await AsOfAsync(id, _portal.Now);

        Assert.Equal((ConsentStatus.None, false), (before.State.Status, before.WasKnownLater));
        Assert.Equal((ConsentStatus.Granted, true, ConsentStatus.None), (between.State.Status, between.WasKnownLater, between.ShownThen));
        Assert.Equal((1, ConsentChannel.Paper), (between.Wording!.Version, between.Decided!.Channel));
        Assert.Equal((ConsentStatus.Granted, false), (now.State.Status, now.WasKnownLater));
    }

    [Fact]
    public async Task A_consent_that_has_run_out_is_expired_at_instants_after_its_end()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.Get<RecordConsent>().ExecuteAsync(_portal.Staff, id, new GivenConsent(
            _portal.Offers.Id, _portal.Wording.Id, ConsentChannel.WebForm, ConsentLevel.Express, new ConsentEvidence(), _portal.Now, IsActOfPerson: true, "Told by the shop", ExpiresAt: _portal.Now.AddDays(30)), default);

        Assert.Equal(ConsentStatus.Granted, (await AsOfAsync(id, _portal.Now.AddDays(29))).State.Status);
        Assert.Equal(ConsentStatus.Expired, (await AsOfAsync(id, _portal.Now.AddDays(30))).State.Status);
        Assert.Equal(1, (await Register.CountAsync(_portal.Staff, _portal.Offers.Id, _portal.Now.AddDays(30), default))[ConsentStatus.Expired]);
    }

    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_double()
    {
        for (var i = 0; i < ConsentRegister.PageSize + 3; i++)
            await _portal.ConsentAsync(await _portal.AddTwinAsync($"+1212555{2300 + i}", externalId: null));
        var query = new RegisterQuery(_portal.Offers.Id, _portal.Now);

        var first = await Register.PageAsync(_portal.Staff, query, null, default);
        var second = await Register.PageAsync(_portal.Staff, query, first.Next, default);

        Assert.Equal((ConsentRegister.PageSize, 3), (first.Rows.Count, second.Rows.Count));
        Assert.Null(second.Next);
        Assert.Equal(ConsentRegister.PageSize + 3, first.Rows.Concat(second.Rows).Select(r => r.Id).Distinct().Count());
        Assert.All(first.Rows, row => Assert.Contains('•', row.MaskedPhone!));
    }

    [Fact]
    public async Task An_erased_person_still_counts_and_has_no_number()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(id);
        await _portal.EraseAsync(id);

        Assert.Null((await Register.PageAsync(_portal.Staff, new RegisterQuery(_portal.Offers.Id, _portal.Now), null, default)).Rows.Single().MaskedPhone);
    }

    [Fact]
    public async Task The_file_is_masked_unless_somebody_who_may_export_people_says_why()
    {
        await _portal.ConsentAsync(await _portal.AddPersonAsync());
        var reporter = await _portal.AddStaffAsync("Ben Oduya", [Permissions.ExportReports]);
        var query = new RegisterQuery(_portal.Offers.Id, _portal.Now);

        Assert.DoesNotContain("2125552368", await FileAsync(reporter, new RegisterFileWish(query)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotPermitted>(() => FileAsync(reporter, new RegisterFileWish(query, ShowsNumbers: true, "Asked by the regulator")));
        Assert.Equal("", await FileAsync(_portal.Staff, new RegisterFileWish(query, ShowsNumbers: true)));
        Assert.Contains("+12125552368", await FileAsync(_portal.Staff, new RegisterFileWish(query, ShowsNumbers: true, "Asked by the regulator")), StringComparison.Ordinal);
        Assert.Equal([false, true], (await _portal.AuditAsync("consent.registerExported")).Select(e => e.GetProperty("after").GetProperty("fullNumbers").GetBoolean()));
    }

    private ConsentRegister Register => _portal.Get<ConsentRegister>();

    private async Task<PurposeAsOf> AsOfAsync(SubscriberId id, DateTimeOffset at) =>
        (await _portal.Get<ConsentAsOf>().GetAsync(_portal.Staff, id, at, default)).Value.Purposes.Single();

    private async Task<string> FileAsync(Actor actor, RegisterFileWish wish)
    {
        using var file = new MemoryStream();
        await _portal.Get<ExportConsentRegister>().ExecuteAsync(actor, wish, file, default);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    /// <summary>Whatever could be recorded of people, sensible or not, in an order of its own.</summary>
    private async Task<List<ConsentEvent>> WriteHistoriesAsync(Random random, List<SubscriberId> people, int count)
    {
        var events = new List<ConsentEvent>();
        for (var i = 0; i < count; i++)
        {
            var person = people[random.Next(people.Count)];
            var at = _portal.Now.AddHours(random.Next(0, 120));
            var e = new ConsentEvent
            {
                SubscriberId = person, PurposeId = _portal.Offers.Id, NumberPeriodId = NumberPeriodId.New(_portal.Now), Kind = (ConsentEventKind)random.Next(1, 9),
                Basis = LegalBasis.Consent, Level = ConsentLevel.Express, Channel = ConsentChannel.WebForm, IsActOfPerson = random.Next(2) == 0, WordingId = _portal.Wording.Id,
                At = at, RecordedAt = at.AddHours(random.Next(0, 48)), ExpiresAt = random.Next(3) == 0 ? at.AddHours(random.Next(1, 60)) : null, ActorKind = ActorKind.Job, ActorId = "test",
                SupersedesId = events.Where(known => known.SubscriberId == person).Select(known => (long?)known.Id).LastOrDefault(),
            };
            await _portal.Database.WriteAsync(db => ConsentLedger.AppendAsync(db, e, default), default);
            events.Add(e);
        }

        return events;
    }
}
