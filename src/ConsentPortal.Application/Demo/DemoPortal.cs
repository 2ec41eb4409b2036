using System.Text.Json;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>
/// Fills an empty portal with a believable business, so that every page has something to show. It invents everybody: the
/// numbers are random ones of the right form, and only the simulator ever hears of them.
/// </summary>
public sealed class DemoPortal(
    PortalDatabase database, DemoStaff staff, DemoPurposes purposes, DemoPeople people, DemoCampaigns campaigns, DemoInbox inbox, DemoRequests requests, DemoTemplates templates,
    DemoDifferences differences, DemoEvidence evidence, DemoLimits limits, TimeProvider clock)
{
    public const int UsualSize = 10_000;

    /// <summary>Does nothing in a portal that has subscribers or purposes already.</summary>
    /// <param name="subscribers">How many people to invent.</param>
    /// <param name="say">Told of the progress, a line at a time.</param>
    /// <returns>False when there was data and nothing was added.</returns>
    public async Task<bool> EnsureAsync(int subscribers, Action<string> say, CancellationToken cancellationToken)
    {
        await staff.EnsureAsync(cancellationToken);
        await using (var look = database.Open())
        {
            if (await look.Purposes.AnyAsync(cancellationToken) || await look.Subscribers.AnyAsync(cancellationToken))
                return false;
        }

        say("Making demo data …");
        await SaveOrganisationAsync(cancellationToken);
        var shop = await purposes.AddAsync(clock.GetUtcNow(), cancellationToken);
        await limits.AddAsync(cancellationToken);
        await people.AddAsync(shop, subscribers, say, cancellationToken);
        await campaigns.AddAsync(shop, cancellationToken);
        await inbox.AddAsync(cancellationToken);
        await requests.AddAsync(cancellationToken);
        await templates.AddAsync(shop, cancellationToken);
        await differences.AddAsync(shop, cancellationToken);
        await evidence.AddAsync(cancellationToken);
        say("  campaigns, segments, templates, texts from handsets, differences with the provider, privacy requests and reports");
        return true;
    }

    private Task SaveOrganisationAsync(CancellationToken cancellationToken) => database.WriteAsync(
        db =>
        {
            db.PortalSettings.Add(new PortalSetting
            {
                Name = PortalSetting.Organisation,
                Json = JsonSerializer.Serialize(new { name = "Aurora Outfitters", country = "US", zone = "America/New_York", privacyContact = "privacy@aurora.example" }),
            });
            return Task.CompletedTask;
        },
        cancellationToken);
}
