using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Consent;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Differences;

/// <param name="Column">Which column holds the numbers, from 0.</param>
/// <param name="Sender">The one of our senders whose list it is: the provider blocks pairs of numbers.</param>
/// <param name="AsOf">When the provider made the list (UTC).</param>
/// <param name="IsComplete">Every number that is blocked for the sender stands on it, so that a missing one is not blocked.</param>
public sealed record ProviderListRequest(NumberFile File, int Column, string Sender, DateTimeOffset AsOf, bool IsComplete);

/// <param name="Known">Numbers of the list that somebody here has.</param>
/// <param name="Strangers">Numbers that nobody here has; nothing of them is kept.</param>
/// <param name="Missing">Numbers that should stand on a complete list and don't.</param>
/// <param name="Refused">The first lines that hold no number.</param>
public sealed record TakenProviderList(int Known, int Strangers, int NotNumbers, int Missing, IReadOnlyList<RefusedLine> Refused)
{
    public int Lines => Known + Strangers + NotNumbers;
}

/// <summary>
/// Takes the provider's list of the numbers that it blocks for one sender. No consent changes by it: it says what the provider
/// says, and the differences come of it. On a complete list are looked for, too, those who were blocked before and those who
/// texted a stop, which the provider has read as well. Running the same list again changes nothing.
/// </summary>
public sealed class TakeProviderList(PortalDatabase database, LookupHash hashes, CompareWithProvider comparison, TimeProvider clock)
{
    /// <summary>Lines without a number that a result lists; all are counted.</summary>
    public const int MostRefused = 1000;

    private const int AtOnce = 500;

    // What else stops a number here the provider has never heard of.
    private static readonly SuppressionSource[] HeardThere = [SuppressionSource.Keyword, SuppressionSource.Carrier];

    /// <summary>Reads the file's columns and size; refuses what can't be read, before anything is asked about it.</summary>
    public Task<Result<NumberFile>> OpenAsync(Actor actor, string path, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        return NumberFile.OpenAsync(path, name, cancellationToken);
    }

    /// <param name="progress">Told how many lines are done.</param>
    public async Task<Result<TakenProviderList>> ExecuteAsync(Actor actor, ProviderListRequest request, Action<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (await RefusalAsync(request, cancellationToken) is { } refused)
            return refused;
        var (result, listed) = (new TakenProviderList(0, 0, 0, 0, []), new HashSet<byte[]>(KeyedHashComparer.Instance));
        await foreach (var lines in request.File.ReadAsync(cancellationToken).Chunk(AtOnce).WithCancellation(cancellationToken))
        {
            result = Sum(result, await TakeAsync(request, lines, listed, cancellationToken));
            progress?.Invoke(result.Lines);
        }

        if (request.IsComplete)
            result = result with { Missing = await UnblockAsync(request, listed, cancellationToken) + await StopsMissingAsync(request, listed, cancellationToken) };
        await RecordAsync(actor, request, result, cancellationToken);
        await comparison.CompareAllAsync(cancellationToken);
        return result;
    }

    private async Task<Failure?> RefusalAsync(ProviderListRequest request, CancellationToken cancellationToken)
    {
        if (request.AsOf > clock.GetUtcNow().AddMinutes(5))
            return new FieldRefused("asOf", "The list would be of the future. Nothing was taken; say when the provider made it.");
        await using var db = database.Open();
        return await db.Purposes.AnyAsync(p => p.Sender == request.Sender, cancellationToken)
            ? null
            : new FieldRefused("sender", "No purpose texts from this sender. Nothing was taken; choose one of the senders in use.");
    }

    private Task<TakenProviderList> TakeAsync(ProviderListRequest request, NumberLine[] lines, HashSet<byte[]> listed, CancellationToken cancellationToken)
    {
        var (numbers, refused) = (new List<byte[]>(), new List<RefusedLine>());
        foreach (var line in lines)
        {
            // The provider writes numbers with their country's code and without the plus.
            if (PhoneNumber.Parse($"+{line.Field(request.Column).TrimStart('+')}", null).TryGet(out var phone, out var failure))
                numbers.Add(hashes.Phone(phone));
            else
                refused.Add(new RefusedLine(line.Number, failure.Message));
        }

        listed.UnionWith(numbers);
        return database.WriteAsJobAsync(
            async db =>
            {
                var known = await WithPeopleAsync(db, numbers, cancellationToken);
                await SayAsync(db, request, known, ProviderWord.Blocked, ProviderEvidence.List, cancellationToken);
                var count = numbers.Count(known.Contains);
                return new TakenProviderList(count, numbers.Count - count, refused.Count, 0, refused);
            },
            cancellationToken);
    }

