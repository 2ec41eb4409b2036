using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging.Limits;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <summary>What the shop's registration allows for the one carrier that the simulator knows.</summary>
public sealed class DemoLimits(PortalDatabase database, SaveSendingLimit save)
{
    /// <summary>More than anybody sends to the demo's people in a day, so that the page has something to show and nothing waits for it.</summary>
    private static readonly SendingLimitDraft Daily = new(DemoPurposes.Sender, "Simulated Mobile", "US", "99901", PartsPerMinute: null, PartsPerDay: 200_000, "America/Los_Angeles");

    public async Task AddAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        if (await db.SendingLimits.AnyAsync(cancellationToken))
            return;
        if ((await save.ExecuteAsync(Actor.Job("demo"), null, Daily, cancellationToken)).Failure is { } failure)
            throw new InvalidOperationException($"The demo data could not be made: {failure.Message}");
    }
}
