using System.Text;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.PrivacyRequests;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Imports;
using ConsentPortal.Application.Tests.PrivacyRequests;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Subscribers;

public sealed class MergeSubscribersTests : IAsyncLifetime
{
    private const string Other = "+12125552369";

    private PeoplePortal _portal = null!;
    private SubscriberId _kept;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        _kept = await _portal.AddPersonAsync();
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task Whoever_stopped_in_one_record_has_stopped_in_the_one_that_goes_on()
    {
        var closed = await _portal.AddTwinAsync(Other);
        await _portal.ConsentAsync(_kept);
        await _portal.ConsentAsync(closed);
        await StopAsync(closed);

        Assert.True((await MergeAsync(closed)).IsSuccess);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync(_kept));
        await using var db = _portal.Database.Open();
        var hash = (await db.Subscribers.SingleAsync(s => s.Id == _kept)).PhoneHash;
        Assert.True(await db.Suppressions.AnyAsync(s => s.PhoneHash == hash && s.LiftedAt == null && s.Scope == SuppressionScope.All));
    }

    [Fact]
    public async Task A_consent_under_the_same_number_goes_on_with_its_proof_and_one_to_another_number_does_not()
    {
        var twin = await _portal.AddTwinAsync();
        await _portal.ConsentAsync(twin);
        await MergeAsync(twin);
        Assert.Equal(ConsentStatus.Granted, await StatusAsync(_kept));
        var shown = (await _portal.Get<SubscriberDetail>().GetAsync(_portal.Staff, _kept, default)).Value.Consents.Single();
        Assert.Equal(("https://aurora.example/join", 1), (shown.Proof!.Evidence!.FormUrl, shown.Wording!.Version));

        var news = await _portal.AddPurposeAsync("News");
        var stranger = await _portal.AddTwinAsync(Other);
        await _portal.ConsentAsync(stranger, news, await _portal.AddWordingAsync(news));
        await MergeAsync(stranger);

        await using var db = _portal.Database.Open();
        Assert.False(await db.ConsentRecords.AnyAsync(r => r.SubscriberId == _kept && r.PurposeId == news.Id && r.Status == ConsentStatus.Granted));
    }

    [Fact]
    public async Task Whoever_has_yet_to_confirm_in_one_record_has_yet_to_confirm()
    {
        var twin = await _portal.AddTwinAsync();
        await _portal.ConsentAsync(_kept);
        await _portal.Database.WriteAsync(db => ConsentLedger.AppendAsync(db, new ConsentEvent
        {
            SubscriberId = twin, PurposeId = _portal.Offers.Id, NumberPeriodId = NumberPeriodId.New(_portal.Now), Kind = ConsentEventKind.Requested, Basis = LegalBasis.Consent,
            Level = ConsentLevel.Express, Channel = ConsentChannel.WebForm, IsActOfPerson = true, WordingId = _portal.Wording.Id, At = _portal.Now, RecordedAt = _portal.Now,
            ExpiresAt = _portal.Now.AddDays(2), ActorKind = ActorKind.Job, ActorId = "test",
        }, default), default);

        await MergeAsync(twin);

        Assert.Equal(ConsentStatus.Pending, await StatusAsync(_kept));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(14)]
    public async Task Whatever_the_two_histories_were_the_record_stands_where_the_plan_said(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 12; i++)
        {
            var number = $"+1212555{2400 + i}";
            var (keep, close) = (await _portal.AddTwinAsync(number), await _portal.AddTwinAsync(number));
            foreach (var person in new[] { keep, close })
                await LiveAsync(random, person, random.Next(0, 5));
            var plan = (await _portal.Get<MergeSubscribers>().PlanAsync(_portal.Staff, keep, close, default)).Value;

            Assert.Null((await MergeAsync(close, keep)).Failure);

            await using var db = _portal.Database.Open();
            foreach (var purpose in plan.Purposes)
            {
                var record = (await db.ConsentRecords.SingleOrDefaultAsync(r => r.SubscriberId == keep && r.PurposeId == purpose.PurposeId))?.State ?? ConsentState.None;
                Assert.Equal(purpose.After.Status, record.StatusAt(_portal.Now));
                if (purpose.After.Status is ConsentStatus.Granted or ConsentStatus.Pending)
                    Assert.Equal((purpose.After.Level, purpose.After.ExpiresAt, purpose.After.DoubleOptInBy), (record.Level, record.ExpiresAt, record.DoubleOptInBy));
            }

            Assert.False(await db.ConsentRecords.AnyAsync(r => r.SubscriberId == close && (r.Status == ConsentStatus.Granted || r.Status == ConsentStatus.Pending)));
        }
    }

    [Fact]
    public async Task The_less_frequent_wish_the_longer_pause_and_a_restriction_of_either_stay()
    {
        var closed = await _portal.AddTwinAsync(Other);
        var until = _portal.Now.AddDays(9);
        await _portal.Database.WriteAsync(db => db.Subscribers.Where(s => s.Id == closed).ExecuteUpdateAsync(s => s
            .SetProperty(x => x.Frequency, FrequencyPreference.Monthly).SetProperty(x => x.PausedUntil, until).SetProperty(x => x.IsRestricted, true)), default);

        await MergeAsync(closed);

        await using var db = _portal.Database.Open();
        var kept = await db.Subscribers.SingleAsync(s => s.Id == _kept);
        Assert.Equal((FrequencyPreference.Monthly, until, true), (kept.Frequency, kept.PausedUntil, kept.IsRestricted));
    }

    [Fact]
    public async Task A_closed_record_is_in_no_list_no_audience_and_no_import_and_its_texts_are_skipped()
    {
        var closed = await _portal.AddTwinAsync(Other);
        var planned = await _portal.SendAsync(closed, _portal.Now, MessageState.Planned);

        await MergeAsync(closed);

        await using var db = _portal.Database.Open();
        var everybody = SegmentTranslator.People(db, new SourceIs(["Store", "Web form"]), RuleMoment.Utc(_portal.Now));
        Assert.Equal([_kept], await everybody.Select(s => s.Id).ToListAsync());
        Assert.Equal(MessageState.Skipped, (await db.OutboundMessages.SingleAsync(m => m.Id == planned)).State);
        Assert.Equal(1, (await _portal.Get<SubscriberList>().PageAsync(_portal.Staff, new SubscriberQuery(), default)).Total);
        Assert.Null(await _portal.Get<AddSubscriber>().FindAsync(_portal.Staff, new PhoneNumber(Other, "US"), default));
        using var list = ListFile.Of($"{Other},US,Ben,,,");
        Assert.Equal(1, (await _portal.Get<ImportSubscribers>().ExecuteAsync(_portal.Staff, list.Request(), new ImportWatch(null, null), default)).Value.Summary.New);
    }

    [Fact]
    public async Task Values_that_the_record_lacks_go_on_and_no_value_stays_with_the_closed_one()
    {
        var closed = await _portal.AddTwinAsync(Other);
        await _portal.Database.WriteAsync(
            db =>
            {
                db.AttributeDefinitions.AddRange(new AttributeDefinition { Id = 1, Name = "tier", Type = AttributeType.Text }, new AttributeDefinition { Id = 2, Name = "city", Type = AttributeType.Text });
                db.SubscriberAttributes.AddRange(
                    new SubscriberAttribute { SubscriberId = _kept, AttributeId = 1, Text = "gold" }, new SubscriberAttribute { SubscriberId = closed, AttributeId = 1, Text = "silver" },
                    new SubscriberAttribute { SubscriberId = closed, AttributeId = 2, Text = "Lyon" });
                return Task.CompletedTask;
            },
            default);

        await MergeAsync(closed);

        await using var db = _portal.Database.Open();
        Assert.Equal([(_kept, "gold"), (_kept, "Lyon")], (await db.SubscriberAttributes.OrderBy(a => a.AttributeId).ToListAsync()).Select(a => (a.SubscriberId, a.Text!)));
        Assert.Equal(1, await SegmentTranslator.Size(db, new AttributeKnown(1), RuleMoment.Utc(_portal.Now)).SingleAsync());
        Assert.Contains("\"attributesDropped\":[\"tier\"]", Encoding.UTF8.GetString((await db.AuditEntries.SingleAsync(e => e.Action == "subscriber.closed")).Leaf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_of_the_record_that_goes_on_shows_both_histories()
    {
        var closed = await _portal.AddTwinAsync(Other);
        await _portal.SendAsync(closed, _portal.Now.AddDays(-1), body: "To the other number");

        await MergeAsync(closed);

        var page = await _portal.Get<SubscriberTimeline>().PageAsync(_portal.Staff, _kept, new HashSet<TimelineSource>(), null, default);
        Assert.Contains(page.Entries.OfType<TimelineEntry.TextSent>(), text => text.Body == "To the other number");
    }

    [Fact]
    public async Task A_stop_from_the_closed_number_still_reaches_the_person_and_a_join_from_it_does_not()
    {
        var closed = await _portal.AddTwinAsync(Other);
        await _portal.ConsentAsync(_kept);
        await MergeAsync(closed);

        await _portal.Get<ReceiveInboundMessage>().ExecuteAsync(
            Actor.Job("test"), new InboundText("m-1", Other, "+12025550111", "STOP", _portal.Now, null), default);

        Assert.Equal(ConsentStatus.Withdrawn, await StatusAsync(_kept));
        await using var db = _portal.Database.Open();
        Assert.NotEqual(_kept, (await db.InboundMessages.SingleAsync()).SubscriberId);
    }

    [Fact]
    public async Task An_erasure_takes_the_closed_record_with_it()
    {
        var closed = await _portal.AddTwinAsync(Other);
        await MergeAsync(closed);
        var desk = await RequestDesk.OpenAsync(_portal);

        Assert.True((await desk.EraseAsync(await desk.ApprovedErasureAsync(_kept))).IsSuccess);

        await using var db = _portal.Database.Open();
        Assert.All(await db.Subscribers.ToListAsync(), person => Assert.Null(person.WrappedKey));
    }

    [Fact]
    public async Task A_record_with_itself_a_closed_one_an_outdated_view_and_an_open_request_are_refused()
    {
        var (first, second) = (await _portal.AddTwinAsync(Other), await _portal.AddTwinAsync("+12125552370"));
        Assert.IsType<CannotMergeWithItself>((await MergeAsync(_kept)).Failure);
        var stale = await WishAsync(first, _kept);
        await MergeAsync(second);
        Assert.IsType<ChangedMeanwhile>((await _portal.Get<MergeSubscribers>().ExecuteAsync(_portal.Staff, stale, default)).Failure);
        Assert.IsType<SubscriberMerged>((await MergeAsync(second)).Failure);
        var desk = await RequestDesk.OpenAsync(_portal);
        await desk.ReceiveAsync(first, Domain.PrivacyRequests.PrivacyRequestKind.Access);
        Assert.IsType<FinishRequestFirst>((await MergeAsync(first)).Failure);
    }

    [Fact]
    public async Task Records_with_the_same_number_or_id_are_offered_to_each_other()
    {
        var twin = await _portal.AddTwinAsync();
        var customer = await _portal.AddTwinAsync(Other, externalId: "K-1");

        var relations = await _portal.Get<RelatedRecords>().OfAsync(_portal.Staff, _kept, default);

        Assert.Equal(
            new[] { (twin, true, false), (customer, false, true) }.OrderBy(r => r.Item1), relations.Others.Select(o => (o.Id, o.HasSameNumber, o.HasSameExternalId)).OrderBy(r => r.Id));
        await MergeAsync(twin);
        Assert.Equal(_kept, (await _portal.Get<RelatedRecords>().OfAsync(_portal.Staff, twin, default)).MergedInto);
    }

    private async Task<Result<Done>> MergeAsync(SubscriberId close, SubscriberId? keep = null) =>
        await _portal.Get<MergeSubscribers>().ExecuteAsync(_portal.Staff, await WishAsync(close, keep ?? _kept), default);

    private async Task<Merge> WishAsync(SubscriberId close, SubscriberId keep)
    {
        await using var db = _portal.Database.Open();
        var versions = await db.Subscribers.Where(s => s.Id == close || s.Id == keep).ToDictionaryAsync(s => s.Id, s => s.Version);
        return new Merge(keep, versions[keep], close, versions[close], "One customer twice");
    }

    private async Task<ConsentStatus> StatusAsync(SubscriberId id)
    {
        await using var db = _portal.Database.Open();
        return (await db.ConsentRecords.SingleAsync(r => r.SubscriberId == id && r.PurposeId == _portal.Offers.Id)).Status;
    }

    private Task<Result<Done>> StopAsync(SubscriberId id) => _portal.Get<WithdrawConsent>().ExecuteAsync(
        _portal.Staff, id, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Told us by phone", _portal.Now), default);

    private async Task LiveAsync(Random random, SubscriberId person, int events)
    {
        for (var i = 0; i < events; i++)
        {
            var at = _portal.Now.AddDays(-random.Next(1, 30));
            long? grant;
            await using (var db = _portal.Database.Open())
                grant = await db.ConsentRecords.Where(r => r.SubscriberId == person).Select(r => r.GrantEventId).FirstOrDefaultAsync();
            var e = new ConsentEvent
            {
                SubscriberId = person, PurposeId = _portal.Offers.Id, NumberPeriodId = NumberPeriodId.New(_portal.Now), Kind = (ConsentEventKind)random.Next(1, 9), Basis = LegalBasis.Consent,
                Level = (ConsentLevel)random.Next(1, 5), DoubleOptInBy = (DoubleOptIn)random.Next(0, 3), Channel = ConsentChannel.WebForm, IsActOfPerson = random.Next(2) == 0, WordingId = _portal.Wording.Id,
                At = at, RecordedAt = at, ExpiresAt = random.Next(2) == 0 ? _portal.Now.AddDays(random.Next(-5, 20)) : null, ActorKind = ActorKind.Job, ActorId = "test", SupersedesId = grant,
            };
            await _portal.Database.WriteAsync(db => ConsentLedger.AppendAsync(db, e, default), default);
        }
    }
}
