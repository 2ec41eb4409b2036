using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Audit;
using ConsentPortal.Domain.Staff;
using ConsentPortal.Domain.Subscribers;

namespace ConsentPortal.Application.Audit;

/// <summary>What happened, in the words of the domain: <c>consent.withdrawn</c> on a <c>subscriber</c>.</summary>
/// <param name="Action">noun.verb in the past tense; part of the log's format.</param>
/// <param name="Before">Values before the change. Personal values only as ciphertext (<see cref="AuditTrail.Sealed"/>).</param>
/// <param name="After">Values after the change, under the same rule.</param>
public sealed record AuditFact(
    string Action,
    string ObjectKind,
    string ObjectId,
    SubscriberId? Subscriber = null,
    string? Reason = null,
    IReadOnlyDictionary<string, object?>? Before = null,
    IReadOnlyDictionary<string, object?>? After = null,
    int? PolicyVersion = null);

/// <summary>
/// Adds entries to the audit trail in the transaction of the change: no change without its entry, no entry without the
/// change. The sealer gives them their place in the signed tree afterwards.
/// </summary>
public static class AuditTrail
{
    public static void Audit(this PortalDbContext db, Actor actor, DateTimeOffset now, AuditFact fact)
    {
        var leaf = new JsonObject
        {
            ["id"] = Guid.CreateVersion7(now).ToString(),
            ["at"] = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture),
            ["actor"] = new JsonObject { ["kind"] = JsonNamingPolicy.CamelCase.ConvertName(actor.Kind.ToString()), ["id"] = actor.Id, ["role"] = actor.Role },
            ["action"] = fact.Action,
            ["object"] = new JsonObject { ["kind"] = fact.ObjectKind, ["id"] = fact.ObjectId },
            ["subject"] = fact.Subscriber?.ToString(),
            ["reason"] = fact.Reason,
            ["before"] = Values(fact.Before),
            ["after"] = Values(fact.After),
            ["policy"] = fact.PolicyVersion,
            ["requestId"] = actor.Origin?.RequestId,
            ["ip"] = actor.Origin?.IpAddress,
        };
        db.AuditEntries.Add(new AuditEntry
        {
            At = now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            Action = fact.Action,
            ObjectKind = fact.ObjectKind,
            ObjectId = fact.ObjectId,
            SubscriberId = fact.Subscriber,
            RequestId = actor.Origin?.RequestId,
            Leaf = CanonicalJson.Canonicalize(leaf.ToJsonString()),
        });
    }

    /// <summary>A personal value as it may stand in an entry: unreadable once the person's key is destroyed.</summary>
    public static string Sealed(byte[] blob) => "sealed:" + Convert.ToBase64String(blob);

    private static JsonObject? Values(IReadOnlyDictionary<string, object?>? values)
    {
        if (values is null)
            return null;
        var json = new JsonObject();
        foreach (var (name, value) in values)
            json[name] = Value(value);
        return json;
    }

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => text,
        bool flag => flag,
        int number => number,
        long number => number,
        double number => number,
        Enum named => JsonNamingPolicy.CamelCase.ConvertName(named.ToString()),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateOnly on => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IEnumerable<string> texts => new JsonArray([.. texts.Select(text => (JsonNode)text)]),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
