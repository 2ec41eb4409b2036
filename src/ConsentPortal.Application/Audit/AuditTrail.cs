using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
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

/// <summary>A personal value in an entry: its ciphertext, which stands there as <c>sealed:</c> and Base64.</summary>
public sealed record SealedValue(byte[] Blob);

/// <summary>
/// Adds entries to the audit trail in the transaction of the change: no change without its entry, no entry without the
/// change. The sealer gives them their place in the signed tree afterwards.
/// </summary>
public static class AuditTrail
{
    private static readonly ConcurrentDictionary<Enum, string> Words = new();

    // An import writes ten thousand leaves a second: its buffer is not made anew for each.
    [ThreadStatic]
    private static CanonicalJsonWriter? _writer;

    /// <summary>Adds an entry, with the version of the policy that governs at its time where the fact names no other one.</summary>
    public static void Audit(this PortalDbContext db, Actor actor, DateTimeOffset now, AuditFact fact) =>
        db.AuditEntries.Add(Entry(actor, now, fact with { PolicyVersion = fact.PolicyVersion ?? db.PolicyAt(now) }));

    /// <summary>The same for a writer of many rows, who adds it itself in the transaction of the change.</summary>
    internal static AuditEntry Entry(Actor actor, DateTimeOffset now, AuditFact fact) => new()
    {
        At = now,
        ActorKind = actor.Kind,
        ActorId = actor.Id,
        Action = fact.Action,
        ObjectKind = fact.ObjectKind,
        ObjectId = fact.ObjectId,
        SubscriberId = fact.Subscriber,
        RequestId = actor.Origin?.RequestId,
        Leaf = Leaf(actor, now, fact),
    };

    /// <summary>A personal value as it may stand in an entry: unreadable once the person's key is destroyed.</summary>
    public static SealedValue Sealed(byte[] blob) => new(blob);

    // Names in the order of RFC 8785.
    private static byte[] Leaf(Actor actor, DateTimeOffset now, AuditFact fact)
    {
        var json = _writer ??= new CanonicalJsonWriter();
        json.Clear();
        json.StartObject();
        Member(json, "action", fact.Action);
        json.Name("actor");
        json.StartObject();
        Member(json, "id", actor.Id);
        Member(json, "kind", Word(actor.Kind));
        Member(json, "role", actor.Role);
        json.EndObject();
        json.Name("after");
        Values(json, fact.After);
        Member(json, "at", now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        json.Name("before");
        Values(json, fact.Before);
        json.Name("id");
        json.String(Guid.CreateVersion7(now));
        // A subscriber's address is personal: it stands in the sealed evidence of their consent, never in a leaf, which outlives their key.
        Member(json, "ip", actor.Kind == ActorKind.Subscriber ? null : actor.Origin?.IpAddress);
        json.Name("object");
        json.StartObject();
        Member(json, "id", fact.ObjectId);
        Member(json, "kind", fact.ObjectKind);
        json.EndObject();
        json.Name("policy");
        Value(json, fact.PolicyVersion);
        Member(json, "reason", fact.Reason);
        Member(json, "requestId", actor.Origin?.RequestId);
        json.Name("subject");
        Value(json, fact.Subscriber);
        json.EndObject();
        return json.ToArray();
    }

    private static void Member(CanonicalJsonWriter json, string name, string? value)
    {
        json.Name(name);
        json.String(value);
    }

    private static void Values(CanonicalJsonWriter json, IReadOnlyDictionary<string, object?>? values)
    {
        if (values is null)
        {
            json.Null();
            return;
        }

        json.StartObject();
        var ordered = values.ToArray();
        Array.Sort(ordered, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        foreach (var (name, value) in ordered)
        {
            json.Name(name);
            Value(json, value);
        }

        json.EndObject();
    }

    private static void Value(CanonicalJsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.Null();
                break;
            case bool flag:
                json.Boolean(flag);
                break;
            case int number:
                json.Number(number);
                break;
            case long number:
                json.Number(number);
                break;
            case double number:
                json.Number(number);
                break;
            case SubscriberId id:
                json.String(id.Value);
                break;
            case SealedValue sealedValue:
                json.Base64("sealed:"u8, sealedValue.Blob);
                break;
            case IEnumerable<string> texts:
                Texts(json, texts);
                break;
            default:
                json.String(Text(value));
                break;
        }
    }

    private static void Texts(CanonicalJsonWriter json, IEnumerable<string> texts)
    {
        json.StartArray();
        foreach (var text in texts)
            json.String(text);
        json.EndArray();
    }

    private static string? Text(object value) => value switch
    {
        string text => text,
        Enum named => Word(named),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        DateOnly on => on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>As leaves have it.</summary>
    internal static string Word(Enum named) => Words.GetOrAdd(named, static name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()));
}
