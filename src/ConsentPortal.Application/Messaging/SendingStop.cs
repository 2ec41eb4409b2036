using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging;

/// <summary>Why nothing leaves at present.</summary>
/// <param name="Sentence">For staff; free of personal data.</param>
/// <param name="Since">The first refusal (UTC).</param>
public sealed record SendingStop(StopCause Cause, string Code, string Sentence, DateTimeOffset Since)
{
    /// <summary>Receipts said so, after the provider had taken the texts: nothing leaves, and no later text ends it, until a person does.</summary>
    public bool IsHeld { get; init; }
}

/// <summary>Keeps, for everybody who wonders, why the provider takes no texts, for as long as it takes none.</summary>
public sealed class SendingStopNotice(PortalDatabase database, TimeProvider clock)
{
    private static readonly Actor Dispatcher = Actor.Job("dispatcher");

    /// <returns>Null while texts leave, or none has been refused since they last did.</returns>
    public async Task<SendingStop?> FindAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewCampaigns);
        await using var db = database.Open();
        return await FindAsync(db, cancellationToken);
    }

    internal static async Task<SendingStop?> FindAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var json = await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.SendingStop).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken);
        return json is null ? null : Read(json);
    }

    /// <summary>Whether nothing may leave before a person says so.</summary>
    internal async Task<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await FindAsync(db, cancellationToken) is { IsHeld: true };
    }

    internal static async Task HoldAsync(PortalDbContext db, Actor actor, string code, string sentence, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = await FindAsync(db, cancellationToken);
        await KeepAsync(db, PortalSetting.SendingStop, JsonSerializer.Serialize(new SendingStop(StopCause.Suspended, code, sentence, now) { IsHeld = true }), cancellationToken);
        db.Audit(actor, now, new AuditFact("sending.stopped", "provider", "vonage", Reason: sentence, Before: before is null ? null : Facts(before),
            After: new Dictionary<string, object?> { ["cause"] = StopCause.Suspended, ["code"] = code, ["held"] = true }));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <returns>Whether there was such a stop.</returns>
    internal static async Task<bool> LetGoAsync(PortalDbContext db, Actor actor, string reason, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PortalSettings.FindAsync([PortalSetting.SendingStop], cancellationToken) is not { } kept || !Read(kept.Json).IsHeld)
            return false;
        db.PortalSettings.Remove(kept);
        await KeepAsync(db, PortalSetting.SendingLetGo, JsonSerializer.Serialize(now), cancellationToken);
        db.Audit(actor, now, new AuditFact("sending.resumed", "provider", "vonage", Reason: reason, Before: Facts(Read(kept.Json))));
        return true;
    }

    /// <returns>When a person last let texts leave again (UTC); null for never.</returns>
    internal static async Task<DateTimeOffset?> LetGoAtAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        await db.PortalSettings.AsNoTracking().Where(s => s.Name == PortalSetting.SendingLetGo).Select(s => s.Json).FirstOrDefaultAsync(cancellationToken) is { } json
            ? JsonSerializer.Deserialize<DateTimeOffset>(json)
            : null;

    private static async Task KeepAsync(PortalDbContext db, string name, string json, CancellationToken cancellationToken)
    {
        if (await db.PortalSettings.FindAsync([name], cancellationToken) is { } kept)
            kept.Json = json;
        else
            db.PortalSettings.Add(new PortalSetting { Name = name, Json = json });
    }

    /// <summary>Begins or ends the stop by what came of one batch.</summary>
    internal async Task NoteAsync(IReadOnlyCollection<SendOutcome> outcomes, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (outcomes.OfType<SendOutcome.Stopped>().FirstOrDefault() is { } stopped)
            await database.WriteAsync(db => BeginAsync(db, stopped, now, cancellationToken), cancellationToken);
        else if (outcomes.Any(o => o is SendOutcome.Accepted) && await IsStoppedAsync(cancellationToken))
            await database.WriteAsync(db => EndAsync(db, now, cancellationToken), cancellationToken);
    }

    private async Task<bool> IsStoppedAsync(CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.PortalSettings.AnyAsync(s => s.Name == PortalSetting.SendingStop, cancellationToken);
    }

    private static async Task BeginAsync(PortalDbContext db, SendOutcome.Stopped stopped, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var kept = await db.PortalSettings.FindAsync([PortalSetting.SendingStop], cancellationToken);
        var before = kept is null ? null : Read(kept.Json);
        if (before is { IsHeld: true } || (before?.Cause == stopped.Cause && before.Code == stopped.Code))
            return;
        await KeepAsync(db, PortalSetting.SendingStop, JsonSerializer.Serialize(new SendingStop(stopped.Cause, stopped.Code, stopped.Sentence, before?.Since ?? now)), cancellationToken);
        db.Audit(Dispatcher, now, new AuditFact("sending.stopped", "provider", "vonage", Reason: stopped.Sentence,
            After: new Dictionary<string, object?> { ["cause"] = stopped.Cause, ["code"] = stopped.Code }));
    }

    private static async Task EndAsync(PortalDbContext db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await db.PortalSettings.FindAsync([PortalSetting.SendingStop], cancellationToken) is not { } kept || Read(kept.Json).IsHeld)
            return;
        db.PortalSettings.Remove(kept);
        db.Audit(Dispatcher, now, new AuditFact("sending.resumed", "provider", "vonage", Before: Facts(Read(kept.Json))));
    }

    private static Dictionary<string, object?> Facts(SendingStop stop) => new() { ["cause"] = stop.Cause, ["code"] = stop.Code, ["held"] = stop.IsHeld, ["since"] = stop.Since };

    private static SendingStop Read(string json) => JsonSerializer.Deserialize<SendingStop>(json)!;
}
