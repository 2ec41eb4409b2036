using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Breaches;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Breaches;

/// <summary>Changes what is known of a breach: facts come in phases (GDPR art. 33(4)). A closed one opens again with it.</summary>
public sealed class EditBreach(PortalDatabase database, TimeProvider clock)
{
    /// <param name="version">Of the entry that was edited.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, Guid version, BreachText text, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageBreaches);
        var now = clock.GetUtcNow();
        if (text.Refusal(now) is { } refused)
            return refused;
        return await BreachChange.ApplyAsync(
            database, actor, id, now, "breach.changed", [],
            (_, breach) =>
            {
                if (breach.Version != version)
                    return Task.FromResult<Result<Done>>(new ChangedMeanwhile());
                if (text.MovesTheClock(breach) && (BreachText.OrNull(text.Grounds) is not { } grounds || grounds == breach.Grounds))
                    return Task.FromResult<Result<Done>>(new BreachRefused("The 72 hours begin when the organisation became aware, and another time was given. Nothing was saved; say under the grounds why it is another one, and save again."));
                text.WriteTo(breach);
                breach.Reopen();
                return Task.FromResult<Result<Done>>(Done.Value);
            },
            cancellationToken);
    }
}

/// <summary>Records that an authority, the people or somebody else was told.</summary>
public sealed class TellOfBreach(PortalDatabase database, TimeProvider clock)
{
    /// <param name="toldAt">UTC.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, NoticeKind kind, string whom, string how, DateTimeOffset toldAt, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageBreaches);
        var now = clock.GetUtcNow();
        if (whom.Trim().Length < 2 || how.Trim().Length < 2)
            return new BreachRefused("Say who was told, and how. Nothing was saved.");
        if (toldAt > now)
            return new BreachRefused("Nobody can have been told later than now. Nothing was saved; check the time, it is UTC.");
        return await BreachChange.ApplyAsync(
            database, actor, id, now, "breach.told", new Dictionary<string, object?> { ["told"] = kind, ["toldAt"] = toldAt, ["whomAndHowSha256"] = BreachText.Hash(whom.Trim(), how.Trim()) },
            (db, breach) =>
            {
                if (toldAt < breach.AwareAt)
                    return Task.FromResult<Result<Done>>(new BreachRefused("Nobody can have been told before the organisation became aware. Nothing was saved; check the time, it is UTC."));
                db.BreachNotices.Add(new BreachNotice { BreachId = id, Kind = kind, Whom = whom.Trim(), How = how.Trim(), ToldAt = toldAt, RecordedAt = now, RecordedBy = actor.Name });
                return Task.FromResult<Result<Done>>(Done.Value);
            },
            cancellationToken);
    }
}

/// <summary>Ends the work on a breach once everybody was told who has to be, or it is on record why not.</summary>
public sealed class CloseBreach(PortalDatabase database, TimeProvider clock)
{
    /// <param name="grounds">Replaces those on record where it says something.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid id, string? grounds, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageBreaches);
        var now = clock.GetUtcNow();
        return await BreachChange.ApplyAsync(
            database, actor, id, now, "breach.closed", [],
            async (db, breach) =>
            {
                breach.Grounds = BreachText.OrNull(grounds) ?? breach.Grounds;
                return breach.Close(await db.BreachNotices.AsNoTracking().Where(n => n.BreachId == id).OrderBy(n => n.Id).ToListAsync(cancellationToken), actor.Name, now);
            },
            cancellationToken);
    }
}

/// <summary>Changes one breach in one transaction with its audit entry.</summary>
internal static class BreachChange
{
    /// <param name="more">What the audit entry says beside the facts of the breach.</param>
    public static async Task<Result<Done>> ApplyAsync(
        PortalDatabase database, Actor actor, Guid id, DateTimeOffset now, string action, Dictionary<string, object?> more, Func<PortalDbContext, Breach, Task<Result<Done>>> change,
        CancellationToken cancellationToken)
    {
        try
        {
            return await database.WriteAsync(
                async db =>
                {
                    if (await db.Breaches.FindAsync([id], cancellationToken) is not { } breach)
                        return new BreachNotFound();
                    var before = BreachText.Facts(breach);
                    var outcome = await change(db, breach);
                    if (!outcome.IsSuccess)
                        return outcome;
                    breach.Version = Guid.CreateVersion7(now);
                    var after = BreachText.Facts(breach);
                    foreach (var (name, value) in more)
                        after[name] = value;
                    db.Audit(actor, now, new AuditFact(action, "breach", id.ToString(), Before: before, After: after));
                    return outcome;
                },
                cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new ChangedMeanwhile();
        }
    }
}

public sealed record BreachNotFound() : Failure("There is no such breach in the register. Nothing was changed.");
