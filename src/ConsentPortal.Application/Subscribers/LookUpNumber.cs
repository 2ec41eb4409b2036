using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using LineType = ConsentPortal.Domain.Subscribers.LineType;

namespace ConsentPortal.Application.Subscribers;

/// <param name="LineType">As it stands now; as before where the provider did not know.</param>
/// <param name="State">As it stands now.</param>
/// <param name="Carrier">The name of the carrier that has the number; null where the provider did not say.</param>
/// <param name="IsPorted">Whether it left the carrier that first issued it; null where that is not known.</param>
/// <param name="IsReachable">Whether the handset was reached just now; null where the provider did not say.</param>
public sealed record LookedUpNumber(LineType LineType, NumberState State, string? Carrier, bool? IsPorted, bool? IsReachable);

/// <summary>
/// Asks the provider what kind of line a number is, which carrier has it and whether it is reached, and keeps the answer with the person. The question tells
/// the provider the number and costs money. A number that the network gave up for good is not revived by it: whoever answers there may be its next owner.
/// </summary>
public sealed class LookUpNumber(PortalDatabase database, SubscriberVault vault, ISmsGateway gateway, TimeProvider clock)
{
    internal const string LookedUp = "number.lookedUp";

    public async Task<Result<LookedUpNumber>> ExecuteAsync(Actor actor, SubscriberId id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        if (!gateway.HasAccount)
            return new NoAccountForLookUp();
        if (!(await OpenAsync(id, cancellationToken)).TryGet(out var asked, out var refused))
            return refused;
        var answer = await gateway.LookUpLineAsync(asked.Phone, cancellationToken);
        // It is paid for, and the number was told: what came of it is kept although the asker has left.
        return await database.WriteAsync(db => KeepAsync(db, actor, id, asked.Period, answer, CancellationToken.None), CancellationToken.None);
    }

    private async Task<Result<(string Phone, NumberPeriodId Period)>> OpenAsync(SubscriberId id, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var person = await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.ErasedAt == null && s.MergedIntoId == null, cancellationToken);
        if (person is null || vault.Open(person) is not { } opened)
            return new SubscriberNotFound();
        if (person.IsRestricted)
            return new RestrictedFromLookUp();
        return person.NumberState == NumberState.Reassigned ? new NumberOfSomebodyElse() : (opened.Phone.E164, person.CurrentPeriodId);
    }

    private async Task<Result<LookedUpNumber>> KeepAsync(PortalDbContext db, Actor actor, SubscriberId id, NumberPeriodId period, Result<LineInsight> answer, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!answer.TryGet(out var line, out var silence))
        {
            db.Audit(actor, now, new AuditFact("number.lookUpFailed", "subscriber", id.ToString(), id, After: new Dictionary<string, object?> { ["code"] = (silence as ProviderDidNotAnswer)?.Code }));
            return silence;
        }

        if (await db.Subscribers.AsNoTracking().FirstOrDefaultAsync(s => s.Id == id && s.ErasedAt == null && s.CurrentPeriodId == period, cancellationToken) is not { } person)
            return new NumberChangedMeanwhile();
        var (kind, network, state) = (KindOf(line.LineType) ?? person.LineType, line.CurrentCarrier?.NetworkCode ?? person.NetworkCode, StateOf(person.NumberState, line));
        var strikes = state == NumberState.Usable && line.IsReachable == true ? 0 : person.SoftStrikes;
        var kept = await db.Subscribers.Where(s => s.Id == id && s.ErasedAt == null && s.CurrentPeriodId == period && s.NumberState == person.NumberState)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.LineType, kind).SetProperty(x => x.NetworkCode, network).SetProperty(x => x.NumberState, state).SetProperty(x => x.SoftStrikes, strikes), cancellationToken);
        if (kept == 0)
            return new NumberChangedMeanwhile();
        db.Audit(actor, now, new AuditFact(LookedUp, "subscriber", id.ToString(), id,
            Before: new Dictionary<string, object?> { ["lineType"] = person.LineType, ["network"] = person.NetworkCode },
            After: new Dictionary<string, object?> { ["lineType"] = kind, ["network"] = network, ["valid"] = line.IsValidFormat, ["ported"] = line.IsPorted, ["reachable"] = line.IsReachable }));
        if (state != person.NumberState)
            db.Audit(actor, now, new AuditFact(TrustNumber.Judged, "subscriber", id.ToString(), id, "The provider was asked about the number.",
                new Dictionary<string, object?> { ["state"] = person.NumberState }, new Dictionary<string, object?> { ["state"] = state }));
        return new LookedUpNumber(kind, state, line.CurrentCarrier?.Name, line.IsPorted, line.IsReachable);
    }

    private static NumberState StateOf(NumberState before, LineInsight line) =>
        line.IsValidFormat == false ? NumberState.Invalid
        : before == NumberState.Suspect && line.IsReachable == true ? NumberState.Usable
        : before;

    /// <returns>Null where the provider did not know.</returns>
    private static LineType? KindOf(Messaging.LineType line) => line switch
    {
        Messaging.LineType.Unknown => null,
        Messaging.LineType.Mobile => LineType.Mobile,
        Messaging.LineType.Landline => LineType.FixedLine,
        Messaging.LineType.TollFree => LineType.TollFree,
        Messaging.LineType.Premium => LineType.PremiumRate,
        Messaging.LineType.Virtual => LineType.Voip,
        Messaging.LineType.Pager => LineType.Pager,
    };
}

public sealed record NoAccountForLookUp() : Failure("The portal has no account at the provider, so there is nobody to ask. Nothing was changed; set up section Vonage of the settings.");

public sealed record RestrictedFromLookUp() : Failure("This person's data are restricted: stored, and not used. Nobody was asked and nothing was changed; lift the restriction first.");

public sealed record NumberOfSomebodyElse() : Failure("The number has a new owner, about whom nobody here asks. Nobody was asked and nothing was changed; give the person their new number.");

public sealed record NumberChangedMeanwhile() : Failure("The number was changed while the provider was asked. Its answer was not kept; load the page and ask again.");
