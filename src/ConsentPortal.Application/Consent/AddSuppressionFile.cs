using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Imports;
using ConsentPortal.Application.Messaging;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

/// <param name="Column">Which column holds the numbers, from 0.</param>
/// <param name="DefaultRegion">Assumed for national numbers; null assumes none.</param>
public sealed record SuppressionFileRequest(NumberFile File, int Column, string? DefaultRegion, SuppressionReach Reach, string Reason);

/// <param name="AlreadyThere">In force before with the same reach, or named twice in the file.</param>
/// <param name="People">How many people here have one of the numbers; their consent has ended.</param>
/// <param name="Refused">The first lines that hold no number.</param>
public sealed record ListedFile(int Added, int AlreadyThere, int NotNumbers, int People, IReadOnlyList<RefusedLine> Refused)
{
    public int Lines => Added + AlreadyThere + NotNumbers;
}

/// <summary>
/// Puts a file of numbers on the do-not-text list, in transactions of a thousand. Running the same file again adds nothing,
/// so a run that was stopped is simply repeated.
/// </summary>
public sealed class AddSuppressionFile(PortalDatabase database, LookupHash hashes, SendingGate gate, TimeProvider clock)
{
    /// <summary>Lines without a number that a result lists; all are counted.</summary>
    public const int MostRefused = 1000;

    private const int LinesAtOnce = 1000;

    /// <summary>Reads the file's columns and size; refuses what can't be read, before anything is asked about it.</summary>
    public Task<Result<NumberFile>> OpenAsync(Actor actor, string path, string name, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        return NumberFile.OpenAsync(path, name, cancellationToken);
    }

    /// <param name="progress">Told how many lines are done.</param>
    public async Task<Result<ListedFile>> ExecuteAsync(Actor actor, SuppressionFileRequest request, Action<int>? progress, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.RecordConsent);
        if (!ReasonNeeded.IsMetBy(request.Reason))
            return new ReasonNeeded();
        if (!string.IsNullOrWhiteSpace(request.DefaultRegion) && CountryWords.Region(request.DefaultRegion) is null)
            return new RegionUnknown(request.DefaultRegion.Trim());
        await using (var db = database.Open())
        {
            if (await request.Reach.RefusalAsync(db, cancellationToken) is { } refused)
                return refused;
        }

        var result = new ListedFile(0, 0, 0, 0, []);
        await foreach (var lines in request.File.ReadAsync(cancellationToken).Chunk(LinesAtOnce).WithCancellation(cancellationToken))
        {
            result = Sum(result, await TakeAsync(actor, request, lines, cancellationToken));
            progress?.Invoke(result.Lines);
        }

        return result;
    }

    private Task<ListedFile> TakeAsync(Actor actor, SuppressionFileRequest request, NumberLine[] lines, CancellationToken cancellationToken)
    {
        var region = string.IsNullOrWhiteSpace(request.DefaultRegion) ? null : CountryWords.Region(request.DefaultRegion);
        var (numbers, refused) = (new Dictionary<string, byte[]>(StringComparer.Ordinal), new List<RefusedLine>());
        foreach (var line in lines)
        {
            if (PhoneNumber.Parse(line.Field(request.Column), region).TryGet(out var phone, out var failure))
                numbers[phone.E164] = hashes.Phone(phone);
            else
                refused.Add(new RefusedLine(line.Number, failure.Message));
        }

        var doubles = lines.Length - refused.Count - numbers.Count;
        return database.WriteAsJobAsync(
            async db =>
            {
                var (added, people) = await ListAsync(db, actor, request, [.. numbers.Values], cancellationToken);
                var result = new ListedFile(added, numbers.Count - added + doubles, refused.Count, people, refused);
                db.Audit(actor, clock.GetUtcNow(), new AuditFact("suppression.listAdded", "suppressionFile", request.File.Hash, Reason: request.Reason.Trim(), After: new Dictionary<string, object?>
                {
                    ["firstLine"] = lines[0].Number, ["lastLine"] = lines[^1].Number, ["added"] = result.Added, ["alreadyThere"] = result.AlreadyThere,
                    ["notNumbers"] = result.NotNumbers, ["people"] = people, ["scope"] = request.Reach.Scope,
                }));
                return result;
            },
            cancellationToken);
    }

    private async Task<(int Added, int People)> ListAsync(
        PortalDbContext db, Actor actor, SuppressionFileRequest request, List<byte[]> numbers, CancellationToken cancellationToken)
    {
        var (now, reason) = (clock.GetUtcNow(), request.Reason.Trim());
        var listed = await db.Suppressions.Where(s => numbers.Contains(s.PhoneHash)).Where(request.Reach.IsTheSame).Select(s => s.PhoneHash).ToListAsync(cancellationToken);
        var known = listed.Select(Convert.ToHexString).ToHashSet(StringComparer.Ordinal);
        var fresh = numbers.Where(hash => !known.Contains(Convert.ToHexString(hash))).ToList();
        db.Suppressions.AddRange(fresh.Select(hash => request.Reach.Entry(hash, SuppressionSource.Import, reason, now)));
        var people = await WithdrawConsent.WithNumbersAsync(db, numbers, cancellationToken);
        foreach (var person in people)
            await gate.WaitAsync(person.Id, cancellationToken);
        await WithdrawConsent.EndAsync(db, actor, people, request.Reach.Withdrawal(SuppressionSource.Import, reason, now), now, cancellationToken);
        return (fresh.Count, people.Count);
    }

    private static ListedFile Sum(ListedFile before, ListedFile batch) => new(
        before.Added + batch.Added, before.AlreadyThere + batch.AlreadyThere, before.NotNumbers + batch.NotNumbers, before.People + batch.People,
        [.. before.Refused, .. batch.Refused.Take(MostRefused - before.Refused.Count)]);
}
