using System.Text.Json;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>
/// Fills an empty portal with a believable business, so that every page has something to show. It invents everybody: the
/// numbers are random ones of the right form, and only the simulator ever hears of them.
/// </summary>
public sealed class DemoPortal(
    PortalDatabase database, DemoProgress progress, DemoStaff staff, DemoPurposes purposes, DemoPeople people, DemoPrompts prompts, DemoCampaigns campaigns, DemoInbox inbox, DemoRequests requests, DemoTemplates templates,
    DemoDifferences differences, DemoEvidence evidence, DemoLimits limits, TimeProvider clock)
{
    public const int UsualSize = 10_000;

    /// <summary>Does nothing in a portal that has subscribers or purposes already, unless they are those of a demo that was not finished: that one is gone on with.</summary>
    /// <param name="subscribers">How many people to invent; one that was begun goes on to the number that it was begun with.</param>
    /// <param name="say">Told of the progress, a line at a time.</param>
    /// <returns>How many people the demo has; 0 when there was data and nothing was added.</returns>
    public async Task<int> EnsureAsync(int subscribers, Action<string> say, CancellationToken cancellationToken)
    {
        await staff.EnsureAsync(cancellationToken);
        var begun = await progress.FindAsync(cancellationToken);
        if (begun is { IsFinished: true } || (begun is null && await HasDataAsync(cancellationToken)))
            return 0;
        say(begun is null ? "Making demo data …" : "Going on with the demo data that an earlier start did not finish …");
        begun ??= await BeginAsync(subscribers, cancellationToken);
        await FillAsync(begun, say, cancellationToken);
        await progress.FinishAsync(cancellationToken);
        return begun.Subscribers;
    }

    private async Task<bool> HasDataAsync(CancellationToken cancellationToken)
    {
        await using var look = database.Open();
        return await look.Purposes.AnyAsync(cancellationToken) || await look.Subscribers.AnyAsync(cancellationToken);
    }

    private async Task FillAsync(DemoBegun begun, Action<string> say, CancellationToken cancellationToken)
    {
        var shop = await purposes.EnsureAsync(begun.At, cancellationToken);
        await DoAsync("limits", () => limits.AddAsync(cancellationToken));
        await people.AddAsync(shop, begun, say, cancellationToken);
        await DoAsync("prompts", () => prompts.AddAsync(begun.At, cancellationToken));
        await DoAsync("campaigns", () => campaigns.AddAsync(shop, cancellationToken));
        await DoAsync("inbox", () => inbox.AddAsync(cancellationToken));
        await DoAsync("requests", () => requests.AddAsync(cancellationToken));
        await DoAsync("templates", () => templates.AddAsync(shop, cancellationToken));
        await DoAsync("differences", () => differences.AddAsync(shop, cancellationToken));
        await DoAsync("evidence", () => evidence.AddAsync(cancellationToken));
        say("  campaigns, segments, templates, texts from handsets, differences with the provider, privacy requests and reports");

        Task DoAsync(string step, Func<Task> work) => progress.DoAsync(step, work, cancellationToken);
    }

    private async Task<DemoBegun> BeginAsync(int subscribers, CancellationToken cancellationToken)
    {
        var begun = new DemoBegun(clock.GetUtcNow(), subscribers, 0, [], IsFinished: false);
        await database.WriteAsync(
            db =>
            {
                DemoProgress.Begin(db, begun);
                db.PortalSettings.Add(new PortalSetting
                {
                    Name = PortalSetting.Organisation,
                    Json = JsonSerializer.Serialize(new { name = "Aurora Outfitters", country = "US", zone = "America/New_York", privacyContact = "privacy@aurora.example" }),
                });
                return Task.CompletedTask;
            },
            cancellationToken);
        return begun;
    }
}
