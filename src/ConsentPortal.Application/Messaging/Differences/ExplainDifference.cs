using System.Globalization;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <summary>Keeps why the two sides differ and who said so; the difference waits for nobody from then on. No consent changes by it.</summary>
public sealed class ExplainDifference(PortalDatabase database, SubscriberVault vault, LookupHash hashes, TimeProvider clock)
{
    public const int Longest = 400;

    public async Task<Result<Done>> ExecuteAsync(Actor actor, long id, string explanation, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        var words = explanation.Trim();
        if (!ReasonNeeded.IsMetBy(words))
            return new ReasonNeeded();
        if (words.Length > Longest)
            return new ExplanationTooLong();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                if (await db.ProviderVerdicts.FirstOrDefaultAsync(v => v.Id == id, cancellationToken) is not { } verdict)
                    return new DifferenceNotFound();
                if (verdict.Difference == ProviderDifference.None)
                    return new DifferenceIsOver();
                var people = await WithdrawConsent.WithNumberAsync(db, verdict.PhoneHash, cancellationToken);
                if (NumberInText.Is(hashes, verdict.PhoneHash, words) || people.Exists(person => PersonTraces.Refusal(vault, person, words) is not null))
                    return new ReasonNamesPerson();
                var before = new Dictionary<string, object?> { ["explainedAt"] = verdict.ExplainedAt };
                (verdict.IsExplained, verdict.ExplainedAt, verdict.ExplainedById, verdict.Explanation) = (true, now, actor.Id, words);
                db.Audit(actor, now, new AuditFact("provider.differenceExplained", "providerDifference", id.ToString(CultureInfo.InvariantCulture), people.Count == 1 ? people[0].Id : null, words, before,
                    new Dictionary<string, object?>
                    {
                        ["explainedAt"] = now, ["number"] = SuppressionLabel.Of(verdict.PhoneHash), ["sender"] = verdict.Sender, ["difference"] = verdict.Difference, ["evidence"] = verdict.Evidence,
                        ["code"] = verdict.Code, ["saidAt"] = verdict.SaidAt,
                    }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record ExplanationTooLong() : Failure("The explanation has more than 400 characters. Nothing was changed; say it shorter.");
