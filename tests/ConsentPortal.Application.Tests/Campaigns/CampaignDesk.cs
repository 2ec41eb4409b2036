using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Segments;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Application.Tests.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Segments;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Tests.Campaigns;

/// <summary>Two members of staff, a segment of everybody with a US number, and the steps from draft to planned.</summary>
internal sealed class CampaignDesk(PeoplePortal portal, Actor author, Actor approver, SegmentId segment)
{
    public const string Text = "Aurora: {{ firstName | default: \"hello\" }}, come in. {{ stopLine }}";

    public PeoplePortal Portal => portal;

    public Actor Author => author;

    public Actor Approver => approver;

    public SegmentId Segment => segment;

    public static async Task<CampaignDesk> OpenAsync(PeoplePortal portal)
    {
        string[] all = [.. PermissionCatalogue.All.Select(p => p.Permission)];
        var segment = await portal.Get<SaveSegment>().ExecuteAsync(portal.Staff, new SegmentEdit(null, "Americans", new NumberCountryIs(["US"])), default);
        return new CampaignDesk(portal, await portal.AddStaffAsync("Mara Lindt", all), await portal.AddStaffAsync("Ben Oduya", all), segment.Value);
    }

    public CampaignEdit Draft(string text = Text, DateTimeOffset? start = null, DateTimeOffset? notAfter = null) =>
        new(null, Guid.Empty, "November news", portal.Offers.Id, segment, text, null, start ?? portal.Now, notAfter);

    public async Task<CampaignId> SaveAsync(CampaignEdit edit) => (await portal.Get<SaveCampaign>().ExecuteAsync(author, edit, default)).Value;

    /// <summary>Saves the campaign again with another text, as somebody would who has it open.</summary>
    public async Task<Result<CampaignId>> RewriteAsync(CampaignId id, string text, string? name = null)
    {
        var view = await ViewAsync(id);
        return await portal.Get<SaveCampaign>().ExecuteAsync(
            author, new CampaignEdit(id, view.Version, name ?? view.Name, view.PurposeId, view.SegmentId, text, view.Subject, view.StartAt, view.NotAfter), default);
    }

    public async Task<CampaignView> ViewAsync(CampaignId id) => (await portal.Get<CampaignDetail>().GetAsync(author, id, default)).Value;

    public Task<Result<Guid>> DryRunAsync(CampaignId id) => portal.Get<RunDryRun>().ExecuteAsync(author, id, new Progress<int>(), default);

    public Task<Result<Done>> SubmitAsync(CampaignId id) => portal.Get<SubmitCampaign>().ExecuteAsync(author, id, default);

    public async Task<Result<Done>> ApproveAsync(CampaignId id, Actor? by = null) =>
        await portal.Get<ApproveCampaign>().ExecuteAsync(by ?? approver, id, (await ViewAsync(id)).ContentHash, default);

    public Task<Result<Done>> LaunchAsync(CampaignId id) => portal.Get<LaunchCampaign>().ExecuteAsync(author, id, default);

    public async Task<CampaignId> InReviewAsync(CampaignEdit? edit = null)
    {
        var id = await SaveAsync(edit ?? Draft());
        Assert.True((await DryRunAsync(id)).IsSuccess);
        Assert.Null((await SubmitAsync(id)).Failure);
        return id;
    }

    public async Task<CampaignId> ApprovedAsync(CampaignEdit? edit = null)
    {
        var id = await InReviewAsync(edit);
        Assert.Null((await ApproveAsync(id)).Failure);
        return id;
    }

    public async Task<CampaignId> LaunchedAsync(CampaignEdit? edit = null)
    {
        var id = await ApprovedAsync(edit);
        Assert.Null((await LaunchAsync(id)).Failure);
        return id;
    }

    /// <summary>A planner of its own, as another process would have, with small batches.</summary>
    public CampaignPlanner Planner(int batch = 4, Microsoft.Extensions.Logging.ILogger<CampaignPlanner>? log = null) =>
        new(portal.Database, new Leases(portal.Database, portal.Clock), portal.Clock, log ?? NullLogger<CampaignPlanner>.Instance) { BatchSize = batch };

    /// <summary>Looks once at the limits of campaigns, as the job does on its own rhythm.</summary>
    public async Task CheckLimitsAsync()
    {
        using var job = new CampaignAutoStop(portal.Database, new Leases(portal.Database, portal.Clock), portal.Clock, NullLogger<CampaignAutoStop>.Instance);
        // Another one looked less than a lease ago.
        portal.Clock.Advance(TimeSpan.FromMinutes(2));
        await job.CheckOnceAsync(default);
    }

    public async Task<IReadOnlyList<OutboundMessage>> TextsAsync(CampaignId id)
    {
        await using var db = portal.Database.Open();
        return await db.OutboundMessages.AsNoTracking().Where(m => m.CampaignId == id).OrderBy(m => m.Id).ToListAsync();
    }

    /// <summary>The dispatcher's decisions on all texts of a campaign that are due; nothing is handed over.</summary>
    /// <returns>Those that may leave.</returns>
    public async Task<IReadOnlyList<AllowedText>> DecideAsync(CampaignId id)
    {
        var gate = portal.Get<SendingGate>();
        var decisions = new DispatchDecisions(
            portal.Database, portal.Get<SendFactsReader>(), portal.Get<SubjectKeys>(), gate, portal.Get<PublicAddress>(), portal.Get<ShortLinks>(), Options.Create(new DispatchOptions()), portal.Clock);
        var allowed = (await decisions.CommitAsync([.. (await TextsAsync(id)).Select(t => t.Id)], default)).Allowed;
        foreach (var text in allowed)
            gate.Leave(text.SubscriberId);
        return allowed;
    }

    /// <summary>Somebody who has agreed and reads a language; null for nobody knows which.</summary>
    public async Task<SubscriberId> ReaderAsync(string? language, string e164, string region = "US")
    {
        var person = new NewSubscriber(new PhoneNumber(e164, region), Domain.Subscribers.LineType.Mobile, new SubscriberProfile("Ada", "Okafor", null), "Web form", language);
        var id = (await portal.Get<AddSubscriber>().ExecuteAsync(portal.Staff, person, default)).Value;
        await portal.ConsentAsync(id);
        return id;
    }

    public async Task<IReadOnlyList<SubscriberId>> PeopleAsync(int count, bool consenting = true)
    {
        var ids = new List<SubscriberId>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await portal.AddPersonAsync($"+1212555{3000 + ids.Count + (consenting ? 0 : 500)}"));
            if (consenting)
                await portal.ConsentAsync(ids[^1]);
        }

        return ids;
    }
}
