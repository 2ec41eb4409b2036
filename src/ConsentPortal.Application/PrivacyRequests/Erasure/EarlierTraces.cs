using System.Security.Cryptography;
using System.Text.Json;
using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Application.Database.Encryption;
using ConsentPortal.Application.Subscribers;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.PrivacyRequests.Erasure;

/// <summary>
/// The numbers, names and ids that a person had before, from the sealed values of the audit entries about them. Read before their key is
/// destroyed: a list of last year or a log may still hold what their record no longer says.
/// </summary>
internal static class EarlierTraces
{
    public static async Task<PersonTraces> OfAsync(PortalDbContext db, SubjectKeys keys, Subscriber person, CancellationToken cancellationToken)
    {
        using var key = keys.Unwrap(person.WrappedKey!, person.Id);
        var (numbers, profiles) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<SubscriberProfile>());
        var leaves = db.AuditEntries.AsNoTracking().Where(e => e.SubscriberId == person.Id).OrderBy(e => e.At).Select(e => e.Leaf).AsAsyncEnumerable();
        await foreach (var leaf in leaves.WithCancellation(cancellationToken))
        {
            // Most entries of somebody who is texted much hold nothing sealed: they are not parsed.
            if (leaf.AsSpan().IndexOf("\"sealed:"u8) < 0)
                continue;
            using var json = JsonDocument.Parse(leaf);
            foreach (var (name, blob) in AuditLeaf.Sealed(json.RootElement))
                Take(name, blob);
        }

        return PersonTraces.Of(numbers, profiles, areEarlier: true);

        void Take(string name, byte[] blob)
        {
            try
            {
                if (name == "phone")
                    numbers.Add(key.Open(blob, SealedField.Phone));
                else if (name == "profile" && JsonSerializer.Deserialize<SubscriberProfile>(key.Open(blob, SealedField.Profile)) is { } profile)
                    profiles.Add(profile);
            }
            catch (CryptographicException)
            {
                // Of a record that was merged into this one, whose key is another: its own entries say the same.
            }
        }
    }
}
