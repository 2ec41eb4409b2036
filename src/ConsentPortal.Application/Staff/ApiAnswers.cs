using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Staff;

/// <summary>A request that its program may repeat without doing the thing twice.</summary>
/// <param name="Key">The program's own name for the request: the <c>Idempotency-Key</c> header.</param>
/// <param name="RequestHash">Keyed hash of what was asked.</param>
public sealed record RepeatableRequest(string Key, byte[] RequestHash);

/// <param name="Status">Of HTTP.</param>
/// <param name="Body">JSON that names nobody: ids, words and instants.</param>
/// <param name="IsReplayed">The request had been answered before; nothing was done this time.</param>
public sealed record ApiAnswer(int Status, string Body, bool IsReplayed = false)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static ApiAnswer Of<T>(int status, T body) => new(status, JsonSerializer.Serialize(body, Json));
}

/// <summary>
/// Does what a program asks for once, and keeps the answer in the same transaction as the change: however the process
/// ends, either both are there or neither. A refusal changes nothing and is not kept.
/// </summary>
public sealed class ApiAnswers(PortalDatabase database, TimeProvider clock)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly ConcurrentDictionary<(string ApiKeyId, string Key), bool> _running = new();

    /// <param name="work">As for <see cref="PortalDatabase.WriteAsync{T}"/>. When it refuses, it has written nothing.</param>
    internal async Task<Result<ApiAnswer>> OnceAsync(
        Actor actor, RepeatableRequest? request, Func<PortalDbContext, Task<Result<ApiAnswer>>> work, CancellationToken cancellationToken)
    {
        if (request is null || !Guid.TryParse(actor.Id, out var apiKeyId))
            return await database.WriteAsync(work, cancellationToken);
        if (!_running.TryAdd((actor.Id, request.Key), true))
            return new RequestIsRunning();
        try
        {
            return await database.WriteAsync(db => AnswerAsync(db, apiKeyId, request, work, cancellationToken), cancellationToken);
        }
        catch (DbUpdateException)
        {
            // Another portal was quicker; what this one did was rolled back with its answer.
            if (await IsAnsweredAsync(apiKeyId, request, cancellationToken))
                return new RequestIsRunning();
            throw;
        }
        finally
        {
            _running.TryRemove((actor.Id, request.Key), out _);
        }
    }

    private async Task<Result<ApiAnswer>> AnswerAsync(
        PortalDbContext db, Guid apiKeyId, RepeatableRequest request, Func<PortalDbContext, Task<Result<ApiAnswer>>> work, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var oldest = now - Kept;
        await db.IdempotentAnswers.Where(a => a.At < oldest).ExecuteDeleteAsync(cancellationToken);
        if (await db.IdempotentAnswers.AsNoTracking().FirstOrDefaultAsync(a => a.ApiKeyId == apiKeyId && a.Key == request.Key, cancellationToken) is { } known)
            return known.RequestHash.AsSpan().SequenceEqual(request.RequestHash) ? new ApiAnswer(known.Status, known.Body, IsReplayed: true) : new KeyNamesAnotherRequest();
        var outcome = await work(db);
        if (outcome.TryGet(out var answer, out _))
        {
            db.IdempotentAnswers.Add(new IdempotentAnswer
            {
                ApiKeyId = apiKeyId, Key = request.Key, RequestHash = request.RequestHash, Status = answer.Status, Body = answer.Body, At = now,
            });
        }

        return outcome;
    }

    private async Task<bool> IsAnsweredAsync(Guid apiKeyId, RepeatableRequest request, CancellationToken cancellationToken)
    {
        await using var db = database.Open();
        return await db.IdempotentAnswers.AnyAsync(a => a.ApiKeyId == apiKeyId && a.Key == request.Key, cancellationToken);
    }
}

public sealed record RequestIsRunning()
    : Failure("A request with this Idempotency-Key is being answered at this moment. Nothing was done twice; repeat the request in a second to get its answer.");

public sealed record KeyNamesAnotherRequest()
    : Failure("This Idempotency-Key named another request in the last 24 hours. Nothing was changed; use a new key for a new request.");
