using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Doubts;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Policy.Holidays;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>Campaigns of the past with what came of each text, and one that was paused half-way.</summary>
public sealed class DemoSent(PortalDatabase database, SubscriberVault vault, SubjectKeys keys, PastFactsReader facts, TimeProvider clock)
{
    private const int Most = 1_200;

    /// <summary>Of fewer texts none fails.</summary>
    private const int Fewest = 4;

    private const string Words = "Aurora Outfitters: {{ firstName | default: \"hello\" }}, new boots and coats are here: https://aurora.example/new {{ stopLine }}";

    // Half past noon in New York, half past nine in Los Angeles.
    internal static readonly TimeSpan HourOfSending = new(17, 30, 0);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(20);

    public async Task AddAsync(DemoShop shop, SegmentId segment, Actor author, Actor approver, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await AddAsync(shop, segment, author, approver, "Autumn arrivals", DaysBefore(now, 41), isPaused: false, cancellationToken);
        await AddAsync(shop, segment, author, approver, "Boots and coats", DaysBefore(now, 12), isPaused: false, cancellationToken);
        await AddAsync(shop, segment, author, approver, "Scarf weather", DaysBefore(now, 1), isPaused: true, cancellationToken);
    }

    /// <param name="days">So many days ago (UTC), or the last before them on which the most may be texted.</param>
    internal static DateTimeOffset DaysBefore(DateTimeOffset now, int days)
    {
        var day = new DateTimeOffset(now.UtcDateTime.Date.AddDays(-days), TimeSpan.Zero);
        while (IsClosed(day))
            day = day.AddDays(-1);
        return day + HourOfSending;
    }

    /// <summary>Whether a campaign of that day would reach few, because laws forbid texts on Sundays and on public holidays.</summary>
    internal static bool IsClosed(DateTimeOffset day) => day.DayOfWeek == DayOfWeek.Sunday || UsHolidays.IsAnywhere(DateOnly.FromDateTime(day.UtcDateTime));

