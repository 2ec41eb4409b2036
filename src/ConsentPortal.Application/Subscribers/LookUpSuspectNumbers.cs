using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Campaigns;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ConsentPortal.Application.Subscribers;

/// <param name="All">Everybody whose number is suspect.</param>
/// <param name="ToAsk">Of them those who may be asked about, and were not lately; as many at once as one look-up takes.</param>
/// <param name="Euro">What that costs by the configured price of one question.</param>
public sealed record SuspectNumbers(int All, int ToAsk, decimal Euro);

/// <param name="Usable">Were reached, so that marketing goes there again.</param>
/// <param name="Invalid">Can't exist, so that nothing goes there any more.</param>
/// <param name="Suspect">Stay as they were.</param>
/// <param name="Unanswered">The provider said nothing, or the number was changed meanwhile.</param>
/// <param name="Stopped">Why it ended before everybody was asked about; null where nothing stopped it.</param>
public sealed record LookedUpSuspects(int Usable, int Invalid, int Suspect, int Unanswered, Failure? Stopped)
{
    public int Asked => Usable + Invalid + Suspect + Unanswered;
}

/// <summary>
/// Looks up the numbers whose last texts failed (P-06), one after the other and never more at once than somebody has agreed to pay for. Each leaves the entry
/// that <see cref="LookUpNumber"/> leaves, and the whole one more.
/// </summary>
public sealed class LookUpSuspectNumbers(PortalDatabase database, LookUpNumber lookUp, ISmsGateway gateway, IOptions<PriceOptions> prices, TimeProvider clock)
{
    /// <summary>In one look-up.</summary>
    public const int Most = 200;

    /// <summary>A number that was looked up since is left out: what is not reached today is not reached an hour later either, and each question costs money.</summary>
    public static readonly TimeSpan Lately = TimeSpan.FromDays(7);

    /// <summary>After so many questions in a row without an answer nobody is asked any more.</summary>
    private const int MostSilence = 3;

    public async Task<SuspectNumbers> CountAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        await using var db = database.Open();
        var all = await Suspect(db).CountAsync(cancellationToken);
        var toAsk = Math.Min(Most, await ToAsk(db).CountAsync(cancellationToken));
        return new SuspectNumbers(all, toAsk, toAsk * prices.Value.LookUp);
    }

    /// <param name="atMost">So many questions were agreed to: 1 to <see cref="Most"/>.</param>
    /// <param name="progress">Told how many were asked.</param>
    /// <param name="cancellationToken">Ends it after the question that is under way; what was learned until then is kept.</param>
    public async Task<Result<LookedUpSuspects>> ExecuteAsync(Actor actor, int atMost, Action<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.EditSubscribers);
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(atMost, Most);
        if (!gateway.HasAccount)
            return new NoAccountForLookUp();
        List<SubscriberId> people;
        await using (var db = database.Open())
            people = await ToAsk(db).OrderBy(s => s.Id).Select(s => s.Id).Take(atMost).ToListAsync(cancellationToken);
        if (people.Count == 0)
            return new NoSuspectNumbers();
        var (result, silence) = (new LookedUpSuspects(0, 0, 0, 0, null), 0);
        foreach (var person in people)
        {
            if (cancellationToken.IsCancellationRequested)
                break;
            // A question that has left is paid for, so its answer is waited for.
            var answer = await lookUp.ExecuteAsync(actor, person, CancellationToken.None);
            result = Count(result, answer);
            progress?.Invoke(result.Asked);
            silence = answer.Failure is ProviderDidNotAnswer ? silence + 1 : 0;
            if (silence == MostSilence)
            {
                result = result with { Stopped = answer.Failure };
                break;
            }
        }

        await RecordAsync(actor, people.Count, result);
        return result;
    }

    private static IQueryable<Subscriber> Suspect(PortalDbContext db) => db.Subscribers.AsNoTracking().Where(s => s.NumberState == NumberState.Suspect && s.ErasedAt == null && s.MergedIntoId == null);

    private IQueryable<Subscriber> ToAsk(PortalDbContext db)
    {
        var since = clock.GetUtcNow() - Lately;
        return Suspect(db).Where(s => !s.IsRestricted && !db.AuditEntries.Any(e => e.SubscriberId == s.Id && e.At > since && e.Action == LookUpNumber.LookedUp));
    }

    private static LookedUpSuspects Count(LookedUpSuspects before, Result<LookedUpNumber> answer) => !answer.IsSuccess
        ? before with { Unanswered = before.Unanswered + 1 }
        : answer.Value.State switch
        {
            NumberState.Usable => before with { Usable = before.Usable + 1 },
            NumberState.Invalid => before with { Invalid = before.Invalid + 1 },
            NumberState.Suspect or NumberState.Reassigned => before with { Suspect = before.Suspect + 1 },
        };

    /// <summary>Also where the asker has left meanwhile: the questions were asked.</summary>
    private Task RecordAsync(Actor actor, int chosen, LookedUpSuspects result) => database.WriteAsync(
        db =>
        {
            db.Audit(actor, clock.GetUtcNow(), new AuditFact("number.suspectsLookedUp", "numbers", "suspect", After: new Dictionary<string, object?>
            {
                ["chosen"] = chosen, ["asked"] = result.Asked, ["usable"] = result.Usable, ["invalid"] = result.Invalid, ["suspect"] = result.Suspect, ["unanswered"] = result.Unanswered,
            }));
            return Task.CompletedTask;
        },
        CancellationToken.None);
}

public sealed record NoSuspectNumbers() : Failure("No suspect number is left that was not looked up in the last week. Nobody was asked.");
