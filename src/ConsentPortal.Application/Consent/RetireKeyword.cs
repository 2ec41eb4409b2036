using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;

namespace ConsentPortal.Application.Consent;

/// <summary>Ends a word by which people joined a purpose. Those who joined by it stay; the word is free for another purpose.</summary>
public sealed class RetireKeyword(PortalDatabase database, TimeProvider clock)
{
    public async Task<Result<Done>> ExecuteAsync(Actor actor, long keywordId, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditWordings);
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var keyword = await db.PurposeKeywords.FindAsync([keywordId], cancellationToken);
                if (keyword is null || keyword.RetiredAt is not null)
                    return new KeywordNotInUse();
                keyword.RetiredAt = now;
                db.Audit(actor, now, new AuditFact("purpose.keywordRetired", "purpose", keyword.PurposeId.ToString(),
                    Before: new Dictionary<string, object?> { ["word"] = keyword.Word, ["language"] = keyword.Language, ["sender"] = keyword.Sender }));
                return Done.Value;
            },
            cancellationToken);
    }
}

public sealed record KeywordNotInUse() : Failure("This word is not in use any more. Nothing was changed; load the page again.");
