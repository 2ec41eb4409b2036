using System.Runtime.CompilerServices;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Application.Policy;
using ConsentPortal.Application.Preferences;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Campaigns;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Campaigns;

/// <summary>
/// Asks for everybody in the audience what the dispatcher will ask: the same facts, the same merged text, the same policy,
/// at the instant at which the campaign starts. Nothing is planned and nothing is sent.
/// </summary>
public sealed class RunDryRun(PortalDatabase database, SendFactsReader facts, PublicAddress address, ShortLinks links, PartPrices prices, TimeProvider clock)
{
    private const int BatchSize = 1_000;

    /// <param name="progress">Told how many people were judged so far.</param>
    /// <returns>The id of the dry run, which the campaign names from now on.</returns>
    public async Task<Result<Guid>> ExecuteAsync(Actor actor, CampaignId id, IProgress<int> progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditCampaigns);
        var now = clock.GetUtcNow();
        var plan = await ReadAsync(id, now, cancellationToken);
        if (!plan.TryGet(out var dryRun, out var refused))
            return refused;
        var tally = await JudgeAsync(dryRun, progress, cancellationToken);
        return await KeepAsync(actor, id, dryRun, tally, await ReckonAsync(dryRun, tally, cancellationToken), now, cancellationToken);
    }

    /// <summary>Adds what the past tells: prices, and how many people earlier campaigns made stop.</summary>
    private async Task<DryRunDetail> ReckonAsync(Plan plan, DryRunTally tally, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var (detail, known) = (tally.Detail, await prices.ReadAsync(db, cancellationToken));
        return detail with
        {
            Countries = [.. detail.Countries.Select(c => c with { Price = known.GetValueOrDefault(c.Region) })],
            Past = await PastOptOuts.ReadAsync(db, plan.Campaign, cancellationToken),
        };
    }

    private async Task<Result<Plan>> ReadAsync(CampaignId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var campaign = await db.Campaigns.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancellationToken);
        if (campaign is null)
            return new CampaignNotFound();
        if (campaign.Status is not (CampaignStatus.Draft or CampaignStatus.ChangesRequested))
            return new CampaignNotReady($"This campaign is {campaign.Status}. Its dry run is part of what was sent to review and stays as it is.");
        var purpose = await db.Purposes.AsNoTracking().SingleAsync(p => p.Id == campaign.PurposeId, cancellationToken);
        if (!CampaignTemplates.Parse(campaign).TryGet(out var templates, out var refused))
            return refused;
        if (await AttributeFields.RefusalAsync(db, templates.All, cancellationToken) is { } unknown)
            return unknown;
        var audience = await CampaignAudience.ReadAsync(db, campaign, purpose, cancellationToken);
        var start = campaign.StartAt > now ? campaign.StartAt : now;
        return new Plan(campaign, await CampaignReach.HashWithoutDryRunAsync(db, campaign, purpose, cancellationToken), purpose, templates, links.Of(campaign), audience, await audience.LineAsync(db, start, cancellationToken), await ActivePolicy.AtAsync(db, start, cancellationToken), start)
        {
            Sender = await SenderLimits.OfAsync(db, purpose.Sender, cancellationToken),
        };
    }

    /// <summary>Batches are judged side by side and counted one after the other.</summary>
    private async Task<DryRunTally> JudgeAsync(Plan plan, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var tally = new DryRunTally(plan.Start, plan.Campaign.NotAfter, plan.Policy, plan.Campaign.TextsPerMinute, plan.Sender);
        var question = new SendQuestion(plan.Purpose, plan.Purpose.MessageClass, plan.Campaign.Subject) { Timing = plan.Campaign.Timing };
        var (bodies, named) = (new SharedBodies(plan.Links), plan.Templates.Attributes);
        var counting = new Lock();
        await Parallel.ForEachAsync(
            AudienceAsync(plan, cancellationToken), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (ids, cancellation) =>
            {
                // A context for each batch: nothing of the people before stays in memory.
                await using var db = database.Open();
                var left = await plan.Audience.LeftOutAsync(db, ids, plan.Line, plan.Start, cancellation);
                var asked = left.Count == 0 ? ids : [.. ids.Where(person => !left.ContainsKey(person))];
                var attributes = await AttributesOfPeople.ReadAsync(db, asked, named, cancellation);
                var judged = Judge(plan, bodies, await facts.ReadAsync(db, asked, question, plan.Start, cancellation), attributes);
                lock (counting)
                {
                    foreach (var (person, reason) in left)
                        tally.LeaveOut(person, reason);
                    foreach (var person in judged)
                        tally.Add(person);
                    progress.Report(tally.Audience);
                }
            });
        return tally;
    }

    private async IAsyncEnumerable<IReadOnlyList<SubscriberId>> AudienceAsync(Plan plan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var last = new SubscriberId(Guid.Empty);
        while (true)
        {
            await using var db = database.Open();
            var ids = await plan.Audience.People(db, last, plan.Start).Select(s => s.Id).Take(BatchSize).ToListAsync(cancellationToken);
            if (ids.Count == 0)
                yield break;
            last = ids[^1];
            yield return ids;
        }
    }

    private List<JudgedPerson> Judge(Plan plan, SharedBodies bodies, IReadOnlyDictionary<SubscriberId, PersonFacts> people, AttributesOfPeople attributes)
    {
        var judged = new List<JudgedPerson>(people.Count);
        foreach (var person in people.Values)
        {
            var variant = plan.Campaign.VariantOf(person.Id);
            var (template, language, match) = plan.Templates.Of(variant, person.Language);
            var text = template.Render(MergeValues.Of(person, plan.Purpose, template, address, language, attributes));
            var body = bodies.Of(text.Text);
            var known = person.Facts with { Body = body };
            judged.Add(new JudgedPerson(person.Id, SendPolicy.Evaluate(known, plan.Policy, plan.Start), body.Measure, text.Missing, variant)
            {
                Facts = known, Language = language, FellBackFrom = language is not null && match == LanguageMatch.Usual ? TextLanguage.Normal(person.Language ?? JudgedPerson.NotKnown) : null,
            });
        }

        return judged;
    }

    private async Task<Result<Guid>> KeepAsync(Actor actor, CampaignId id, Plan plan, DryRunTally tally, DryRunDetail detail, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var run = new DryRun
        {
            Id = Guid.CreateVersion7(now), CampaignId = id, At = now, ContentHash = plan.ContentHash,
            Audience = tally.Audience, Allowed = tally.Allowed, Deferred = tally.Deferred, Excluded = tally.Excluded, DetailJson = detail.Write(),
        };
        var kept = await CampaignChange.ApplyAsync(
            database, id, now,
            async (db, campaign, purpose) =>
            {
                var isSame = await CampaignReach.HashWithoutDryRunAsync(db, campaign, purpose, cancellationToken) == run.ContentHash;
                if (!isSame || campaign.Status is not (CampaignStatus.Draft or CampaignStatus.ChangesRequested))
                    return new ChangedMeanwhile();
                db.DryRuns.Add(run);
                campaign.DryRunId = run.Id;
                db.AuditCampaign(actor, now, campaign, "campaign.dryRun", after: new Dictionary<string, object?>
                {
                    ["dryRun"] = run.Id.ToString(), ["audience"] = run.Audience, ["allowed"] = run.Allowed, ["deferred"] = run.Deferred, ["excluded"] = run.Excluded,
                });
                return Done.Value;
            },
            cancellationToken);
        return kept.IsSuccess ? run.Id : kept.Failure;
    }

    private sealed record Plan(
        Campaign Campaign, string ContentHash, Purpose Purpose, CampaignTemplates Templates, CampaignLinks? Links, CampaignAudience Audience, long? Line, PolicyVersion Policy, DateTimeOffset Start)
    {
        public SenderLimits? Sender { get; init; }
    }
}
