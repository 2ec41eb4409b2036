using System.Text.Json;
using ConsentPortal.Application.Database;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Demo;

/// <param name="At">When it was begun (UTC): people are invented by the same clock however often it is gone on with.</param>
/// <param name="Subscribers">How many people it shall have.</param>
/// <param name="Added">How many of them are there, in the order in which they are invented.</param>
/// <param name="Done">The steps that are done.</param>
internal sealed record DemoBegun(DateTimeOffset At, int Subscribers, int Added, IReadOnlyList<string> Done, bool IsFinished);

/// <summary>
/// How far the demo business has come, kept in its own database: what a killed start has left half-made the next one goes on with. The process may have died
/// between a step and its note, or in the middle of the step, so each step looks at what is there before it adds anything.
/// </summary>
public sealed class DemoProgress(PortalDatabase database)
{
    /// <returns>Null in a portal whose data are not, or not yet, those of the demo.</returns>
    internal async Task<DemoBegun?> FindAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.Demo).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : Read(json);
    }

    internal static void Begin(PortalDbContext db, DemoBegun begun) => db.PortalSettings.Add(new PortalSetting { Name = PortalSetting.Demo, Json = JsonSerializer.Serialize(begun) });

    /// <summary>Part of the caller's transaction.</summary>
    internal static async Task NoteAsync(PortalDbContext db, Func<DemoBegun, DemoBegun> change, CancellationToken cancellationToken)
    {
        var setting = (await db.PortalSettings.FindAsync([PortalSetting.Demo], cancellationToken))!;
        setting.Json = JsonSerializer.Serialize(change(Read(setting.Json)));
    }

    internal Task FinishAsync(CancellationToken cancellationToken) => database.WriteAsync(db => NoteAsync(db, begun => begun with { IsFinished = true }, cancellationToken), cancellationToken);

    internal async Task<bool> IsDoneAsync(string step, CancellationToken cancellationToken) => (await FindAsync(cancellationToken))!.Done.Contains(step);

    /// <summary>Does a step unless it was done before.</summary>
    internal async Task DoAsync(string step, Func<Task> work, CancellationToken cancellationToken)
    {
        if (await IsDoneAsync(step, cancellationToken))
            return;
        await work();
        await database.WriteAsync(db => NoteAsync(db, begun => begun with { Done = [.. begun.Done, step] }, cancellationToken), cancellationToken);
    }

    private static DemoBegun Read(string json) => JsonSerializer.Deserialize<DemoBegun>(json)!;
}
