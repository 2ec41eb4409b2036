using ConsentPortal.Application.Database;
using ConsentPortal.Domain.Consent;
using ConsentPortal.Domain.Staff;
using Microsoft.EntityFrameworkCore;

namespace ConsentPortal.Application.Consent;

public sealed record PurposeName(PurposeId Id, string Name, MessageClass MessageClass, bool IsRetired);

/// <param name="Languages">Of the wordings in use, in alphabetical order.</param>
/// <param name="Granted">People whose consent stands; like the other counts, by the folded record.</param>
public sealed record PurposeRow(
    PurposeId Id,
    string Name,
    string Brand,
    MessageClass MessageClass,
    string Sender,
    bool SenderCanReceive,
    int? PromisedPerMonth,
    bool NeedsDoubleOptIn,
    string? JoinKeyword,
    bool IsRetired,
    IReadOnlyList<string> Languages,
    int Granted,
    int Pending,
    int Withdrawn);

/// <summary>What people can agree to, and how many have.</summary>
public sealed class PurposeList(PortalDatabase database)
{
    public async Task<IReadOnlyList<PurposeRow>> AllAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewPolicy);
        await using var db = database.Open();
        var purposes = await db.Purposes.AsNoTracking().OrderBy(p => p.Name).ToListAsync(cancellationToken);
        var languages = (await db.Wordings.AsNoTracking().Where(w => w.RetiredAt == null).Select(w => new { w.PurposeId, w.Language }).Distinct().ToListAsync(cancellationToken))
            .ToLookup(w => w.PurposeId, w => w.Language);
        var counts = (await db.ConsentRecords.AsNoTracking().GroupBy(r => new { r.PurposeId, r.Status })
                .Select(g => new { g.Key.PurposeId, g.Key.Status, Count = g.Count() }).ToListAsync(cancellationToken))
            .ToDictionary(c => (c.PurposeId, c.Status), c => c.Count);
        return
        [
            .. purposes.OrderBy(p => p.RetiredAt is not null).Select(p => new PurposeRow(
                p.Id, p.Name, p.Brand, p.MessageClass, p.Sender, p.SenderCanReceive, p.PromisedPerMonth, p.NeedsDoubleOptIn, p.JoinKeyword, p.RetiredAt is not null,
                [.. languages[p.Id].Order(StringComparer.Ordinal)], counts.GetValueOrDefault((p.Id, ConsentStatus.Granted)),
                counts.GetValueOrDefault((p.Id, ConsentStatus.Pending)), counts.GetValueOrDefault((p.Id, ConsentStatus.Withdrawn)))),
        ];
    }

    /// <summary>The names alone, for filters and chips; retired ones last.</summary>
    public async Task<IReadOnlyList<PurposeName>> NamesAsync(Actor actor, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        return await db.Purposes.AsNoTracking().OrderBy(p => p.RetiredAt != null).ThenBy(p => p.Name)
            .Select(p => new PurposeName(p.Id, p.Name, p.MessageClass, p.RetiredAt != null)).ToListAsync(cancellationToken);
    }

    /// <summary>The wordings of one purpose that may be shown to somebody today, by language: for recording what was agreed to.</summary>
    public async Task<IReadOnlyList<WordingChoice>> WordingsAsync(Actor actor, PurposeId purpose, CancellationToken cancellationToken)
    {
        actor.Require(Permissions.ViewSubscribers);
        await using var db = database.Open();
        return await db.Wordings.AsNoTracking().Where(w => w.PurposeId == purpose).OrderBy(w => w.Language).ThenByDescending(w => w.Version)
            .Select(w => new WordingChoice(w.Id, w.Language, w.Version, w.Text, w.ActiveFrom, w.RetiredAt)).ToListAsync(cancellationToken);
    }
}

public sealed record WordingChoice(WordingId Id, string Language, int Version, string Text, DateTimeOffset ActiveFrom, DateTimeOffset? RetiredAt);
