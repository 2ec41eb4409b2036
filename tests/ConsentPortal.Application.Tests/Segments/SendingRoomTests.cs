using System.Globalization;
using System.Text.RegularExpressions;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

/// <summary>Who has room for a text now: sets say what the policy says.</summary>
public sealed class SendingRoomTests : IAsyncLifetime
{
    private PeoplePortal _portal = null!;
    private Purpose _news = null!;

    public async Task InitializeAsync()
    {
        _portal = await PeoplePortal.OpenAsync();
        // It promises no number, so that each test is about one thing.
        _news = await _portal.AddPurposeAsync("News", messageClass: MessageClass.Informational);
    }

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Theory]
    [InlineData(FrequencyPreference.Daily, 23, 24)]
    [InlineData(FrequencyPreference.Weekly, 167, 168)]
    [InlineData(FrequencyPreference.Biweekly, 335, 336)]
    // The month began 24 days ago; by every clock on earth, half a day later.
    [InlineData(FrequencyPreference.Monthly, 550, 600)]
    public async Task Whoever_chose_a_frequency_has_room_once_the_last_text_is_old_enough(FrequencyPreference frequency, int full, int free)
    {
        var person = await AgreedAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Frequency, frequency)), default);
        var text = await _portal.SendAsync(person, _portal.Now.AddHours(-full), purpose: _news);
        Assert.Equal((0, 1), await CountAsync(_news));

        await _portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Id == text).ExecuteUpdateAsync(m => m.SetProperty(x => x.SentAt, _portal.Now.AddHours(-free))), default);
        Assert.Equal((1, 0), await CountAsync(_news));
    }

    [Fact]
    public async Task Whoever_wants_urgent_texts_only_or_a_pause_waits()
    {
        await AgreedAsync();
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Frequency, FrequencyPreference.UrgentOnly)), default);
        Assert.Equal((0, 1), await CountAsync(_news));

        await _portal.Database.WriteAsync(
            db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.Frequency, FrequencyPreference.Every).SetProperty(x => x.PausedUntil, _portal.Now.AddHours(1))), default);
        Assert.Equal((0, 1), await CountAsync(_news));
    }

    [Fact]
    public async Task A_text_about_an_order_knows_no_caps()
    {
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        var person = await AgreedAsync(orders);
        await _portal.Database.WriteAsync(db => db.Subscribers.ExecuteUpdateAsync(s => s.SetProperty(x => x.PausedUntil, _portal.Now.AddHours(1))), default);
        for (var i = 1; i <= 5; i++)
            await _portal.SendAsync(person, _portal.Now.AddHours(-i), purpose: _news);

        Assert.Equal((1, 0), await CountAsync(orders));
    }

    [Fact]
    public async Task Caps_and_promises_wait_for_the_oldest_text_in_the_way()
    {
        var person = await AgreedAsync();
        for (var i = 1; i <= 3; i++)
            await _portal.SendAsync(person, _portal.Now.AddHours(-i), purpose: _news);
        // Three in 24 hours, the cap of the usual policy.
        Assert.Equal((0, 1), await CountAsync(_news));
        _portal.Clock.Advance(TimeSpan.FromHours(21));
        Assert.Equal((1, 0), await CountAsync(_news));

        var offers = await AddWordedAsync("2 a week");
        await _portal.ConsentAsync(person, offers.Purpose, offers.Wording);
        Assert.Equal((0, 1), await CountAsync(offers.Purpose));
        _portal.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromHours(21) - TimeSpan.FromHours(2));
        Assert.Equal((1, 0), await CountAsync(offers.Purpose));
    }

    [Fact]
    public async Task Each_is_kept_the_promise_that_they_read()
    {
        var (purpose, generous) = await AddWordedAsync("4 a week");
        var strict = await _portal.AddWordingAsync(purpose, version: 2, frequency: "1 a week");
        var (first, second) = (await _portal.AddPersonAsync(), await _portal.AddPersonAsync("+12125552369"));
        await _portal.ConsentAsync(first, purpose, generous);
        await _portal.ConsentAsync(second, purpose, strict);
        foreach (var person in new[] { first, second })
            await _portal.SendAsync(person, _portal.Now.AddDays(-3), purpose: purpose);

        Assert.Equal((1, 1), await CountAsync(purpose));
    }

    [Fact]
    public async Task What_was_sent_to_a_record_that_was_merged_counts_and_what_never_left_does_not()
    {
        var person = await AgreedAsync();
        var merged = await _portal.AddPersonAsync("+12125552369");
        await _portal.Database.WriteAsync(
            async db =>
            {
                (await db.Subscribers.FindAsync(merged))!.MergedIntoId = person;
                (await db.Subscribers.FindAsync(person))!.Frequency = FrequencyPreference.Daily;
            },
            default);
        await _portal.SendAsync(person, _portal.Now.AddHours(-1), MessageState.Skipped, _news);
        await _portal.SendAsync(person, _portal.Now.AddHours(-1), purpose: _news, messageClass: MessageClass.Transactional);
        Assert.Equal((1, 0), await CountAsync(_news));

        await _portal.SendAsync(merged, _portal.Now.AddHours(-1), purpose: _news);
        Assert.Equal((0, 1), await CountAsync(_news));
    }

    [Fact]
    public async Task Each_window_is_one_range_of_an_index_and_no_text_is_read_that_is_not_the_persons()
    {
        await AgreedAsync();
        using var plans = new QueryPlans(_portal);

        await CountAsync(_news);

        var steps = (await plans.StepsAsync()).Where(s => s.Sql.Contains("OutboundMessages", StringComparison.Ordinal)).Select(s => s.Step).ToList();
        Assert.Contains(steps, step => step.Contains("COVERING INDEX IX_OutboundMessages_SubscriberId_SentAt_MessageClass (SubscriberId=? AND SentAt>?)", StringComparison.Ordinal));
        Assert.All(steps.Where(step => Regex.IsMatch(step, " (o\\d*|OutboundMessages) ")), step => Assert.Contains("IX_OutboundMessages_SubscriberId_SentAt_MessageClass (SubscriberId=? AND SentAt>?)", step, StringComparison.Ordinal));
        // Nothing is sorted or kept aside on the way.
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal) || step.Contains("MATERIALIZE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sets_shut_out_nobody_whom_the_policy_lets_through_and_leave_to_it_only_what_states_say()
    {
        var random = new Random(4712);
        var (purpose, wordings) = await WordingsAsync();
        var ids = await PeopleAsync(random, purpose, wordings, 150);
        var (left, shut) = (0, 0);
        for (var round = 0; round < 40; round++)
        {
            var policy = Policy(random);
            purpose.PromisedPerMonth = random.Next(3) == 0 ? random.Next(1, 6) : null;
            var messageClass = random.Next(2) == 0 ? MessageClass.Marketing : MessageClass.Informational;
            var asked = await AskAsync(purpose, messageClass, policy, ids);
            foreach (var (person, decision) in asked.Decisions)
            {
                var caps = decision.Findings.Where(f => f.Gate == Gate.Caps && f.Outcome >= GateOutcome.Defer).ToList();
                Assert.True(caps.Count > 0 || asked.WithRoom.Contains(person), $"Round {round}: shut out although no cap stands in the way.");
                if (caps.Count > 0 && asked.WithRoom.Contains(person))
                    Assert.All(caps, f => Assert.StartsWith("ST-", f.Rule.Id, StringComparison.Ordinal));
                (left, shut) = (left + (caps.Count == 0 ? 1 : 0), shut + (asked.WithRoom.Contains(person) ? 0 : 1));
            }
        }

        Assert.True(left > 1_000 && shut > 1_000, $"{left} had room and {shut} had none: the test says too little.");
    }

    private async Task<(HashSet<SubscriberId> WithRoom, List<(SubscriberId, SendDecision)> Decisions)> AskAsync(Purpose purpose, MessageClass messageClass, PolicyVersion policy, SubscriberId[] ids)
    {
        await using var db = _portal.Database.Open();
        var kind = new Purpose
        {
            Id = purpose.Id, Name = purpose.Name, Brand = purpose.Brand, MessageClass = messageClass, Basis = purpose.Basis, Sender = purpose.Sender, SenderCanReceive = true, NeedsDoubleOptIn = false,
            PromisedPerMonth = purpose.PromisedPerMonth, CreatedAt = purpose.CreatedAt,
        };
        var withRoom = await SendingRoom.Of(db, db.Subscribers.AsNoTracking(), kind, policy, await PromisedWords.OfAsync(db, purpose.Id, default), _portal.Now).Select(s => s.Id).ToListAsync();
        var facts = await _portal.Get<SendFactsReader>().ReadAsync(db, ids, new SendQuestion(kind, messageClass), _portal.Now, default);
        return ([.. withRoom], [.. facts.Values.Select(p => (p.Id, SendPolicy.Evaluate(p.Facts, policy, _portal.Now)))]);
    }

    private static PolicyVersion Policy(Random random) => new()
    {
        Preset = Pick(random, PolicyPreset.SafeUs, PolicyPreset.Statute, PolicyPreset.Strictest), CapsIgnoreSubject = random.Next(2) == 0,
        Caps = random.Next(2) == 0 ? [] : [new HouseCap(random.Next(1, 4), TimeSpan.FromHours(random.Next(1, 200)))],
    };

    private async Task<(Purpose Purpose, Wording[] Wordings)> WordingsAsync()
    {
        var purpose = await _portal.AddPurposeAsync("Random");
        string[] promises = ["1 a day", "2 a week", "3 a month", "with each order"];
        var wordings = new List<Wording>();
        foreach (var promise in promises)
            wordings.Add(await _portal.AddWordingAsync(purpose, wordings.Count + 1, promise));
        return (purpose, [.. wordings]);
    }

    private Task<SubscriberId[]> PeopleAsync(Random random, Purpose purpose, Wording[] wordings, int count) => _portal.Database.WriteAsync(
        db =>
        {
            var ids = new List<SubscriberId>();
            // New York, Florida, Oklahoma, Maine; Toronto, Berlin and Tokyo.
            (string Prefix, string Region)[] places = [("+1212555", "US"), ("+1305555", "US"), ("+1405555", "US"), ("+1207555", "US"), ("+1416555", "CA"), ("+49151123", "DE"), ("+8190123", "JP")];
            for (var i = 0; i < count; i++)
            {
                var (prefix, region) = Pick(random, places);
                var number = new PhoneNumber(prefix + (2000 + i).ToString(CultureInfo.InvariantCulture) + (region is "DE" or "JP" ? "1" : ""), region);
                var person = _portal.Get<SubscriberFactory>().Add(db, _portal.Staff, new NewSubscriber(
                    number, Domain.Subscribers.LineType.Mobile, SubscriberProfile.Empty, "Store", "en", Pick<string?>(random, null, null, "US", "DE", "JP"), Pick<string?>(random, null, "FL", "ME", "MD", "NY"),
                    Frequency: Pick(random, Enum.GetValues<FrequencyPreference>())), _portal.Now);
                person.PausedUntil = random.Next(8) == 0 ? _portal.Now.AddHours(random.Next(-5, 5)) : null;
                ids.Add(person.Id);
                var record = new ConsentRecord { SubscriberId = person.Id, PurposeId = purpose.Id };
                record.Take(new ConsentState(
                    ConsentStatus.Granted, ConsentLevel.ExpressWritten, LegalBasis.Consent, ConsentChannel.WebForm, DoubleOptIn.None, Pick(random, wordings).Id, _portal.Now.AddDays(-100), null,
                    _portal.Now.AddDays(-100), null));
                db.ConsentRecords.Add(record);
                for (var n = random.Next(0, 6); n > 0; n--)
                    Add(db, random, person.Id, purpose);
            }

            return Task.FromResult<SubscriberId[]>([.. ids]);
        },
        default);

    private void Add(Application.Database.PortalDbContext db, Random random, SubscriberId person, Purpose purpose)
    {
        // Hours about the end of a month count for nobody as sets see it: that is said, and tested elsewhere.
        var ago = Pick(random, random.NextDouble() * 1.5, random.NextDouble() * 15, random.NextDouble() * 22, 24.5 + random.NextDouble() * 6, 31.5 + random.NextDouble() * 9);
        var state = Pick(random, MessageState.Delivered, MessageState.Delivered, MessageState.Failed, MessageState.Unconfirmed, MessageState.Skipped, MessageState.Deferred);
        var at = _portal.Now.AddDays(-ago);
        db.OutboundMessages.Add(new OutboundMessage
        {
            SubscriberId = person, Kind = MessageKind.Campaign, MessageClass = Pick(random, MessageClass.Marketing, MessageClass.Informational, MessageClass.Transactional), PurposeId = purpose.Id,
            ClientRef = Guid.CreateVersion7().ToString("N"), PlannedAt = at, DueAt = at, State = state, SentAt = state is MessageState.Skipped or MessageState.Deferred ? null : at,
        });
    }

    private async Task<SubscriberId> AgreedAsync(Purpose? purpose = null)
    {
        var person = await _portal.AddPersonAsync();
        await _portal.ConsentAsync(person, purpose ?? _news, await _portal.AddWordingAsync(purpose ?? _news, frequency: "with each order"));
        return person;
    }

    private async Task<(Purpose Purpose, Wording Wording)> AddWordedAsync(string frequency)
    {
        var purpose = await _portal.AddPurposeAsync($"Offers {frequency}");
        return (purpose, await _portal.AddWordingAsync(purpose, frequency: frequency));
    }

    [Fact]
    public async Task A_text_about_an_order_reaches_whoever_did_not_stop_whether_they_agreed_or_not()
    {
        var orders = await _portal.AddPurposeAsync("Orders", messageClass: MessageClass.Transactional);
        var (open, stopped) = (await _portal.AddPersonAsync("+12125552391"), await _portal.AddPersonAsync("+12125552392"));
        await _portal.Get<WithdrawConsent>().ExecuteAsync(
            _portal.Staff, stopped, new Withdrawal(SuppressionScope.All, SuppressionSource.Staff, ConsentChannel.Staff, "Asked on the phone", _portal.Now), default);

        Assert.NotEqual(open, stopped);
        Assert.Equal((1, 0), await CountAsync(orders));
    }

    [Fact]
    public async Task How_many_there_are_is_told_before_who_of_them_has_room()
    {
        await AgreedAsync();
        SegmentFigures? first = null;

        var last = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), _news.Id, figures => first = figures, default)).Value;

        Assert.Equal((1, 1, null, null), (first!.People, first.Agreed, first.Reachable, first.Waiting));
        Assert.Equal((1, 1, 1, 0), (last.People, last.Agreed, last.Reachable, last.Waiting));
    }

    private async Task<(int? Reachable, int? Waiting)> CountAsync(Purpose purpose)
    {
        var figures = (await _portal.Get<SegmentCount>().GetAsync(_portal.Staff, new NumberCountryIs(["US"]), purpose.Id, default)).Value;
        return (figures.Reachable, figures.Waiting);
    }

    private static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];
}
