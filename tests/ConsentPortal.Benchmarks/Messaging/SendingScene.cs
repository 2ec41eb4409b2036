using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Segments;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ConsentPortal.Benchmarks.Messaging;

/// <summary>People who agreed, and a campaign to them; a transactional one may leave at whatever hour this runs.</summary>
internal sealed class SendingScene(IServiceProvider services, string folder, MessageClass kind = MessageClass.Transactional)
{
    public const string Ours = "+12025550111";

    private const int RowsAtOnce = 5_000;

    private PurposeId _purpose;

    private PortalDatabase Database => services.GetRequiredService<PortalDatabase>();

    public static string Person(int i) => string.Create(CultureInfo.InvariantCulture, $"+4477{10_000_000 + i:D8}");

    public Task AddPeopleAsync(int people) => AddPeopleAsync(people, Person);

    public async Task AddPeopleAsync(int people, Func<int, string> number)
    {
        var wording = await AddPurposeAsync();
        var list = Path.Combine(folder, "people.csv");
        await File.WriteAllLinesAsync(list, Enumerable.Range(0, people).Select(i => $"{number(i)},Ann{i % 997},Lee,yes,2026-01-15 10:15,web form").Prepend("Mobile,First,Last,Consent,Given,Source"));
        var map = ColumnMap.Parse("phone=Mobile,firstName=First,lastName=Last,consent=Consent,consentAt=Given,source=Source").Value;
        await services.GetRequiredService<ImportSubscribers>().ExecuteAsync(Actor.CommandLine, new ImportRequest(list, "people.csv", map, null, _purpose, wording), ImportWatch.None, default);
    }

    /// <summary>Seals the entries that the fill has left, which would otherwise take up the first seconds of what is measured.</summary>
    public Task SealAsync() => services.GetRequiredService<AuditSealer>().SealAllAsync(default);

    /// <summary>Approved and started: its planning is next.</summary>
    public async Task<Campaign> AddCampaignAsync()
    {
        var campaign = await AddAsync("Aurora: your order has left our house. Reply STOP to opt out.", campaign =>
        {
            var now = campaign.CreatedAt;
            campaign.DryRunId = Guid.CreateVersion7(now);
            campaign.Submit(Guid.CreateVersion7(now));
            campaign.Approve(Guid.CreateVersion7(now), "hash", now);
            campaign.Start("hash", now);
        });
        // With the audience that there is: the planner holds a campaign back whose own is far from that of its dry run.
        await Database.WriteAsync(
            async db =>
            {
                var people = await db.Subscribers.CountAsync();
                db.DryRuns.Add(new DryRun
                {
                    Id = campaign.DryRunId!.Value, CampaignId = campaign.Id, At = campaign.CreatedAt, ContentHash = "hash", Audience = people, Allowed = people, Deferred = 0, Excluded = 0, DetailJson = "{}",
                });
            },
            default);
        return campaign;
    }

    /// <summary>A draft that waits for its dry run.</summary>
    public Task<Campaign> AddDraftAsync(string body) => AddAsync(body, _ => { });

    private async Task<Campaign> AddAsync(string body, Action<Campaign> advance)
    {
        var now = TimeProvider.System.GetUtcNow();
        var segment = new Segment { Id = SegmentId.New(now), Name = "Everybody", CurrentVersion = 1, CreatedAt = now };
        var campaign = new Campaign
        {
            Id = CampaignId.New(now), Name = "Orders", PurposeId = _purpose, SegmentId = segment.Id, SegmentVersion = 1, Body = body,
            StartAt = now, AuthorId = Guid.CreateVersion7(now), CreatedAt = now,
        };
        advance(campaign);
        await Database.WriteAsync(
            db =>
            {
                db.Segments.Add(segment);
                db.SegmentVersions.Add(new SegmentVersion { SegmentId = segment.Id, Version = 1, RuleJson = SegmentRuleJson.Write(new AllOf([new NumberCountryIs(["GB", "US"])])), Sentence = "Everybody", AuthorId = Guid.CreateVersion7(now), At = now });
                db.Campaigns.Add(campaign);
                return Task.CompletedTask;
            },
            default);
        return campaign;
    }

    /// <summary>Rows of the ledger without the planner.</summary>
    public async Task PlanAsync(Campaign campaign, int texts, MessageState state = MessageState.Planned)
    {
        var now = TimeProvider.System.GetUtcNow();
        await using var look = Database.Open();
        var people = await look.Subscribers.OrderBy(s => s.Id).Take(texts).Select(s => s.Id).ToListAsync();
        foreach (var some in people.Chunk(RowsAtOnce))
            await Database.WriteAsync(
                db => db.InsertAsync(
                    some.Select(id => new OutboundMessage
                    {
                        SubscriberId = id, CampaignId = campaign.Id, Kind = MessageKind.Campaign, MessageClass = kind, PurposeId = campaign.PurposeId,
                        ClientRef = Guid.CreateVersion7(now).ToString("N"), PlannedAt = now, DueAt = now, State = state, SentAt = state == MessageState.Planned ? null : now,
                    }).ToList(),
                    default),
                default);
        await Database.WriteAsync(async db => (await db.Campaigns.SingleAsync(c => c.Id == campaign.Id)).BeginSending(), default);
    }

    public async Task<int> CountAsync(params MessageState[] states)
    {
        await using var db = Database.Open();
        return await db.OutboundMessages.CountAsync(m => states.Contains(m.State));
    }

    private async Task<WordingId> AddPurposeAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        var purpose = new Purpose
        {
            Id = PurposeId.New(now), Name = "Orders", Brand = "Aurora", MessageClass = kind, Basis = LegalBasis.Consent, Sender = Ours,
            SenderCanReceive = true, NeedsDoubleOptIn = false, CreatedAt = now,
        };
        var wording = new Wording
        {
            Id = WordingId.New(now), PurposeId = purpose.Id, Language = "en", Version = 1, Text = "I agree that Aurora may text me about my orders.", DoubleOptInPrompt = "Reply YES.",
            Confirmation = "Welcome.", HelpReply = "Help.", StopReply = "Aurora: you are out.", PromisedFrequency = "one an order", PrivacyPolicyVersion = "2026-01", ActiveFrom = now,
            Hash = new string('a', 64),
        };
        await Database.WriteAsync(
            db =>
            {
                db.Purposes.Add(purpose);
                db.Wordings.Add(wording);
                return Task.CompletedTask;
            },
            default);
        _purpose = purpose.Id;
        return wording.Id;
    }
}
