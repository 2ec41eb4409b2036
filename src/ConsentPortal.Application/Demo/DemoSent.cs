using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>Campaigns of the past with what came of each text, and one that was paused half-way.</summary>
public sealed class DemoSent(PortalDatabase database, SubscriberVault vault, SubjectKeys keys, PastFactsReader facts, TimeProvider clock)
{
    private const int Most = 1_200;

    // Half past noon in New York, half past nine in Los Angeles.
    private static readonly TimeSpan HourOfSending = new(17, 30, 0);

    public async Task AddAsync(DemoShop shop, SegmentId segment, Actor author, Actor approver, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await AddAsync(shop, segment, author, approver, "Autumn arrivals", DaysBefore(now, 41), isPaused: false, cancellationToken);
        await AddAsync(shop, segment, author, approver, "Boots and coats", DaysBefore(now, 12), isPaused: false, cancellationToken);
        await AddAsync(shop, segment, author, approver, "Scarf weather", DaysBefore(now, 1), isPaused: true, cancellationToken);
    }

    private static DateTimeOffset DaysBefore(DateTimeOffset now, int days) => new DateTimeOffset(now.UtcDateTime.Date.AddDays(-days), TimeSpan.Zero) + HourOfSending;

    private Task AddAsync(DemoShop shop, SegmentId segment, Actor author, Actor approver, string name, DateTimeOffset at, bool isPaused, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async db =>
            {
                var purpose = shop.Offers.Purpose;
                var campaign = Campaign(purpose, segment, author, approver, name, at);
                db.Campaigns.Add(campaign);
                var people = await db.Subscribers.Where(s => (s.Region == "US" || s.Region == "CA") && s.CreatedAt < at
                        && db.ConsentRecords.Any(r => r.SubscriberId == s.Id && r.PurposeId == purpose.Id && r.Status == ConsentStatus.Granted && r.GrantedAt < at))
                    .OrderBy(s => s.Id).Take(Most).ToListAsync(cancellationToken);
                var records = await db.ConsentRecords.AsNoTracking().Where(r => r.PurposeId == purpose.Id && r.Status == ConsentStatus.Granted)
                    .ToDictionaryAsync(r => r.SubscriberId, r => r.GrantEventId, cancellationToken);
                var random = new Random(at.DayOfYear);
                List<OutboundMessage> texts = people.ConvertAll(person => Text(campaign, purpose, person, records[person.Id], random, isPaused));
                db.OutboundMessages.AddRange(texts);
                await db.SaveChangesAsync(cancellationToken);
                await DecideAsync(db, [.. texts.Where(t => t.DecidedAt is not null)], people.ToDictionary(p => p.Id), cancellationToken);
                if (isPaused)
                    campaign.Pause("The link in the text led to an empty page.");
                else
                    campaign.Finish(at.AddHours(3));
                db.AuditCampaign(Actor.Job("demo"), clock.GetUtcNow(), campaign, isPaused ? "campaign.paused" : "campaign.finished", "Demo data");
            },
            cancellationToken);

    /// <summary>Lets the policy decide as it would have done then; what it holds back did not leave.</summary>
    private async Task DecideAsync(PortalDbContext db, IReadOnlyList<OutboundMessage> texts, Dictionary<SubscriberId, Subscriber> people, CancellationToken cancellationToken)
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
        var decision = SendPolicy.Evaluate(facts, PolicyVersion.Default, text.DecidedAt!.Value).Compact;
        (text.DecisionKind, text.FailedGates, text.PolicyVersion) = ((int)decision.Kind, decision.FailedGates, decision.PolicyVersion);
        (text.Rule, text.ConsentEventId) = (decision.RuleId, decision.ConsentEventId);
        if (decision.Kind == DecisionKind.Allow)
        {
            person.LastTextAt = person.LastTextAt > text.SentAt ? person.LastTextAt : text.SentAt;
            return;
        }

        (text.State, text.Reason) = (MessageState.Skipped, (decision.Kind == DecisionKind.Defer ? SendReason.PastNotAfter : decision.Reason)?.ToString());
        (text.BodySealed, text.SentAt, text.Attempts, text.Parts) = (null, null, 0, null);
        (text.Price, text.ProviderMessageId, text.ErrorCode) = (null, null, null);
    }

    private static string Words(string name) => $"Aurora Outfitters: {name}, new boots and coats are here: https://aurora.example/new Reply STOP to opt out.";

    private static Campaign Campaign(Purpose purpose, SegmentId segment, Actor author, Actor approver, string name, DateTimeOffset at)
    {
        var (authorId, approverId) = (Guid.Parse(author.Id), Guid.Parse(approver.Id));
        var campaign = new Campaign
        {
            Id = CampaignId.New(at), Name = name, PurposeId = purpose.Id, SegmentId = segment, SegmentVersion = 1, Body = Words("{{ firstName | default: \"hello\" }}"),
            StartAt = at, AuthorId = authorId, CreatedAt = at.AddDays(-2), UpdatedAt = at.AddDays(-2), DryRunId = Guid.CreateVersion7(at), Version = Guid.CreateVersion7(at),
        };
        var hash = CampaignContent.HashOf(campaign, purpose);
        campaign.Submit(authorId);
        campaign.Approve(approverId, hash, at.AddDays(-1));
        campaign.Start(hash, at);
        campaign.BeginSending();
        return campaign;
    }

    private OutboundMessage Text(Campaign campaign, Purpose purpose, Subscriber person, long? consent, Random random, bool isPaused)
    {
        var sentAt = campaign.StartAt.AddSeconds(random.Next(5, 7_200));
        var fate = random.Next(100);
        var state = isPaused && random.Next(3) > 0 ? MessageState.Planned : fate switch { < 96 => MessageState.Delivered, < 99 => MessageState.Failed, _ => MessageState.Unconfirmed };
        var left = state is not MessageState.Planned;
        return new OutboundMessage
        {
            SubscriberId = person.Id, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = purpose.MessageClass, PurposeId = purpose.Id,
            ClientRef = Replies.NewClientRef(campaign.StartAt), PlannedAt = campaign.StartAt, DueAt = campaign.StartAt, State = state,
            BodySealed = left ? Seal(person) : null, SentAt = left ? sentAt : null, FinalAt = state == MessageState.Planned ? null : sentAt.AddSeconds(random.Next(2, 40)),
            DecidedAt = left ? sentAt : null, Attempts = left ? 1 : 0, Parts = left ? 1 : null, Price = left ? 0.0333m : null,
            ErrorCode = state == MessageState.Failed ? "1190" : null, ConsentEventId = left ? consent : null, Reason = state == MessageState.Unconfirmed ? nameof(SendReason.InDoubt) : null,
            ProviderMessageId = left && state != MessageState.Unconfirmed ? Guid.CreateVersion7(sentAt).ToString() : null,
        };
    }

    private byte[] Seal(Subscriber person)
    {
        var name = vault.Open(person)?.Profile.FirstName ?? "hello";
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        return key.Seal(Words(name), SealedField.MessageBody);
    }
}
