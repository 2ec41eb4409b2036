using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Policy;

/// <summary>Two members of staff at the policy, and texts on which the dispatcher itself decided, each at its own time.</summary>
internal sealed class PolicyDesk(PeoplePortal portal, Actor author, Actor second)
{
    private CampaignId? _campaign;

    public PeoplePortal Portal => portal;

    public Actor Author => author;

    public Actor Second => second;

    public static async Task<PolicyDesk> OpenAsync()
    {
        var portal = await PeoplePortal.OpenAsync();
        string[] all = [.. PermissionCatalogue.All.Select(p => p.Permission)];
        return new PolicyDesk(portal, await portal.AddStaffAsync("Mara Lindt", all), await portal.AddStaffAsync("Ben Oduya", all));
    }

    public async Task<int> StartAsync(Actor? by = null) =>
        (await portal.Get<StartPolicyDraft>().ExecuteAsync(by ?? author, "Fewer evening texts", default)).Value;

    public async Task<PolicyView> ViewAsync(int version) => (await portal.Get<PolicyVersions>().GetAsync(author, version, default)).Value;

    public async Task<Result<Done>> EditAsync(int version, Func<PolicySettings, PolicySettings> edit, Actor? by = null)
    {
        var view = await ViewAsync(version);
        return await portal.Get<EditPolicyDraft>().ExecuteAsync(by ?? author, version, view.Hash!, edit(PolicySettings.Of(view.Policy)), default);
    }

    public async Task<Result<PolicySimulation>> SimulateAsync(int version, IProgress<SimulationProgress>? progress = null, CancellationToken cancellationToken = default) =>
        await portal.Get<SimulatePolicy>().ExecuteAsync(author, version, (await ViewAsync(version)).Hash!, progress ?? new Progress<SimulationProgress>(), cancellationToken);

    public Task<Result<Done>> AskAsync(int version, Actor? by = null) => portal.Get<AskForActivation>().ExecuteAsync(by ?? author, version, default);

    public async Task<Result<Done>> ActivateAsync(int version, Actor? by = null, DateTimeOffset? from = null) =>
        await portal.Get<ActivatePolicy>().ExecuteAsync(by ?? second, version, (await ViewAsync(version)).Hash!, from, default);

    /// <summary>A draft that closes the US from 11 in the morning on, simulated and handed to the second person.</summary>
    public async Task<int> AskedAsync()
    {
        var version = await StartAsync();
        Assert.Null((await EditAsync(version, MorningsOnly)).Failure);
        Assert.Null((await SimulateAsync(version)).Failure);
        Assert.Null((await AskAsync(version)).Failure);
        return version;
    }

    public static PolicySettings MorningsOnly(PolicySettings settings) =>
        settings with { Countries = new Dictionary<string, CountryOverride> { ["US"] = new(To: new TimeOnly(11, 0)) } };

    public async Task<SubscriberId> AddPersonAsync(string e164)
    {
        var id = await portal.AddPersonAsync(e164);
        await portal.ConsentAsync(id);
        // The welcome texts would be decided on beside what a test is about.
        await portal.Database.WriteAsync(db => db.OutboundMessages.Where(m => m.Kind != MessageKind.Campaign).ExecuteDeleteAsync(), default);
        return id;
    }

    /// <summary>Plans a text now and lets the dispatcher decide on it.</summary>
    public async Task<long> DecideAsync(SubscriberId id)
    {
        var campaign = _campaign ??= await AddCampaignAsync();
        var message = await portal.Database.WriteAsync(
            async db =>
            {
                var text = new OutboundMessage
                {
                    SubscriberId = id, CampaignId = await db.OutboundMessages.AnyAsync(m => m.SubscriberId == id) ? await CopyAsync(db, campaign) : campaign, Kind = MessageKind.Campaign,
                    MessageClass = portal.Offers.MessageClass, PurposeId = portal.Offers.Id, ClientRef = Guid.CreateVersion7().ToString("N"), PlannedAt = portal.Now, DueAt = portal.Now,
                    State = MessageState.Planned,
                };
                db.OutboundMessages.Add(text);
                await db.SaveChangesAsync();
                return text.Id;
            },
            default);
        var gate = portal.Get<SendingGate>();
        var decisions = new DispatchDecisions(
            portal.Database, portal.Get<SendFactsReader>(), portal.Get<SubjectKeys>(), gate, portal.Get<PublicAddress>(), portal.Get<ShortLinks>(), Options.Create(new DispatchOptions()), portal.Clock);
        foreach (var text in (await decisions.CommitAsync([message], default)).Allowed)
            gate.Leave(text.SubscriberId);
        return message;
    }

    public async Task<OutboundMessage> FindAsync(long id)
    {
        await using var db = portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().SingleAsync(m => m.Id == id);
    }

    public async Task<IReadOnlyList<SimulatedTextRow>> ListAsync(SimulatedTextQuery query) => (await portal.Get<SimulatedTextList>().PageAsync(author, query, default)).Rows;

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    // One text a person and campaign: a second one needs a campaign of its own.
    private async Task<CampaignId> CopyAsync(PortalDbContext db, CampaignId id)
    {
        var segment = (await db.Campaigns.SingleAsync(c => c.Id == id)).SegmentId;
        var copy = Sending(segment);
        db.Campaigns.Add(copy);
        await db.SaveChangesAsync();
        return copy.Id;
    }

    private async Task<CampaignId> AddCampaignAsync()
    {
        var segment = await portal.Get<SaveSegment>().ExecuteAsync(portal.Staff, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default);
        var campaign = Sending(segment.Value);
        await portal.Database.WriteAsync(db => Task.FromResult(db.Campaigns.Add(campaign)), default);
        return campaign.Id;
    }

    private Campaign Sending(SegmentId segment)
    {
        var campaign = new Campaign
        {
            Id = CampaignId.New(portal.Now), Name = "Hello", PurposeId = portal.Offers.Id, SegmentId = segment, SegmentVersion = 1, StartAt = portal.Now, AuthorId = Guid.CreateVersion7(),
            Body = "Aurora: hello {{ firstName | default: \"there\" }}. Reply STOP to opt out.", CreatedAt = portal.Now, DryRunId = Guid.CreateVersion7(),
        };
        campaign.Submit(Guid.CreateVersion7());
        campaign.Approve(Guid.CreateVersion7(), "hash", portal.Now);
        campaign.Start("hash", portal.Now);
        campaign.BeginSending();
        return campaign;
    }
}