    /// <summary>Those who were blocked for the sender when the list was made, as far as was known, and do not stand on it.</summary>
    private async Task<int> UnblockAsync(ProviderListRequest request, HashSet<byte[]> listed, CancellationToken cancellationToken)
    {
        var (missing, last) = (0, 0L);
        while (true)
        {
            await using var read = database.Open();
            var page = await read.ProviderVerdicts.AsNoTracking()
                .Where(v => v.Id > last && v.Sender == request.Sender && v.Word == ProviderWord.Blocked && v.SaidAt < request.AsOf)
                .OrderBy(v => v.Id).Take(AtOnce).Select(v => new { v.Id, v.PhoneHash }).ToListAsync(cancellationToken);
            missing += await SayMissingAsync(request, [.. page.Select(v => v.PhoneHash).Where(hash => !listed.Contains(hash))], cancellationToken);
            if (page.Count < AtOnce)
                return missing;
            last = page[^1].Id;
        }
    }

    /// <summary>Those who texted a stop before the list was made and do not stand on it.</summary>
    private async Task<int> StopsMissingAsync(ProviderListRequest request, HashSet<byte[]> listed, CancellationToken cancellationToken)
    {
        await using var read = database.Open();
        var ofSender = await read.Purposes.AsNoTracking().Where(p => p.Sender == request.Sender).ToListAsync(cancellationToken);
        var (missing, last) = (0, 0L);
        while (true)
        {
            var page = await read.Suppressions.AsNoTracking().Where(s => s.Id > last).OrderBy(s => s.Id).Take(AtOnce).ToListAsync(cancellationToken);
            var hashesOfPage = page.Where(s => s.LiftedAt is null && s.At <= request.AsOf && HeardThere.Contains(s.Source) && ofSender.Exists(s.Reaches) && !listed.Contains(s.PhoneHash))
                .Select(s => s.PhoneHash).Distinct(KeyedHashComparer.Instance).ToList();
            // Counted with those who were blocked before, where they were.
            var fresh = await NotSaidAsync(request, hashesOfPage, cancellationToken);
            missing += await SayMissingAsync(request, fresh, cancellationToken);
            if (page.Count < AtOnce)
                return missing;
            last = page[^1].Id;
        }
    }

    private async Task<List<byte[]>> NotSaidAsync(ProviderListRequest request, List<byte[]> numbers, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        var said = await db.ProviderVerdicts.AsNoTracking()
            .Where(v => numbers.Contains(v.PhoneHash) && v.Sender == request.Sender && v.SaidAt >= request.AsOf).Select(v => v.PhoneHash).ToListAsync(cancellationToken);
        return [.. numbers.Except(said, KeyedHashComparer.Instance)];
    }

    private async Task<int> SayMissingAsync(ProviderListRequest request, List<byte[]> numbers, CancellationToken cancellationToken) => numbers.Count == 0 ? 0 : await database.WriteAsJobAsync(
        async db =>
        {
            var known = await WithPeopleAsync(db, numbers, cancellationToken);
            await SayAsync(db, request, known, ProviderWord.Accepts, ProviderEvidence.NotOnList, cancellationToken);
            return known.Count;
        },
        cancellationToken);

    private static async Task<HashSet<byte[]>> WithPeopleAsync(PortalDbContext db, List<byte[]> numbers, CancellationToken cancellationToken) =>
        (await db.Subscribers.AsNoTracking().Where(s => numbers.Contains(s.PhoneHash!) && s.ErasedAt == null).Select(s => s.PhoneHash!).ToListAsync(cancellationToken))
        .ToHashSet(KeyedHashComparer.Instance);

    private Task SayAsync(PortalDbContext db, ProviderListRequest request, HashSet<byte[]> numbers, ProviderWord word, ProviderEvidence evidence, CancellationToken cancellationToken) =>
        ProviderVerdicts.SayAsync(db, [.. numbers.Select(hash => new ProviderSaying(hash, request.Sender, word, evidence, request.AsOf))], clock.GetUtcNow(), cancellationToken);

    private Task RecordAsync(Actor actor, ProviderListRequest request, TakenProviderList result, CancellationToken cancellationToken) => database.WriteAsJobAsync(
        db =>
        {
            db.Audit(actor, clock.GetUtcNow(), new AuditFact("provider.listTaken", "providerList", request.File.Hash, After: new Dictionary<string, object?>
            {
                ["sender"] = request.Sender, ["asOf"] = request.AsOf, ["complete"] = request.IsComplete, ["known"] = result.Known, ["strangers"] = result.Strangers,
                ["notNumbers"] = result.NotNumbers, ["missing"] = result.Missing,
            }));
            return Task.CompletedTask;
        },
        cancellationToken);

    private static TakenProviderList Sum(TakenProviderList before, TakenProviderList batch) => new(
        before.Known + batch.Known, before.Strangers + batch.Strangers, before.NotNumbers + batch.NotNumbers, 0,
        [.. before.Refused, .. batch.Refused.Take(MostRefused - before.Refused.Count)]);
}
