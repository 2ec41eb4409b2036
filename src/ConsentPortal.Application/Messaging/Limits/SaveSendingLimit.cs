using ConsentPortal.Application.Audit;
using ConsentPortal.Application.Database;
using ConsentPortal.Domain;
using ConsentPortal.Domain.Messaging;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Messaging.Limits;

/// <param name="Carrier">Empty for all carriers together; then there are no country and no networks.</param>
/// <param name="Networks">Codes of five or six figures, with blanks or commas between.</param>
public sealed record SendingLimitDraft(string Sender, string? Carrier, string? Country, string? Networks, int? PartsPerMinute, int? PartsPerDay, string Zone);

/// <summary>Enters or changes what a sender may send. What is used of it stays.</summary>
public sealed class SaveSendingLimit(PortalDatabase database, TimeProvider clock)
{
    private const int MostNetworks = 50;

    /// <param name="id">Null for a new one.</param>
    public async Task<Result<Done>> ExecuteAsync(Actor actor, Guid? id, SendingLimitDraft draft, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ManageSettings);
        var carrier = string.IsNullOrWhiteSpace(draft.Carrier) ? null : draft.Carrier.Trim();
        string[] codes = carrier is null ? [] : [.. (draft.Networks ?? "").Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (Refusal(draft, carrier, codes) is { } refused)
            return refused;
        var now = clock.GetUtcNow();
        return await database.WriteAsync<Result<Done>>(
            async db =>
            {
                var kept = id is { } known ? await db.SendingLimits.SingleOrDefaultAsync(l => l.Id == known, cancellationToken) : null;
                if (id is not null && kept is null)
                    return new SendingLimitRefused("This limit was removed meanwhile. Nothing was saved; enter it as a new one if it is still true.");
                var networks = string.Join(' ', codes);
                if (kept is null && !await db.Purposes.AnyAsync(p => p.Sender == draft.Sender, cancellationToken))
                    return new SendingLimitRefused("No purpose has this sender. Nothing was saved; choose one of the list.");
                if ((await db.SendingLimits.Where(l => l.Sender == draft.Sender && l.Id != id).ToListAsync(cancellationToken)).Exists(l => Overlaps(l, codes)))
                    return new SendingLimitRefused("There is a limit of this sender for the same carrier already. Nothing was saved; change that one.");
                var before = kept is null ? null : SendingLimitFacts.Of(kept);
                var limit = kept ?? new SendingLimit { Id = Guid.CreateVersion7(now), Sender = draft.Sender, Zone = draft.Zone };
                (limit.Carrier, limit.Country, limit.Networks) = (carrier, carrier is null ? null : draft.Country!.Trim().ToUpperInvariant(), networks);
                (limit.PartsPerMinute, limit.PartsPerDay, limit.Zone, limit.IsEntered) = (draft.PartsPerMinute, draft.PartsPerDay, draft.Zone, true);
                if (kept is null)
                    db.SendingLimits.Add(limit);
                db.Audit(actor, now, new AuditFact(kept is null ? "sending.limitAdded" : "sending.limitChanged", SendingLimitFacts.ObjectType, limit.Id.ToString(), Before: before, After: SendingLimitFacts.Of(limit)));
                return Done.Value;
            },
            cancellationToken);
    }

    private static bool Overlaps(SendingLimit other, string[] codes) =>
        codes.Length == 0 ? !other.IsOfCarrier : other.Networks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Intersect(codes, StringComparer.Ordinal).Any();

    private static SendingLimitRefused? Refusal(SendingLimitDraft draft, string? carrier, string[] codes)
    {
        if (draft.PartsPerMinute is null && draft.PartsPerDay is null)
            return new("A limit says how many parts a minute or a day. Nothing was saved; give one of them, or both.");
        if (draft.PartsPerMinute is < 1 or > SendingLimit.MostPerMinute)
            return new($"Parts a minute are 1 to {SendingLimit.MostPerMinute:N0}. Nothing was saved; leave it empty for no limit.");
        if (draft.PartsPerDay is < SendingLimit.LeastPerDay or > SendingLimit.MostPerDay)
            return new($"Parts a day are {SendingLimit.LeastPerDay} to {SendingLimit.MostPerDay:N0}. Nothing was saved; leave it empty for no limit.");
        if (!SendingLimit.IsZone(draft.Zone))
            return new("This time zone is not known. Nothing was saved; give its IANA name, such as America/New_York.");
        if (carrier is null)
            return null;
        if (carrier.Length > SendingLimit.LongestCarrier)
            return new($"A carrier's name has {SendingLimit.LongestCarrier} characters at most. Nothing was saved.");
        if (draft.Country?.Trim() is not { Length: 2 } country || !country.All(char.IsAsciiLetter))
            return new("A carrier has a country of two letters, such as US. Nothing was saved.");
        if (codes.Length is 0 or > MostNetworks || !codes.All(code => code.Length is 5 or 6 && code.All(char.IsAsciiDigit)))
            return new($"Give 1 to {MostNetworks} codes of the carrier: five or six figures each, mobile country code first, such as 310260. Nothing was saved.");
        return null;
    }
}

public sealed record SendingLimitRefused(string Message) : Failure(Message);