    private Task AddAsync(DemoShop shop, SegmentId segment, Actor author, Actor approver, string name, DateTimeOffset at, bool isPaused, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                if (await IsThereAsync(db, name, cancellationToken))
                    return;
                var purpose = shop.Offers.Purpose;
                var campaign = Draft(purpose, segment, author, name, Words, at);
                Approve(campaign, purpose, author, approver);
                campaign.Start(campaign.ApprovedHash!, at);
                campaign.BeginSending();
                db.Campaigns.Add(campaign);
                await FillAsync(db, campaign, purpose, People(db, purpose.Id, at).OrderBy(s => s.Id).Take(Most), isPaused, cancellationToken);
                if (isPaused)
                    campaign.Pause("The link in the text led to an empty page.");
                else
                    campaign.Finish(at.AddHours(3));
                db.AuditCampaign(Actor.Job("demo"), clock.GetUtcNow(), campaign, isPaused ? "campaign.paused" : "campaign.finished", "Demo data");
            },
            cancellationToken);

    /// <summary>Whether an earlier start, which was killed later, has made it.</summary>
    internal static Task<bool> IsThereAsync(PortalDbContext db, string name, CancellationToken cancellationToken) => db.Campaigns.AnyAsync(c => c.Name == name, cancellationToken);

    /// <summary>Those of North America who had agreed by then and still do.</summary>
    internal static IQueryable<Subscriber> People(PortalDbContext db, PurposeId purpose, DateTimeOffset at) => db.Subscribers.Where(s => (s.Region == "US" || s.Region == "CA") && s.CreatedAt < at
        && db.ConsentRecords.Any(r => r.SubscriberId == s.Id && r.PurposeId == purpose && r.Status == ConsentStatus.Granted && r.GrantedAt < at));

    internal static Campaign Draft(Purpose purpose, SegmentId segment, Actor author, string name, string words, DateTimeOffset at) => new()
    {
        Id = CampaignId.New(at), Name = name, PurposeId = purpose.Id, SegmentId = segment, SegmentVersion = 1, Body = words,
        StartAt = at, AuthorId = Guid.Parse(author.Id), CreatedAt = at.AddDays(-2), UpdatedAt = at.AddDays(-2), DryRunId = Guid.CreateVersion7(at), Version = Guid.CreateVersion7(at),
    };

    internal static void Approve(Campaign campaign, Purpose purpose, Actor author, Actor approver)
    {
        campaign.Submit(Guid.Parse(author.Id));
        campaign.Approve(Guid.Parse(approver.Id), CampaignContent.HashOf(campaign, purpose, []), campaign.StartAt.AddDays(-1));
    }

    /// <summary>Adds the texts of a campaign with what came of each.</summary>
    internal async Task<IReadOnlyList<OutboundMessage>> FillAsync(PortalDbContext db, Campaign campaign, Purpose purpose, IQueryable<Subscriber> whom, bool isPaused, CancellationToken cancellationToken)
    {
        var people = await whom.ToListAsync(cancellationToken);
        var records = await db.ConsentRecords.AsNoTracking().Where(r => r.PurposeId == purpose.Id && r.Status == ConsentStatus.Granted)
            .ToDictionaryAsync(r => r.SubscriberId, r => r.GrantEventId, cancellationToken);
        var dice = DiceOf(campaign);
        List<OutboundMessage> texts = people.ConvertAll(person => Text(campaign, purpose, person, records[person.Id], dice, isPaused));
        db.OutboundMessages.AddRange(texts);
        await db.SaveChangesAsync(cancellationToken);
        await DecideAsync(db, [.. texts.Where(t => t.DecidedAt is not null)], people.ToDictionary(p => p.Id), cancellationToken);
        Fail([.. texts.Where(t => t.State == MessageState.Delivered)], dice);
        db.TextDoubts.AddRange(texts.Where(t => t.State == MessageState.Unconfirmed).Select(t => DoubtOf(t, clock.GetUtcNow())));
        return texts;
    }

    /// <summary>The same on whatever day the demo is made, and others for each campaign.</summary>
    private static Random DiceOf(Campaign campaign) => new(BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(campaign.Name))));

    /// <summary>Of a hundred texts that left three fail, and of one nobody knows; but one of each, however few they are, so that no page about them is empty.</summary>
    private static void Fail(IReadOnlyList<OutboundMessage> left, Random dice)
    {
        if (left.Count < Fewest)
            return;
        var drawn = left.ToArray();
        dice.Shuffle(drawn);
        var (failed, doubtful) = (Math.Max(1, left.Count * 3 / 100), Math.Max(1, left.Count / 100));
        foreach (var text in drawn[..failed])
            (text.State, text.ErrorCode) = (MessageState.Failed, "1190");
        foreach (var text in drawn[failed..(failed + doubtful)])
            (text.State, text.FinalAt, text.Reason, text.ProviderMessageId) = (MessageState.Unconfirmed, null, nameof(SendReason.InDoubt), null);
    }

    /// <summary>The provider's records have been asked every 20 minutes, for a day at most, and did not know it.</summary>
    private static TextDoubt DoubtOf(OutboundMessage text, DateTimeOffset now)
    {
        var asked = now - text.SentAt!.Value < MessagesInDoubt.LookedUpFor ? now - text.SentAt.Value : MessagesInDoubt.LookedUpFor;
        var looks = (int)(asked / BetweenLooks);
        return new TextDoubt { MessageId = text.Id, Cause = UnconfirmedCause.Timeout, Looks = looks, NotThere = looks, LookedAt = text.SentAt + (looks * BetweenLooks) };
    }

    /// <summary>Lets the policy decide as it would have done then; what it holds back did not leave.</summary>
    internal async Task DecideAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> texts, Dictionary<SubscriberId, Subscriber> people, CancellationToken cancellationToken)
    {
        foreach (var batch in texts.Chunk(500))
        {
            var past = await facts.ReadAsync(db, batch, cancellationToken);
            foreach (var text in batch)
                Decide(text, people[text.SubscriberId], past[text.Id].Facts!);
        }
    }

    private static void Decide(OutboundMessage text, Subscriber person, SendFacts facts)
    {
        var at = text.DecidedAt!.Value;
        var decision = SendPolicy.Evaluate(facts, PolicyVersion.Default, at).Compact;
        (text.DecisionKind, text.FailedGates, text.PolicyVersion) = ((int)decision.Kind, decision.FailedGates, decision.PolicyVersion);
        (text.Rule, text.ConsentEventId) = (decision.RuleId, decision.ConsentEventId);
        if (decision.Kind == DecisionKind.Allow)
        {
            person.LastTextAt = person.LastTextAt > text.SentAt ? person.LastTextAt : text.SentAt;
            return;
        }

        if (decision.Kind == DecisionKind.Defer)
            text.HoldBack(decision.Reason!.Value, decision.RuleId, at);
        (text.State, text.Reason) = (MessageState.Skipped, (decision.Kind == DecisionKind.Defer ? SendReason.PastNotAfter : decision.Reason)?.ToString());
        (text.BodySealed, text.SentAt, text.Attempts, text.Parts) = (null, null, 0, null);
        (text.Price, text.ProviderMessageId, text.ErrorCode) = (null, null, null);
    }

    private OutboundMessage Text(Campaign campaign, Purpose purpose, Subscriber person, long? consent, Random random, bool isPaused)
    {
        var sentAt = campaign.StartAt.AddSeconds(random.Next(5, 7_200));
        // What failed is told later, because it is drawn among those that the policy let through.
        var state = isPaused && random.Next(3) > 0 ? MessageState.Planned : MessageState.Delivered;
        var left = state is not MessageState.Planned;
        return new OutboundMessage
        {
            SubscriberId = person.Id, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = purpose.MessageClass, PurposeId = purpose.Id,
            ClientRef = Replies.NewClientRef(campaign.StartAt), PlannedAt = campaign.StartAt, DueAt = campaign.StartAt, State = state,
            BodySealed = left ? Seal(person, campaign) : null, Language = left ? LanguageOf(person, campaign) : null, SentAt = left ? sentAt : null, FinalAt = state == MessageState.Planned ? null : sentAt.AddSeconds(random.Next(2, 40)),
            DecidedAt = left ? sentAt : null, Attempts = left ? 1 : 0, Parts = left ? 1 : null, Price = left ? 0.0333m : null,
            ConsentEventId = left ? consent : null, ProviderMessageId = left ? Guid.CreateVersion7(sentAt).ToString() : null,
        };
    }

    private byte[] Seal(Subscriber person, Campaign campaign)
    {
        var name = vault.Open(person)?.Profile.FirstName ?? "hello";
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        return key.Seal(
            WordsFor(person, campaign).Replace("{{ firstName | default: \"hello\" }}", name, StringComparison.Ordinal).Replace("{{ stopLine }}", StopLine.In(person.Language), StringComparison.Ordinal),
            SealedField.MessageBody);
    }

    private static string WordsFor(Subscriber person, Campaign campaign) =>
        campaign.Translations.FirstOrDefault(t => t.Language == LanguageOf(person, campaign))?.Body ?? campaign.Body;

    private static string? LanguageOf(Subscriber person, Campaign campaign) => TextLanguage.For(person.Language, campaign.Language, [.. campaign.Translations.Select(t => t.Language)]).Language;
}
