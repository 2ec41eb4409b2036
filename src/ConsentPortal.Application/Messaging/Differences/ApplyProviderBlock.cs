using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Policy;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Policy;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>
/// Makes a block at the provider a stop here: everybody who has the number withdraws, with the provider as the source. The
/// other way round there is nothing to apply: only the person's own act starts texts again.
/// </summary>
public sealed class ApplyProviderBlock(PortalDatabase database, SendingGate gate, TimeProvider clock)
{
    /// <returns>How many people have the number.</returns>
    public async Task<Result<int>> ExecuteAsync(Actor actor, long id, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<int>>(
            async db =>
            {
                if (await db.ProviderVerdicts.FirstOrDefaultAsync(v => v.Id == id, cancellationToken) is not { } verdict)
                    return new DifferenceNotFound();
                if (verdict.Word != ProviderWord.Blocked)
                    return new NothingToApply();
                var isDifferent = (await ProviderComparison.ReadAsync(db, [verdict], now, cancellationToken)).Between(verdict) == ProviderDifference.BlockedThere;
                verdict.Settle();
                return isDifferent ? await ApplyAsync(db, actor, verdict, now, cancellationToken) : new DifferenceIsOver();
            },
            cancellationToken);
    }

    private async Task<int> ApplyAsync(PortalDbContext db, Actor actor, ProviderVerdict verdict, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var people = await WithdrawConsent.WithNumberAsync(db, verdict.PhoneHash, cancellationToken);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        var policy = await ActivePolicy.AtAsync(db, now, cancellationToken);
        var scope = policy.OptOutScope == OptOutScope.Everything ? SuppressionScope.All : SuppressionScope.Sender;
        var withdrawal = new Withdrawal(
            scope, SuppressionSource.Carrier, ConsentChannel.Provider, ReasonOf(verdict), now, IsActOfPerson: false, Sender: scope == SuppressionScope.Sender ? verdict.Sender : null);
        await WithdrawConsent.ApplyToNumberAsync(db, actor, verdict.PhoneHash, people, withdrawal, now, cancellationToken);
        db.Audit(actor, now, new AuditFact("provider.blockApplied", "providerDifference", verdict.Id.ToString(CultureInfo.InvariantCulture), people.Count == 1 ? people[0].Id : null, withdrawal.Reason,
            After: new Dictionary<string, object?>
            {
                ["number"] = SuppressionLabel.Of(verdict.PhoneHash), ["sender"] = verdict.Sender, ["evidence"] = verdict.Evidence, ["code"] = verdict.Code, ["saidAt"] = verdict.SaidAt,
                ["scope"] = scope, ["people"] = people.Count,
            }));
        return people.Count;
    }

    private static string ReasonOf(ProviderVerdict verdict)
    {
        var how = verdict.Evidence switch
        {
            ProviderEvidence.OptedOut => "a receipt says that the person has opted out",
            ProviderEvidence.Barred => "the number is barred",
            ProviderEvidence.Records => "its records say that the person has opted out",
            ProviderEvidence.List or ProviderEvidence.Delivered or ProviderEvidence.NotOnList => "the number stands on its list",
        };
        var code = verdict.Code is null ? "" : $" (code {verdict.Code})";
        return string.Create(CultureInfo.InvariantCulture, $"The provider blocks the number: {how}{code}, {verdict.SaidAt.UtcDateTime:d MMM yyyy}.");
    }
}

public sealed record DifferenceNotFound() : Failure("There is no such difference. Nothing was changed; load the page again.");

public sealed record DifferenceIsOver() : Failure("The two sides agree by now, so there was nothing left to do. No consent was changed; load the page again.");

public sealed record NothingToApply() : Failure("The provider accepts texts to this number, and nothing here can start because of that: only the person's own act does. Nothing was changed; say why it differs instead.");
