using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Audit;

/// <summary>Opens the personal values of one entry for somebody who gives a reason; the trail has it before they are shown.</summary>
public sealed class RevealAuditValues(PortalDatabase database, SubscriberVault vault, TimeProvider clock)
{
    public const string Revealed = "audit.valuesRevealed";

    public async Task<Result<AuditValue[]>> ExecuteAsync(Actor actor, long id, string reason, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewAudit);
        actor.Require(Permissions.RevealNumbers);
        if (!ReasonNeeded.IsMetBy(reason))
            return new ReasonNeeded();
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<AuditValue[]>>(
            async db =>
            {
                var entry = await db.AuditEntries.AsNoTracking().FirstOrDefaultAsync(e => e.Id == id, cancellationToken);
                if (entry?.SubscriberId is not { } subject || await db.Subscribers.FindAsync([subject], cancellationToken) is not { WrappedKey: not null } person)
                    return new SubscriberNotFound();
                if (PersonTraces.Refusal(vault, person, reason) is { } named)
                    return named;
                db.Audit(actor, now, new AuditFact(Revealed, "auditEntry", id.ToString(System.Globalization.CultureInfo.InvariantCulture), subject, reason.Trim()));
                using var leaf = JsonDocument.Parse(entry.Leaf);
                return AuditLeaf.Values(leaf.RootElement).Select(value => Open(value, person)).ToArray();
            },
            cancellationToken);
    }

    private AuditValue Open(AuditValue value, Subscriber person) => value with { Before = Open(value.Name, value.Before, person), After = Open(value.Name, value.After, person) };

    private string? Open(string name, string? text, Subscriber person)
    {
        if (text?.StartsWith(AuditLeaf.SealedPrefix, StringComparison.Ordinal) != true)
            return text;
        var field = name switch { "phone" => SealedField.Phone, "profile" => SealedField.Profile, _ => SealedField.AuditValue };
        try
        {
            var plain = vault.OpenField(person.Id, person.WrappedKey, Convert.FromBase64String(text[AuditLeaf.SealedPrefix.Length..]), field);
            return field == SealedField.Profile && plain is not null ? Words(plain) : plain;
        }
        catch (CryptographicException)
        {
            // Of a record that was merged into this one, whose key is another.
            return text;
        }
    }

    private static string Words(string profile)
    {
        using var json = JsonDocument.Parse(profile);
        return string.Join(", ", json.RootElement.EnumerateObject().Where(part => part.Value.ValueKind == JsonValueKind.String).Select(part => part.Value.GetString()));
    }
}
