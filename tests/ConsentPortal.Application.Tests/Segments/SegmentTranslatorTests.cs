using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Preferences;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Subscribers;
using CsCheck;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Tests.Segments;

public sealed class SegmentTranslatorTests : IAsyncLifetime
{
    private readonly SegmentId _list = SegmentId.New(PeoplePortal.Noon);
    private readonly List<(PurposeId Purpose, WordingId? Wording)> _wordings = [];

    private readonly List<CampaignId> _campaigns = [];

    private static readonly Dictionary<SegmentId, SegmentRule> Others = new()
    {
        [SegmentId.New(PeoplePortal.Noon)] = new NumberCountryIs(["US"]), [SegmentId.New(PeoplePortal.Noon)] = new NoneOf([new Replied(1, RuleTime.Ever), new LanguageIs(["es"])]),
    };

    private PeoplePortal _portal = null!;

    public async Task InitializeAsync() => _portal = await PeoplePortal.OpenAsync();

    public async Task DisposeAsync() => await _portal.DisposeAsync();

    [Fact]
    public async Task The_query_finds_exactly_those_whom_the_explanation_lets_in()
    {
        var news = await _portal.AddPurposeAsync("News");
        PurposeId[] purposes = [_portal.Offers.Id, news.Id];
        await PeopleAsync(purposes, 80);
        await using var db = _portal.Database.Open();
        var moment = new RuleMoment(_portal.Now, TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland"));
        var twin = await SegmentTwin.ReadAsync(db, moment);
        var met = 0;

        RandomRules.Gen(purposes, new RandomLinks(_list, _campaigns, Others)).Sample(
            rule =>
            {
                var found = SegmentTranslator.People(db, rule, moment).Select(s => s.Id).ToHashSet();
                met += found.Count;
                return found.SetEquals(twin.ExplainedAs(rule)) && SegmentTranslator.Size(db, rule, moment).Single() == found.Count;
            },
            iter: 2000, threads: 1);

        Assert.True(met > 10_000, $"Only {met} people met any rule: the test says too little.");
    }

    [Fact]
    public async Task Nobody_who_was_erased_is_ever_found()
    {
        var id = await _portal.AddPersonAsync();
        await _portal.EraseAsync(id);
        await using var db = _portal.Database.Open();

        Assert.Empty(await SegmentTranslator.People(db, new NoneOf([new SourceIs(["Nowhere"])]), RuleMoment.Utc(_portal.Now)).ToListAsync());
    }

    private Task PeopleAsync(PurposeId[] purposes, int count)
    {
        var random = new Random(4711);
        return _portal.Database.WriteAsync(
            async db =>
            {
                AttributeType[] types = [AttributeType.Text, AttributeType.Number, AttributeType.Date, AttributeType.Flag, AttributeType.List];
                db.AttributeDefinitions.AddRange(types.Select((type, i) => new AttributeDefinition { Id = i + 1, Name = type.ToString(), Type = type }));
                foreach (var purpose in purposes)
                    AddWordings(db, purpose);
                for (var i = 0; i < count; i++)
                    Add(db, random, purposes, i);
                db.Segments.Add(new Segment { Id = _list, Name = "A list", CreatedAt = _portal.Now });
                db.SegmentMembers.AddRange(db.Subscribers.Local.ToList().Where(_ => random.Next(2) == 0).Select(s => new SegmentMember { SegmentId = _list, SubscriberId = s.Id }));
                await db.SaveChangesAsync();
                Texts(db, random, purposes[0]);
            },
            default);
    }

    private void Add(PortalDbContext db, Random random, PurposeId[] purposes, int i)
    {
        var created = _portal.Now.AddDays(-random.Next(0, 60)).AddHours(-random.Next(0, 24));
        var s = _portal.Get<SubscriberFactory>().Add(db, _portal.Staff, new NewSubscriber(
            new PhoneNumber($"+1212555{2000 + i}", "US"), Pick(random, LineType.Mobile, LineType.FixedLine, LineType.Voip), SubscriberProfile.Empty,
            Pick(random, RandomRules.Sources), Pick<string?>(random, "en", "es", null), Pick<string?>(random, "US", "CA", null), Pick<string?>(random, "FL", "NY", null),
            Frequency: Pick(random, FrequencyPreference.Every, FrequencyPreference.Weekly, FrequencyPreference.UrgentOnly)), created);
        s.Region = Pick<string?>(random, "US", "CA", "DE", null);
        s.DeclaredZone = Pick<string?>(random, [.. RandomRules.Zones, null]);
        s.LastTextAt = random.Next(3) == 0 ? null : _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1);
        s.LastEngagedAt = random.Next(3) == 0 ? null : _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1);
        s.ErasedAt = random.Next(10) == 0 ? _portal.Now : null;
        foreach (var purpose in purposes.Where(_ => random.Next(4) > 0))
            Record(db, random, s.Id, purpose);
        for (var n = random.Next(0, 5); n > 0; n--)
            db.SubscriberFacts.Add(new SubscriberFact
            {
                SubscriberId = s.Id, Kind = Pick(random, FactKind.Purchase, FactKind.Purchase, FactKind.Reply, FactKind.Click), At = _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1),
                Amount = random.Next(4) == 0 ? null : random.Next(0, 80),
            });
        // An erasure takes them away.
        if (s.ErasedAt is null)
            Attributes(db, random, s.Id);
    }

    private void Texts(PortalDbContext db, Random random, PurposeId purpose)
    {
        foreach (var name in new[] { "Spring", "Summer" })
        {
            var campaign = new Campaign
            {
                Id = CampaignId.New(_portal.Now), Name = name, PurposeId = purpose, SegmentId = _list, SegmentVersion = 1, Body = "Come in.", StartAt = _portal.Now,
                AuthorId = Guid.CreateVersion7(_portal.Now), CreatedAt = _portal.Now,
            };
            db.Campaigns.Add(campaign);
            _campaigns.Add(campaign.Id);
            foreach (var (i, person) in db.Subscribers.Local.Where(_ => random.Next(3) == 0).Index())
                db.SubscriberFacts.Add(new SubscriberFact
                {
                    SubscriberId = person.Id, Kind = FactKind.Click, At = _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1), CampaignId = campaign.Id, MessageId = i, Link = 1,
                });
            foreach (var person in db.Subscribers.Local.Where(_ => random.Next(2) == 0))
                db.OutboundMessages.Add(new OutboundMessage
                {
                    SubscriberId = person.Id, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = MessageClass.Marketing, PurposeId = purpose, PlannedAt = _portal.Now,
                    DueAt = _portal.Now, ClientRef = $"{name}-{person.Id}"[..40], State = Pick(random, Enum.GetValues<MessageState>()),
                    SentAt = random.Next(4) == 0 ? null : _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1),
                });
        }
    }

    private void AddWordings(PortalDbContext db, PurposeId purpose)
    {
        for (var version = 2; version <= 4; version++)
        {
            foreach (var language in RandomRules.Languages)
            {
                var wording = new Wording
                {
                    Id = WordingId.New(_portal.Now), PurposeId = purpose, Language = language, Version = version, Text = "I agree.", DoubleOptInPrompt = "YES?", Confirmation = "Welcome.", HelpReply = "Help.",
                    StopReply = "Out.", PromisedFrequency = "4 a month", PrivacyPolicyVersion = "1", ActiveFrom = _portal.Now, Hash = new string('b', 64),
                };
                db.Wordings.Add(wording);
                _wordings.Add((purpose, wording.Id));
            }
        }
    }

    private void Record(PortalDbContext db, Random random, SubscriberId id, PurposeId purpose)
    {
        var record = new ConsentRecord { SubscriberId = id, PurposeId = purpose };
        record.Take(ConsentState.None with
        {
            Status = Pick(random, [.. Enum.GetValues<ConsentStatus>(), ConsentStatus.Granted]), WordingId = Pick(random, [.. _wordings.Where(w => w.Purpose == purpose).Select(w => w.Wording), (WordingId?)null]), ExpiresAt = random.Next(2) == 0 ? null : _portal.Now.AddDays(random.Next(-20, 20)).AddMinutes(1),
            GrantedAt = random.Next(5) == 0 ? null : _portal.Now.AddDays(-random.Next(0, 60)).AddMinutes(-1),
        });
        db.ConsentRecords.Add(record);
    }

    private static void Attributes(PortalDbContext db, Random random, SubscriberId id)
    {
        if (random.Next(3) > 0)
            db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = id, AttributeId = 1, Text = Pick(random, RandomRules.Tiers) });
        if (random.Next(3) > 0)
            db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = id, AttributeId = 2, Number = random.Next(0, 6) });
        if (random.Next(3) > 0)
            db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = id, AttributeId = 3, Date = new DateTimeOffset(Pick(random, RandomRules.FirstDay, RandomRules.LastDay).AddDays(random.Next(0, 6)), new TimeOnly(13, 0), TimeSpan.Zero) });
        if (random.Next(3) > 0)
            db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = id, AttributeId = 4, Number = random.Next(0, 2) });
        if (random.Next(3) > 0)
            db.SubscriberAttributes.Add(new SubscriberAttribute { SubscriberId = id, AttributeId = 5, Text = ValueList.Read(string.Join(';', Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(random, RandomRules.Colours)))) });
    }

    private static T Pick<T>(Random random, params T[] values) => values[random.Next(values.Length)];
}
